"""Every public page with its address in both languages, for search engines."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from coalition import roster
from dashboard import stories
from metrics import published

#: Pages that stand for themselves.
PAGES = (
    "dashboard:home", "dashboard:report_card", "dashboard:gaps", "dashboard:indicators", "dashboard:data",
    "dashboard:how_to_read", "coalition:coalition", "coalition:compact", "coalition:ledger", "coalition:teams",
    "coalition:contributions", "coalition:programs", "history:updates", "history:corrections", "history:history",
    "about:privacy", "about:accessibility", "dashboard:pipeline", "dashboard:methods", "dashboard:glossary",
)  # fmt: skip
Page = tuple[str, tuple[str, ...]]


class Pages(Sitemap):
    """All of them. A single figure is found from its indicator’s page, an earlier release from the updates."""

    i18n = True
    alternates = True
    x_default = True

    def items(self) -> list[Any]:
        return list(_pages())

    def location(self, item: Page) -> str:
        name, args = item
        return reverse(name, args=args)

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme


def _pages() -> Iterable[Page]:
    """Three queries: the release with its definitions, the stories, and the edition."""
    yield from ((name, ()) for name in PAGES)
    at = published.now()
    if at is not None:
        yield from (("dashboard:goal", (goal.slug,)) for goal in at.definitions.goals)
        told = (slug for slug in at.definitions.indicators if slug not in published.PROGRAM_STAGES)
        yield from (("dashboard:indicator", (slug,)) for slug in told)
    yield from (("history:story", (one.slug,)) for one in stories.public())
    coalition = roster.edition().coalition
    yield from (("coalition:organization", (one.slug,)) for one in coalition.organizations)
    yield from (("coalition:team", (one.slug,)) for one in coalition.teams)
    yield from (("coalition:program", (one.slug,)) for one in coalition.programs)
