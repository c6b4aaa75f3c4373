"""What another site asks by oEmbed: which page of the board it was given, and how much room it has."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, QueryDict
from django.urls import Resolver404, get_script_prefix, resolve
from django.utils.translation import get_language_from_path

_NUMBER = re.compile(r"[1-9]\d{0,4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """The goal whose page was pasted, in the language of that page; room in px, None where it is not limited."""

    goal: str
    language: str
    width: int | None
    height: int | None
    format: str


def asked(query: QueryDict) -> Asked:
    """Raises Http404 for what is no goal's page of this board."""
    url = urlsplit(query.get("url", "")[:2000])
    own = urlsplit(settings.SITE_URL)
    if (url.scheme, url.netloc) != (own.scheme, own.netloc):
        raise Http404
    language = get_language_from_path(url.path) or settings.LANGUAGE_CODE
    inside = url.path.removeprefix(f"/{language}") if language != settings.LANGUAGE_CODE else url.path
    try:
        found = resolve(f"{get_script_prefix()}{inside.lstrip('/')}")
    except Resolver404:
        raise Http404 from None
    if found.view_name not in ("dashboard:goal", "dashboard:embed"):
        raise Http404
    return Asked(
        found.kwargs["slug"],
        language,
        _number(query.get("maxwidth", "")),
        _number(query.get("maxheight", "")),
        query.get("format", ""),
    )


def _number(cell: str) -> int | None:
    return int(cell) if _NUMBER.fullmatch(cell) else None
