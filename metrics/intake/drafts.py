"""A file that was read and checked, on its way to become a batch: held against what stands, nothing written yet."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics.calc.precedence import Outcome, Said, outcome
from metrics.models import Source

from . import bulk
from .ceilings import Ceilings
from .cells import NUMERIC, NUMERIC_COLUMNS, on_line
from .checks import Checker, Figure, Trouble
from .layouts import TIDY
from .registry import CODED, Registry, district_of

#: Is told how many lines are read and how many there are; of a workbook the second is not known and 0.
Progress = Callable[[int, int], None]

#: Refused lines that are listed; of more, the number is told.
MOST_TROUBLES = 20_000
#: A spelling that comes this often is a name of something, not of somebody.
OFTEN = 5
#: Lines that are named of those which say different things of one figure.
NAMED = 5
FEW = 60
#: A word that names of districts and schools have, and names of people have not.
OF_MANY = re.compile(
    r"\b(?:districts?|schools?|academ(?:y|ies)|councils?|services|systems?|charter|cent(?:er|re)s?|education|magnet"
    r"|programs?|institutes?|connecticut|state|region(?:al)?|elementary|high|middle|college|prep|cthss|ctecs)\b",
    re.IGNORECASE,
)


#: Publisher and precedence by the key of a source.
Ranks = dict[int, tuple[str, int]]


def no_progress(_done: int, _total: int) -> None:
    """For who does not look."""


@dataclass(slots=True)
class Draft:
    """What a file says.

    rows       lines of the file that hold anything
    spool      the good figures, each with what accepting it would do
    left_out   numbers of figures in the spool that contradict or repeat another one
    """

    layout: str = TIDY.name
    rows: int = 0
    spool: bulk.Spool = field(default_factory=bulk.Spool)
    troubles: list[Trouble] = field(default_factory=list)
    left_out: set[int] = field(default_factory=set)
    remarks: list[str] = field(default_factory=list)

    @property
    def stands(self) -> bool:
        """Whether all of it stands already."""
        return not self.troubles and set(+self.spool.outcomes) <= {Outcome.UNCHANGED}

    @property
    def would_change(self) -> bool:
        """Whether accepting it would do anything; its refused lines alone do nothing."""
        return any(self.spool.outcomes[outcome.value] for outcome in (Outcome.NEW, Outcome.CHANGED))


def draft(messages: Iterator[dict[str, Any]], registry: Registry, progress: Progress = no_progress) -> Draft:
    """What the reading process tells, checked and held against what stands. Raises UnreadableFile as it does."""
    head = next(messages)
    made = Draft(head["layout"])
    made.remarks = [_(template).format(**values) for template, values in head["remarks"]]
    checker = Checker(registry, timezone.localdate().year, typed=made.layout == TIDY.name)
    known, ceilings = ranks(), Ceilings.among(registry.indicators.values())
    unread: Counter[str] = Counter()
    first: dict[str, int] = {}
    refused = done = 0
    for message in messages:
        if "rows" in message:
            made.rows = message["rows"]
            break
        checked = [checker.figure(entry) for entry in message["entries"]]
        figures = [one for one in checked if isinstance(one, Figure)]
        ceilings.look(figures, len(made.spool))
        hold_against(figures, made.spool, known)
        troubles = [one for one in checked if isinstance(one, Trouble)]
        troubles += [
            Trouble(line, column, on_line(line, _(template).format(**values)))
            for line, column, template, values in message["troubles"]
        ]
        refused += len(troubles)
        made.troubles += troubles[: MOST_TROUBLES - len(made.troubles)]
        for line, template in message["left out"]:
            unread[template] += 1
            first.setdefault(template, line)
        done += len(message["entries"]) + len(message["troubles"])
        progress(done, head["lines"])
    impossible = [*_doubles(made), *_too_high(made, ceilings)]
    refused += len(impossible)
    made.troubles += impossible[: MOST_TROUBLES - len(made.troubles)]
    made.troubles = sorted(_private(made.troubles, made.layout, registry), key=lambda trouble: trouble.line)
    made.remarks += [_unread(template, number, first[template]) for template, number in unread.items()]
    if refused > MOST_TROUBLES:
        sentence = _("{n} lines were refused; the first {most} are listed.")
        made.remarks.append(sentence.format(n=refused, most=MOST_TROUBLES))
    return made


def of_figures(figures: Iterable[Figure], layout: str, rows: int) -> Draft:
    """Figures that were checked elsewhere."""
    made, known = Draft(layout, rows), ranks()
    for chunk in bulk.chunks(figures):
        hold_against(chunk, made.spool, known)
    return made


def hold_against(figures: list[Figure], spool: bulk.Spool, known: Ranks) -> None:
    """Spools figures with what each would do to what stands. One query."""
    keys = [figure.key for figure in figures]
    stands = bulk.standing(keys)
    for key, figure in zip(keys, figures, strict=True):
        before = stands.get(key)
        spool.add(key, figure, _outcome(figure, before, known), before[0] if before else None)


def _outcome(figure: Figure, before: tuple[Any, ...] | None, known: Ranks) -> str:
    if before is None:
        return Outcome.NEW.value
    _pk, value, numerator, denominator, status, note, source = before
    then = Said(value, numerator, denominator, status, note, source, *known[source])
    now = Said(
        figure.value,
        figure.numerator,
        figure.denominator,
        figure.status.value,
        figure.note,
        figure.source.pk,
        figure.source.publisher,
        figure.source.precedence,
    )
    return outcome(then, now).value


def ranks() -> Ranks:
    """The publisher and precedence of each source."""
    sources = Source.objects.values_list("pk", "publisher", "precedence")
    return {pk: (publisher, precedence) for pk, publisher, precedence in sources}


def _unread(template: str, number: int, line: int) -> str:
    where = ngettext("({n} cell, in line {line})", "({n} cells, the first in line {line})", number)
    return f"{_(template)} {where.format(n=number, line=line)}"


def _doubles(made: Draft) -> list[Trouble]:
    """A repeated line is refused once; lines that contradict each other are all refused: none can be believed."""
    alike: dict[tuple[str, ...], list[tuple[int, dict[str, str]]]] = {}
    for number, row in made.spool.rows(made.spool.alike()):
        alike.setdefault(tuple(row[name] for name in bulk.KEY), []).append((number, row))
    troubles = []
    for same in alike.values():
        (_number, first), *others = same
        if all(_says(row) == _says(first) for _n, row in others):
            for number, row in others:
                sentence = _("repeats line {line}; remove one of the two.").format(line=first["line"])
                troubles.append(Trouble(int(row["line"]), "", on_line(int(row["line"]), sentence)))
                _leave_out(made, number, row)
            continue
        for number, row in same:
            lines = ", ".join(one["line"] for n, one in same[: NAMED + 1] if n != number)
            sentence = _("contradicts line {lines} about the same figure; keep one.").format(lines=lines)
            troubles.append(Trouble(int(row["line"]), "", on_line(int(row["line"]), sentence)))
            _leave_out(made, number, row)
    return troubles


def _too_high(made: Draft, ceilings: Ceilings) -> list[Trouble]:
    """A share above the one that it is a part of is refused; where both are of this file, both are."""
    broken = {number: why for number, why in ceilings.broken().items() if number not in made.left_out}
    troubles = []
    for number, row in made.spool.rows(broken):
        troubles.append(Trouble(int(row["line"]), "value", on_line(int(row["line"]), broken[number]), row["value"]))
        _leave_out(made, number, row)
    return troubles


def _says(row: dict[str, str]) -> list[object]:
    """What a row of the spool says, 80.10 being 80.1."""
    return [Decimal(row[name]) if name == "value" and row[name] != bulk.NULL else row[name] for name in bulk.SAYS]


def _leave_out(made: Draft, number: int, row: dict[str, str]) -> None:
    made.left_out.add(number)
    made.spool.outcomes[row["outcome"]] -= 1


def _private(troubles: list[Trouble], layout: str, registry: Registry) -> Iterator[Trouble]:
    """The troubles with an unknown spelling only where it can tell about nobody.

    It is a number, near a name that is known, or stands in many lines, or it is a place of a publisher's file.
    """
    often = Counter((trouble.column, trouble.cell) for trouble in troubles if trouble.cell)
    distinct = Counter(column for column, _cell in often)
    for trouble in troubles:
        repeated = often[trouble.column, trouble.cell] >= OFTEN and distinct[trouble.column] <= FEW
        is_number = trouble.column in NUMERIC_COLUMNS and NUMERIC.fullmatch(trouble.cell)
        coded = layout != TIDY.name and trouble.column == "place" and _is_of_many(trouble.cell, registry)
        if trouble.cell and not (trouble.close or repeated or coded or is_number):
            yield Trouble(trouble.line, trouble.column, trouble.sentence)
        else:
            yield trouble


def _is_of_many(cell: str, registry: Registry) -> bool:
    """Whether a cell names a district or school: by its words, or by a code in one of the districts that are known."""
    in_district = CODED.match(cell)
    return bool(OF_MANY.search(cell)) or (in_district is not None and district_of(in_district[1]) in registry.places)
