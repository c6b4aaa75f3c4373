"""Files that somebody might send, and a way to say what must become of each."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from openpyxl import Workbook

from metrics.calc.rates import plain
from metrics.intake import actions, confined
from metrics.intake.readers import UnreadableFile, check_size
from metrics.intake.readers.child import of_figures
from metrics.models import Batch, Observation, Problem, SourceFile, StagedRow

HEADER = "indicator,place,group,period,value,numerator,denominator,status,source,note"
SOURCE = "edsight-graduation-4yr"
#: A good line that the board does not have yet, and how it is stored.
GOOD = f"graduation-4yr,0640011,black,2025,80.1,331,413,final,{SOURCE},"
STORED = "graduation-4yr 0640011 black 2025 80.1 331/413 final"


def tidy(*lines: str, header: str = HEADER) -> str:
    """A table in our own layout."""
    return "\n".join([header, *lines, ""])


LINE = dict(zip(HEADER.split(","), GOOD.split(","), strict=True))


def row(**instead: str) -> str:
    """The good line with something else in some of its cells."""
    return ",".join({**LINE, **instead}.values())


HARTFORD = '"Hartford School District","=""0640011"""'


def edsight(
    *lines: str,
    title: str = "Four-Year Graduation Rates, 2020-21",
    scope: str = "All Districts, Race/Ethnicity",
    band: str | None = '"",,,,"Graduates",',
    header: str = '"District","District Code","Race/Ethnicity","Four-Year Cohort Count","Graduation Count",'
    '"Graduation Rate"',
) -> str:
    """A table as the state's site exports it."""
    above = [f'"{title}"', f'"{scope}"', "", *([] if band is None else [band])]
    return "\r\n".join([*above, header, *lines, "", "", ""])


#: A good line of that table, and how it is stored.
STATE_LINE = f'{HARTFORD},"Black or African American",413,331,80.1'
STATE_STORED = "graduation-4yr 0640011 black 2021 80.1 331/413 final"


def workbook(*tables: Sequence[Sequence[Any]], titles: Sequence[str] = ()) -> bytes:
    """A workbook with a sheet for each table."""
    book = Workbook()
    book.remove(book.active)
    for number, table in enumerate(tables):
        sheet = book.create_sheet(titles[number] if titles else f"Sheet{number + 1}")
        for cells in table:
            sheet.append(list(cells))
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cells(text: str) -> list[list[str]]:
    """The lines of a plain table, each in its cells."""
    return [line.split(",") for line in text.splitlines()]


TABLE = cells(tidy(GOOD))
BOOK = workbook(TABLE)
NAMES = HEADER.split(",")
NUMBERS = ["graduation-4yr", "0640011", "black", 2025, 80.1, 331, 413, "final", SOURCE]
SHEET = "xl/worksheets/sheet1.xml"


def changed(data: bytes, part: str, edit: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one of its parts edited."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, edit(content) if name == part else content)
    return out.getvalue()


def made(act: Callable[[Workbook, Any], None], table: list[list[Any]] | None = None) -> bytes:
    """A good workbook after something was done to it and its sheet."""
    book = Workbook()
    for line in table or TABLE:
        book.active.append(line)
    act(book, book.active)
    return saved(book)


def put(cell: str, value: Any) -> Callable[[Workbook, Any], None]:
    def act(_book: Workbook, sheet: Any) -> None:
        sheet[cell] = value

    return act


def packed(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


@dataclass(frozen=True)
class Case:
    """A file, and what must become of it.

    stores    every figure that waits afterwards, and no other
    refuses   the sentences about lines, in their order; each at least in part
    remarks   the sentences about the file
    whole     the sentence with which the whole file is refused; then nothing at all may be stored
    """

    name: str
    data: bytes
    stores: tuple[str, ...] = ()
    refuses: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    whole: str = ""
    file: str = "figures.csv"

    def __str__(self) -> str:
        return self.name


def case(name: str, data: bytes | str, *stores: str, **expected: Any) -> Case:
    """A case; a single sentence needs no tuple around it."""
    one = {key: (value,) if key != "whole" and isinstance(value, str) else value for key, value in expected.items()}
    one["file"] = expected.get("file", "figures.csv")
    return Case(name, data.encode() if isinstance(data, str) else data, stores=stores, **one)


def told_here(data: bytes, name: str) -> Iterator[dict[str, Any]]:
    """What the reading process would tell, without a process: two hundred of them would take a minute."""
    check_size(len(data))
    for message in of_figures(data, name):
        yield json.loads(json.dumps(message))


def said(figure: StagedRow) -> str:
    value = "–" if figure.value is None else str(plain(Decimal(figure.value)))
    counts = [str(one) if one is not None else "–" for one in (figure.numerator, figure.denominator)]
    parts = [figure.indicator.slug, figure.place.code, figure.group.slug, figure.period, value, "/".join(counts)]
    note = f" “{figure.note}”" if figure.note else ""
    return " ".join([*map(str, parts), figure.status]) + note


def held() -> tuple[int, ...]:
    """How much the board holds of whatever a file can leave in it."""
    return tuple(model.objects.count() for model in (SourceFile, Batch, StagedRow, Problem, Observation))


def check(one: Case, by: User, monkeypatch: Any) -> list[Problem]:
    """Sends the file through the first door and holds what became of it against what must."""
    monkeypatch.setattr(confined, "figures", told_here)
    before = held()
    try:
        received = actions.receive(name=one.file, data=one.data, by=by)
    except UnreadableFile as refusal:
        sentence = str(refusal)
        assert one.whole, f"refused whole: {sentence}"
        assert one.whole in sentence, sentence
        assert "\n" not in sentence
        assert len(sentence) < 300
        assert held() == before
        return []
    batch = received.batch
    stored = [
        said(figure) for figure in batch.rows.select_related("indicator", "place", "group").order_by("line", "pk")
    ]
    problems = [problem.sentence for problem in batch.problems.order_by("line", "pk")]
    found = f"stored {stored}, refused {problems}, remarks {batch.remarks}"
    assert not one.whole, found
    assert stored == list(one.stores), found
    for sentences, expected in ((problems, one.refuses), (batch.remarks, one.remarks)):
        assert len(sentences) == len(expected), found
        assert all(part in sentence for part, sentence in zip(expected, sentences, strict=True)), found
    assert held()[:2] == (before[0] + 1, before[1] + 1)
    assert held()[4] == before[4], "nothing becomes a figure before somebody accepts it"
    return list(batch.problems.all())
