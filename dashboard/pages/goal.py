"""One goal's page: the verdict, the way there, for whom, beside the state, and every number and rule behind it."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from dashboard.charts import svg, words
from metrics import published
from metrics.calc.cells import Known, Status, Withheld
from metrics.calc.verdicts import Verdict
from metrics.published import GoalReading, Revision, SourceInfo, StatementStanding

from . import drawings, group_drawings
from .grouped import of_goal
from .groups import Groups, groups
from .parts import Drawing, Note, measured, old_start, old_starts, restated, stated, subject, withheld_years
from .tables import Table, full_table


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure of the row under the title; `struck` are figures that it replaced."""

    label: str
    value: str
    note: str = ""
    struck: tuple[str, ...] = ()
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One term of the method, in paragraphs, with the sources it names; `of_privacy`: there is a page about it."""

    term: str
    paragraphs: tuple[str, ...]
    sources: tuple[SourceInfo, ...] = ()
    of_privacy: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    heading: str
    chart: Drawing
    paragraphs: tuple[str, ...]
    measure: str
    sources: tuple[SourceInfo, ...]
    has_withheld: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """The goal as one document states it, and where it stands by that document."""

    document: str
    url: str
    stated: str
    is_current: bool
    promise: str
    badge: words.Badge
    sentence: str
    note: str


@dataclass(frozen=True, slots=True)
class Correction:
    release: int
    when: datetime
    what: str
    old: str
    new: str
    reason: str


@dataclass(frozen=True, slots=True)
class GoalPage:
    name: str
    badge: words.Badge
    sentence: str
    evidence: str
    updated: datetime
    facts: tuple[Fact, ...]
    finding: str
    measure: str
    axis: str
    chart: Drawing
    has_withheld: bool
    figure_url: str
    notes: tuple[Note, ...]
    sources: tuple[SourceInfo, ...]
    groups: Groups
    comparison: Comparison | None
    table: Table
    method: tuple[Entry, ...]
    card: tuple[words.CardLine, ...]
    letters: tuple[words.Piece, ...]
    statements: tuple[Statement, ...]
    revisions: tuple[Correction, ...]


def goal_page(page: published.GoalPage) -> GoalPage:
    reading, updated = page.reading, page.release.published_at
    about, standing = subject(reading), reading.standing
    return GoalPage(
        name=about.name,
        badge=words.badge(standing, about),
        sentence=words.sentence(standing, about),
        evidence=words.evidence(standing, about),
        updated=updated,
        facts=_facts(reading),
        finding=words.finding(standing),
        measure=measure(reading),
        axis=words.axis_words(about.axis),
        chart=chart(reading),
        has_withheld=bool(withheld_years(reading.series.cells)),
        figure_url=reverse("dashboard:figure", args=[about.slug]),
        notes=_notes(reading),
        sources=reading.series.sources,
        groups=groups(of_goal(reading), updated),
        comparison=_comparison(page),
        table=full_table(reading),
        method=_method(reading),
        card=words.method_card(standing, about),
        letters=words.letters(),
        statements=tuple(_statement(reading, one) for one in reading.statements),
        revisions=tuple(correction(subject(reading), revision) for revision in page.revisions),
    )


def chart(reading: GoalReading) -> svg.Chart:
    """The goal on its way, in the size of a page: here, in a picture and in a frame on another site."""
    about = subject(reading)
    return drawings.trajectory(
        about.slug,
        reading.standing,
        about,
        reading.series.cells,
        size=svg.Size.PAGE,
        old_start=old_start(reading),
        path_label=True,
    )


def measure(reading: GoalReading) -> str:
    """What the chart measures, and in what."""
    return _("{name}, percent").format(name=reading.current.indicator.name)


def _facts(reading: GoalReading) -> tuple[Fact, ...]:
    """Start, latest figure, target, what is missing, what changed, how many young people that is."""
    about, standing = subject(reading), reading.standing
    promise, latest, old = standing.promise, standing.reading, old_starts(reading)
    struck = tuple(about.stated(one.start) for one in old)
    facts = [Fact(_("Start"), about.stated(promise.baseline_value), _("restated from") if struck else "", struck)]
    if latest:
        facts.append(Fact(words.year_label(about.axis, latest.year), about.value(latest.value), tone="good"))
    facts.append(Fact(_("{year} target").format(year=promise.target_year), about.stated(promise.target_value)))
    if standing.verdict is Verdict.DUE:
        facts.append(Fact(_("{year} result").format(year=promise.target_year), _("Not yet reported"), tone="void"))
    if standing.verdict is Verdict.WITHHELD:
        facts.append(Fact(_("{year} result").format(year=promise.target_year), words.withheld_sentence(), tone="void"))
    if latest and standing.short is not None and standing.since_start is not None:
        number, unit = words.points_apart(standing.short)
        label = _("Gap to target") if standing.short > 0 else _("Past the target")
        facts.append(Fact(label, number, unit, tone="bad" if standing.short > 0 else "good"))
        facts.append(Fact(_("Change since start"), *words.change_apart(standing)))
    people = words.young_people(standing, about)
    if people:
        facts.append(Fact(_("In young people"), *people, tone="bad"))
    return tuple(facts)


def _notes(reading: GoalReading) -> tuple[Note, ...]:
    """What a reader of the chart has to know: a restated start, a year that is our reading, notes of the source.

    Nothing is said beside a withheld figure but what is said beside all of them.
    """
    about, current, notes = subject(reading), reading.current, []
    if old_starts(reading):
        said = f"{restated(reading)} {words.measured_from(stated(current), about)}"
        notes.append(Note(_("The start changed."), said))
    if current.baseline_note:
        ours = current.baseline_year_is_reading
        title = _("The year of the start is our reading.") if ours else _("The year of the start.")
        notes.append(Note(title, current.baseline_note))
    notes += [
        Note(_("{year}.").format(year=words.year_label(about.axis, point.year)), point.note)
        for point in reading.series.points
        if point.note and not isinstance(point.cell, Withheld)
    ]
    return tuple(notes)


def _comparison(page: published.GoalPage) -> Comparison | None:
    """Hartford and Connecticut in the years that both have reported."""
    found = page.reading.comparison
    if found is None:
        return None
    about, years = measured(found.indicator), (found.first_year, found.last_year)
    said = [
        words.comparison_words(about, years, found.first_difference, found.last_difference),
        words.changes_words(found.hartford_change, found.state_change),
    ]
    derived = [point.year for point in found.state.points if _is_derived(point.cell)]
    if derived:
        said.append(words.derived_words(about, min(derived)))
    ranks = " ".join(
        words.rank_words(rank.from_last, rank.of, about.the_year(rank.year))
        for rank in (page.rank_at_start, page.rank)
        if rank
    )
    return Comparison(
        heading=words.comparison_heading(found.first_difference, found.last_difference),
        chart=group_drawings.comparison(page.reading, found),
        paragraphs=tuple(paragraph for paragraph in (" ".join(said), ranks) if paragraph),
        measure=_("Measured as: {name}.").format(name=found.indicator.name),
        sources=tuple(dict.fromkeys((*found.hartford.sources, *found.state.sources))),
        has_withheld=bool(withheld_years(found.hartford.cells) or withheld_years(found.state.cells)),
    )


def _method(reading: GoalReading) -> tuple[Entry, ...]:
    about, standing, indicator = subject(reading), reading.standing, reading.current.indicator
    starts = tuple(words.start_line(one.statement.promise, about, one.statement.document) for one in reading.statements)
    real = words.change_words(standing)
    entries = [
        Entry(_("What is counted"), words.counted(indicator.numerator, indicator.denominator)),
        Entry(_("Starting points"), starts),
        Entry(_("Required path"), (words.path_words(standing, about),)),
        Entry(_("What the status words mean"), tuple(said for said in (words.pace_words(), real) if said)),
        Entry(_("Withheld figures"), (words.withheld_rule(),), of_privacy=True),
        Entry(_("Sources"), (), reading.series.sources),
        Entry(_("Limits"), (indicator.limits,)),
    ]
    return tuple(entry for entry in entries if any(entry.paragraphs) or entry.sources)


def _statement(reading: GoalReading, one: StatementStanding) -> Statement:
    about, statement = subject(reading), one.statement
    return Statement(
        document=statement.document,
        url=statement.url,
        stated=statement.stated,
        is_current=statement.is_current,
        promise=words.promise_words(statement.promise, about),
        badge=words.badge(one.standing, about),
        sentence=words.evidence(one.standing, about),
        note=" ".join(part for part in (statement.baseline_note, statement.note) if part),
    )


def correction(about: words.Subject, revision: Revision) -> Correction:
    """What was shown and is withheld now is not told a second time."""
    is_withheld = isinstance(revision.new.cell, Withheld)
    return Correction(
        release=revision.release,
        when=revision.published_at,
        what=f"{revision.place.name}, {revision.group.name}, {about.year(revision.year)}",
        old="" if is_withheld else words.cell_words(revision.old.cell, revision.indicator.decimals),
        new=words.cell_words(revision.new.cell, revision.indicator.decimals),
        reason=revision.new.reason,
    )


def _is_derived(cell: object) -> bool:
    return isinstance(cell, Known) and cell.status is Status.DERIVED
