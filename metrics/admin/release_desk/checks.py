"""The checklist of a release as its page shows it: each finding with the way to where it is settled."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from metrics.models import Group, Indicator, Place, Release
from metrics.publishing import Finding, Level, checklist

#: Where the page itself settles a thing: the sentences, the figures, the way back to a draft.
WORDS, FIGURES, DECISION = "#words", "#taken", "#decide"

#: Check → a list of the staff area and what it is asked, where the thing is settled; the words of the link.
ELSEWHERE: dict[checklist.Check, tuple[str, str, Any]] = {
    checklist.unsettled: ("batch", "?state__exact=waiting", gettext_lazy("Look at the files that wait")),
    checklist.against_counts: ("observation", "", gettext_lazy("Look at the figures")),
    checklist.tells_too_much: ("observation", "", gettext_lazy("Look at the figures")),
    checklist.overdue: ("indicator", "", gettext_lazy("Look at the indicators")),
    checklist.stale_sources: ("source", "", gettext_lazy("Look at the sources")),
}
#: Check → where the page of a draft settles it.
HERE: dict[checklist.Check, str] = {
    checklist.another_board: FIGURES,
    checklist.outdated: FIGURES,
    checklist.left_behind: FIGURES,
    checklist.without_reason: WORDS,
    checklist.missing_spanish: WORDS,
}
LINKS = {
    WORDS: gettext_lazy("Change the sentences"),
    FIGURES: gettext_lazy("Take the figures that stand now"),
    DECISION: gettext_lazy("Take it back to a draft"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One finding: what it is about in names, and where it is settled (both empty where there is nothing to say)."""

    sentence: str
    about: list[str]
    url: str
    link: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """What stands in the way of a release, and what its people should know."""

    errors: list[Item]
    warnings: list[Item]

    def __bool__(self) -> bool:
        return bool(self.errors or self.warnings)


def checked(release: Release) -> Checklist:
    """The whole checklist. The number of queries does not depend on how much the release changes."""
    found = [(check, finding) for check in (*checklist.OBSTACLES, *checklist.REMINDERS) for finding in check(release)]
    names = _names() if any(finding.about for _check, finding in found) else {}
    items = [(finding.level, _item(release, check, finding, names)) for check, finding in found]
    return Checklist(
        [item for level, item in items if level == Level.ERROR],
        [item for level, item in items if level == Level.WARNING],
    )


def _item(release: Release, check: checklist.Check, finding: Finding, names: dict[str, str]) -> Item:
    about = [_in_names(one, names) for one in finding.about]
    return Item(finding.sentence, about, *_way(release, check, finding))


def _way(release: Release, check: checklist.Check, finding: Finding) -> tuple[str, str]:
    if check is checklist.left_behind and finding.about:
        check = checklist.unsettled  # of its two findings the one that names files is settled where files wait
    if check in ELSEWHERE:
        model, asked, link = ELSEWHERE[check]
        return reverse(f"admin:metrics_{model}_changelist") + asked, str(link)
    here = HERE.get(check, "")
    if release.state != Release.State.DRAFT:
        here = DECISION if finding.level == Level.ERROR else ""
    return here, str(LINKS.get(here, ""))


def _names() -> dict[str, str]:
    """Short name or code → name. Three queries."""
    found: dict[str, str] = {}
    for key, model in (("slug", Indicator), ("code", Place), ("slug", Group)):
        found |= dict(model._default_manager.values_list(key, "name"))
    return found


def _in_names(about: str, names: dict[str, str]) -> str:
    """A figure's short names as people know them; files and definitions are named already."""
    indicator, place, group, rest = (*about.split(" ", 3), "", "", "")[:4]
    if not {indicator, place, group} <= names.keys():
        return about
    return _("{indicator}, {place}, {group}, {rest}").format(
        indicator=names[indicator], place=names[place], group=names[group], rest=rest
    )
