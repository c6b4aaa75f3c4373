"""What a page says about its languages: where it exists in another one, and which parts are not in its own."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django import template
from django.conf import settings
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()


class Told(Protocol):
    """A text that says in which language it is where that is not the page's.

    dashboard.pages.coalition.parts.Text and metrics.published.Untranslated; a text without a language is the page's.
    """

    @property
    def text(self) -> str: ...

    @property
    def lang(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Translation:
    """The page in one language. `path` keeps the query; `url` is complete and without it, as search engines want it."""

    code: str
    name: str
    path: str
    url: str
    is_current: bool


@register.simple_tag(takes_context=True)
def translations(context: dict[str, Any]) -> tuple[Translation, ...]:
    """The page in each of its languages; nothing where it exists in one language only."""
    request = context.get("request")
    if request is None:
        return ()
    query = request.META.get("QUERY_STRING", "")
    inside = f"{request.path_info}?{query}" if query else request.path_info  # where it is mounted, reversing says
    paths = {code: translate_url(inside, code) for code, _name in settings.LANGUAGES}
    if len(set(paths.values())) < len(paths):
        return ()
    return tuple(
        Translation(
            code,
            name,
            paths[code],
            f"{settings.SITE_URL}{paths[code].partition('?')[0]}",
            is_current=code == get_language(),
        )
        for code, name in settings.LANGUAGES
    )


@register.simple_tag(takes_context=True)
def canonical(context: dict[str, Any]) -> str:
    """The complete address of the page as it is today, in its language; empty for a page that answers no request."""
    request = context.get("request")
    mount = getattr(request, "mount", None)
    return f"{settings.SITE_URL}{mount.live if mount else request.path}" if request else ""


@register.simple_tag(takes_context=True)
def here(context: dict[str, Any], url: str, *parts: str) -> SafeString:
    """Marks the link that leads to this page, or to the part of the board that this page belongs to.

    `parts` are addresses that belong to it too and do not lie below its own.
    """
    path = getattr(context.get("request"), "path", "")
    if path == url:
        return format_html(' aria-current="{}"', "page")
    return format_html(' aria-current="{}"', "true") if path.startswith((url, *parts)) else mark_safe("")


@register.simple_tag
def text(told: Told | str) -> str:
    """A text within a line, marked where it is not in the language of the page."""
    words, language = str(getattr(told, "text", told)), getattr(told, "lang", "")
    return format_html('<span lang="{}">{}</span>', language, words) if language else words


@register.simple_tag
def structured(told: Mapping[str, Any]) -> SafeString:
    """What is told to search engines, as data that no browser runs and no text can break out of."""
    if not told:
        return mark_safe("")
    said = json.dumps(told, ensure_ascii=False).translate({ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"})
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(said))  # noqa: S308  escaped above


@register.filter
def lang(told: Told | str) -> SafeString:
    """The same mark for the element around the text: <p{{ note|lang }}>."""
    language = getattr(told, "lang", "")
    return format_html(' lang="{}"', language) if language else mark_safe("")
