"""What can be found: goals, indicators, organizations, teams, programs, stories, terms and the board's own pages.

All of it comes through the doors that the pages read, so that nothing can be found before it is public.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from coalition.roster import Edition, Words
from dashboard.charts.words import glossary
from dashboard.mounts import address
from dashboard.pages.coalition.parts import Text, told, worded
from dashboard.stories import Told
from metrics.published import PROGRAM_STAGES, Vantage


@dataclass(frozen=True, slots=True)
class Document:
    """One thing that can be found. `more` is searched and not shown."""

    kind: str
    title: Text
    text: Text
    url: str
    more: str = ""


def documents(at: Vantage | None, edition: Edition, stories: tuple[Told, ...]) -> list[Document]:
    """Everything, in the language that is read."""
    return [*_pages(), *_figures(at), *_coalition(edition), *_stories(stories), *_terms()]


def _pages() -> Iterator[Document]:
    kind = _("Page")
    for name, title, text in (
        ("dashboard:report_card", _("Community report card"), _("What improved, what got worse, on one page.")),
        ("dashboard:gaps", _("Gaps"), _("How far apart groups of students are.")),
        ("dashboard:pipeline", _("From ninth grade to a degree"), _("Of 100 ninth-graders, how far they came.")),
        ("dashboard:methods", _("Methods"), _("Every formula, with the board’s own numbers.")),
        ("dashboard:data", _("Open data"), _("All figures as CSV, Excel and JSON, and an interface for programs.")),
        ("dashboard:how_to_read", _("How to read the charts"), _("What each line, mark and hatching means.")),
        ("coalition:compact", _("The Compact"), _("What the members signed.")),
        ("coalition:ledger", _("What came of it"), _("Each commitment, and whether it was kept.")),
        ("coalition:contributions", _("Contributions"), _("Who brings money, time and things.")),
        ("history:updates", _("Updates"), _("Releases, corrections and stories.")),
        ("about:privacy", _("Privacy"), _("What is withheld, and why.")),
        ("about:accessibility", _("Accessibility"), _("Who can use this site, and what does not work yet.")),
        ("dashboard:glossary", _("Glossary"), _("The words of the board, explained.")),
    ):
        yield Document(kind, Text(title), Text(text), reverse(name))


def _figures(at: Vantage | None) -> Iterator[Document]:
    if at is None:
        return
    for goal in at.definitions.goals:
        documents = " ".join(one.document for one in goal.statements)
        text = worded(goal.current.indicator.name)
        yield Document(_("Goal"), worded(goal.name), text, reverse("dashboard:goal", args=[goal.slug]), more=documents)
    for one in at.definitions.indicators.values():
        if one.slug not in PROGRAM_STAGES:
            url = reverse("dashboard:indicator", args=[one.slug])
            more = f"{one.denominator} {one.source.publisher} {one.source.title}"
            yield Document(_("Indicator"), worded(one.name), worded(one.numerator), url, more=more)


def _coalition(edition: Edition) -> Iterator[Document]:
    found = edition.coalition
    for one in found.organizations:
        url = reverse("coalition:organization", args=[one.slug])
        yield Document(_("Organization"), Text(one.name), told(one.what), url)
    for team in found.teams:
        url, name = reverse("coalition:team", args=[team.slug]), told(Words(team.name, team.name_es))
        more = " ".join(told(words).text for words in (team.problem, team.why))
        yield Document(_("Action team"), name, told(team.summary), url, more=more)
    for program in found.programs:
        url = reverse("coalition:program", args=[program.slug])
        yield Document(_("Program"), Text(program.name), told(program.what), url, more=program.organization)


def _stories(stories: tuple[Told, ...]) -> Iterator[Document]:
    for one in stories:
        url = address("history:story", one.slug)
        yield Document(_("Story"), told(one.title), told(one.lead), url, more=told(one.text).text)


def _terms() -> Iterator[Document]:
    for number, (term, meaning, _page) in enumerate(glossary.terms(), start=1):
        yield Document(_("Term"), Text(term), Text(meaning), f"{reverse('dashboard:glossary')}#t{number}")
