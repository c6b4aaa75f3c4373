"""What the figures themselves say about a release on its way: errors forbid the next step, warnings remind."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.db.models import Count, F, Max, Q
from django.db.models.functions import Abs
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics.calc.cells import Unit, YearAxis
from metrics.calc.expecting import expected, months_later
from metrics.calc.precedence import is_large
from metrics.calc.rates import agrees
from metrics.models import Batch, ComingCell, Indicator, Observation, PublishedCell, Release

from .audit import audit
from .problems import PublishingError
from .told import ours

#: What the definitions say of an indicator with a figure for each year.
YEARLY = "Yearly"
#: Figures that a finding names; it counts all of them.
NAMED = 20


class Level(StrEnum):
    """Whether a release may go on with it."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to settle or to know, in a sentence, with the first of the figures it is about (or files, by name)."""

    level: Level
    sentence: str
    about: tuple[str, ...] = ()


Check = Callable[[Release], Iterator[Finding]]


def findings(release: Release) -> tuple[Finding, ...]:
    """Errors first. The number of queries does not depend on how much the release changes."""
    return (*errors(release), *(finding for check in REMINDERS for finding in check(release)))


def errors(release: Release) -> tuple[Finding, ...]:
    return tuple(finding for check in OBSTACLES for finding in check(release))


def _finding(level: Level, sentence: str, count: int, about: list[str]) -> Iterator[Finding]:
    if count:
        yield Finding(level, sentence.format(count=count), tuple(about))


def unsettled(release: Release) -> Iterator[Finding]:
    """Files that wait with lines that could not be read."""
    waiting = Batch.objects.filter(state=Batch.State.WAITING).annotate(refused=Count("problems")).filter(refused__gt=0)
    names = [str(batch) for batch in waiting.select_related("source_file")[: NAMED + 1]]
    sentence = ngettext(
        "{count} file waits with lines that were refused; accept it without them or put it away.",
        "{count} files wait with lines that were refused; accept them without these or put them away.",
        len(names),
    )
    yield from _finding(Level.ERROR, sentence, len(names), names[:NAMED])


def without_reason(release: Release) -> Iterator[Finding]:
    """Changed figures of which the public would not read why."""
    silent = release.coming.filter(Q(replaces__isnull=False), reason="")
    count = silent.count()
    sentence = ngettext(
        "{count} public figure would change without a reason; give the reason of the release.",
        "{count} public figures would change without a reason; give the reason of the release.",
        count,
    )
    yield from _finding(Level.ERROR, sentence, count, [str(cell) for cell in silent[:NAMED]] if count else [])


def against_counts(release: Release) -> Iterator[Finding]:
    """Percentages that cannot come from the counts beside them. What is computed here agrees by itself."""
    decimals = dict(Indicator.objects.filter(unit=Unit.PERCENT).values_list("slug", "decimals"))
    share = F("numerator") * Decimal(100) / F("denominator")
    smallest = Decimal(1).scaleb(-max(decimals.values(), default=0)) / 2
    suspects = (
        release.coming.filter(denominator__gt=0, value__isnull=False, numerator__isnull=False, is_gone=False)
        .filter(indicator__in=decimals)
        .exclude(ours("observation__"))
        .alias(off=Abs(F("value") - share))
        .filter(off__gt=smallest)
    )
    wrong = [str(cell) for cell in suspects.iterator() if not _agrees(cell, decimals[cell.indicator])]
    sentence = ngettext(
        "{count} figure contradicts the counts beside it; correct it, or the counts.",
        "{count} figures contradict the counts beside them; correct them, or the counts.",
        len(wrong),
    )
    yield from _finding(Level.ERROR, sentence, len(wrong), wrong[:NAMED])


def _agrees(cell: ComingCell, decimals: int) -> bool:
    if cell.value is None or cell.numerator is None or not cell.denominator:
        return True
    return agrees(cell.value, cell.numerator, cell.denominator, decimals)


def outdated(release: Release) -> Iterator[Finding]:
    """Figures that were corrected after they were gathered."""
    corrected = release.coming.filter(is_gone=False, observation__superseded_by__isnull=False)
    count = corrected.count()
    sentence = ngettext(
        "{count} figure of this release was corrected since it was gathered; gather the figures again.",
        "{count} figures of this release were corrected since they were gathered; gather the figures again.",
        count,
    )
    yield from _finding(Level.ERROR, sentence, count, [str(cell) for cell in corrected[:NAMED]] if count else [])


def another_board(release: Release) -> Iterator[Finding]:
    """The public board it was compared with is not the public board any more."""
    newest = Release.objects.published().first()
    if release.base != (newest.number if newest else 0):
        yield Finding(Level.ERROR, _("The public board has changed since; gather the figures again."))


def large_changes(release: Release) -> Iterator[Finding]:
    """Changes to look at twice."""
    percent = set(Indicator.objects.filter(unit=Unit.PERCENT).values_list("slug", flat=True))
    replaced = release.coming.filter(replaces__isnull=False).select_related("replaces")
    large = [
        f"{cell}: {cell.replaces.value:f} → {'–' if cell.value is None else format(cell.value, 'f')}"
        for cell in replaced.iterator()
        if cell.replaces is not None
        and cell.replaces.value is not None
        and is_large(cell.replaces.value, None if cell.is_gone else cell.value, is_percent=cell.indicator in percent)
    ]
    sentence = ngettext(
        "{count} public figure changes by more than 5 points, or would not be shown any more.",
        "{count} public figures change by more than 5 points, or would not be shown any more.",
        len(large),
    )
    yield from _finding(Level.WARNING, sentence, len(large), large[:NAMED])


def missing_spanish(release: Release) -> Iterator[Finding]:
    """The public sentence has no Spanish."""
    if not release.summary_es:
        yield Finding(Level.WARNING, _("The sentence in the list of updates is missing in Spanish."))


def left_behind(release: Release) -> Iterator[Finding]:
    """What was recorded after the figures were gathered, and files that wait."""
    if release.gathered_at is not None:
        count = Observation.objects.filter(recorded_at__gt=release.gathered_at).count()
        sentence = ngettext(
            "{count} figure was recorded since these were gathered; it is not part of this release.",
            "{count} figures were recorded since these were gathered; they are not part of this release.",
            count,
        )
        yield from _finding(Level.WARNING, sentence, count, [])
    waiting = Batch.objects.filter(state=Batch.State.WAITING, problems=None).select_related("source_file")
    names = [str(batch) for batch in waiting[: NAMED + 1]]
    sentence = ngettext("{count} file waits for review.", "{count} files wait for review.", len(names))
    yield from _finding(Level.WARNING, sentence, len(names), names[:NAMED])


def overdue(release: Release) -> Iterator[Finding]:
    """Yearly indicators whose next figure is usually out by now. Where no lag is known nothing is expected."""
    today = timezone.localdate()
    yearly = Indicator.objects.filter(frequency=YEARLY, lag_months__isnull=False)
    latest: dict[str, int] = {}
    for cells in (PublishedCell.objects.filter(last_release=None), release.coming.filter(is_gone=False)):
        known = cells.filter(value__isnull=False).order_by().values_list("indicator").annotate(Max("period"))
        latest |= {slug: max(year, latest.get(slug, year)) for slug, year in known}
    late = [
        f"{one}: {day:%Y-%m-%d}"
        for one in yearly
        if one.slug in latest
        and (day := expected(YearAxis(one.year_axis), latest[one.slug] + 1, one.lag_months or 0)) < today
    ]
    sentence = ngettext(
        "The next figure of {count} indicator was to be expected by now; look whether its source has it.",
        "The next figures of {count} indicators were to be expected by now; look whether their sources have them.",
        len(late),
    )
    yield from _finding(Level.WARNING, sentence, len(late), late[:NAMED])


def stale_sources(release: Release) -> Iterator[Finding]:
    """Sources that nobody has looked at for a year and their normal lag."""
    today = timezone.localdate()
    lags = Indicator.objects.filter(lag_months__isnull=False, source__accessed__isnull=False)
    stale = {
        f"{one.source}: {one.source.accessed:%Y-%m-%d}"
        for one in lags.select_related("source")
        if one.source.accessed and months_later(one.source.accessed, 12 + (one.lag_months or 0)) < today
    }
    sentence = ngettext(
        "{count} source was last looked at longer ago than it usually takes to bring out a new year.",
        "{count} sources were last looked at longer ago than it usually takes to bring out a new year.",
        len(stale),
    )
    yield from _finding(Level.WARNING, sentence, len(stale), sorted(stale)[:NAMED])


def must_tell_nothing(release: Release) -> None:
    """Raises PublishingError when something that is withheld could be worked out of what was ever published."""
    for finding in tells_too_much(release):
        raise PublishingError(finding.sentence)


def tells_too_much(release: Release) -> Iterator[Finding]:
    """What the auditor finds: withheld counts that a reader of all releases and of this one can work out."""
    report = audit(release)
    sentence = ngettext(
        "{count} withheld number could be worked out from this release and those before it. "
        "That is a fault of the board and not of the figures: tell whoever looks after it.",
        "{count} withheld numbers could be worked out from this release and those before it. "
        "That is a fault of the board and not of the figures: tell whoever looks after it.",
        len(report.findings),
    )
    yield from _finding(Level.ERROR, sentence, len(report.findings), list(report.findings[:NAMED]))


OBSTACLES: tuple[Check, ...] = (
    another_board, outdated, unsettled, without_reason, against_counts, tells_too_much,
)  # fmt: skip
REMINDERS: tuple[Check, ...] = (large_changes, missing_spanish, left_behind, overdue, stale_sources)
