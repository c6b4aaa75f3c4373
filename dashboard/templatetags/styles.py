"""Style sheets inside a page: the page that people come to first shows itself without asking for anything else."""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def styles_inside(context: dict[str, Any], *names: str) -> SafeString:
    """The sheets as one style element. Its digest goes into the security policy of the answer (allin.headers)."""
    rules = _rules(names)
    request = context.get("request")
    if request is not None:
        request.style_digest = _digest(rules)
    return format_html("<style>{}</style>", mark_safe(rules))  # noqa: S308  files of our own


@cache
def _rules(names: tuple[str, ...]) -> str:
    """The sheets without comments and line breaks, their addresses made absolute.

    A face that comes late waits for the next page: here nothing moves once it is seen.
    """
    sheets = "".join(_sheet(name) for name in names)
    plain = re.sub(r"/\*.*?\*/", "", sheets, flags=re.DOTALL).replace("font-display:swap", "font-display:optional")
    return re.sub(r"""url\((["']?)\.\./""", rf"url(\1{settings.STATIC_URL}", re.sub(r"\s*\n\s*", "", plain))


def _sheet(name: str) -> str:
    """As it was collected, with the hashed names of what it loads; before that, as it lies in the house."""
    stored = getattr(staticfiles_storage, "stored_name", None)
    if stored is None:
        return Path(str(finders.find(name))).read_text(encoding="utf-8")
    return Path(staticfiles_storage.path(stored(name))).read_text(encoding="utf-8")


def _digest(rules: str) -> str:
    return f"'sha256-{b64encode(sha256(rules.encode()).digest()).decode()}'"
