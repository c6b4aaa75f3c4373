"""Whatever the bytes: a file is read as it was written, or refused with one sentence."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.intake.readers import ENTRY, LeftOut, Trouble, UnreadableFile, figures
from tests.intake.family_forms import FORMS
from tests.intake.forms import Form, lines, meant, printed
from tests.intake.hostile import BOOK, GOOD, packed, row, tidy

FAMILIES = Path(__file__).parents[1] / "files" / "families"
SAMPLES = [path.read_bytes() for path in sorted(FAMILIES.glob("*.csv"))]
SAMPLES += [tidy(GOOD, row(group="white", note="Médiathèque")).encode(), BOOK, packed(tidy(GOOD).encode())]
#: Pieces that mean something to some program.
PIECES = [b"", b",", b'"', b"\r\n", b"\n", b"\x00", b"\xff", b"\xef\xbb\xbf", b"=", b'="', b"*", b"N/A", b";", b"\t"]
PIECES += [b"District", b"2019-20", b"Total", b"{}", b"%s", b"\\", b"9" * 40, b"-9999", b"1e9"]
PIECES += ["é".encode(), "é".encode("cp1252")]


def read(data: bytes, name: str = "") -> list[list[str]]:
    """The entries of a file that has nothing else, without the numbers of their lines."""
    items = list(figures(data, name).entries)
    assert not [item for item in items if isinstance(item, Trouble)]
    return [item[1:] for item in items if isinstance(item, list)]


def is_sound(data: bytes, name: str) -> None:
    """It is read or refused, and each thing that is told of it is what the next in line expects."""
    with suppress(UnreadableFile):
        found = figures(data, name)
        for item in found.entries:
            if isinstance(item, list):
                assert len(item) == len(ENTRY)
                assert isinstance(item[0], int)
                assert all(isinstance(cell, str) for cell in item[1:])
            else:
                assert isinstance(item, Trouble | LeftOut)
                sentence = item.template.format(**getattr(item, "values", {}))
                assert "\n" not in item.template
                assert sentence
        for remark in found.remarks:
            assert remark.sentence(str)


@given(st.binary(max_size=600), st.sampled_from(["", "2019-20.csv", "\ud800", "x" * 300]))
def test_any_bytes_are_read_or_refused_and_nothing_else_happens(data, name):
    is_sound(data, name)


@given(st.text(max_size=600))
def test_any_text_is_read_or_refused_and_nothing_else_happens(text):
    is_sound(text.encode("utf-8", "surrogatepass"), "")


def mutated(draw: Callable, data: bytes) -> bytes:
    """The bytes with a piece put in, taken out, or moved, some times."""
    for _time in range(draw(st.integers(1, 4))):
        at, end = sorted((draw(st.integers(0, len(data))), draw(st.integers(0, len(data)))))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=4))
        if draw(st.booleans()):
            end = min(end, at + draw(st.integers(0, 8)))
        data = draw(st.sampled_from([data[:at] + piece + data[end:], data[:at], data[:end] + data[at:], data[at:end]]))
    return data


@settings(max_examples=400)
@given(st.data())
def test_a_real_file_that_something_happened_to_is_read_or_refused(data):
    is_sound(mutated(data.draw, data.draw(st.sampled_from(SAMPLES))), "2019-20.csv")


@settings(max_examples=300)
@given(st.data())
def test_a_real_file_whose_lines_and_cells_were_moved_is_read_or_refused(data):
    table = [line.split(b",") for line in data.draw(st.sampled_from(SAMPLES[:-2])).split(b"\n")]
    for _time in range(data.draw(st.integers(1, 5))):
        line = data.draw(st.sampled_from(table))
        at = data.draw(st.integers(0, len(line) - 1))
        match data.draw(st.sampled_from(["cell", "drop", "double", "swap", "line"])):
            case "cell":
                line[at] = data.draw(st.sampled_from(PIECES) | st.text(max_size=8).map(str.encode))
            case "drop":
                del line[at:]
                line.append(b"")
            case "double":
                table.insert(data.draw(st.integers(0, len(table))), list(line))
            case "swap":
                line.reverse()
            case "line":
                table.sort(key=len)
    is_sound(b"\n".join(b",".join(line) for line in table), "2019-20.csv")


@pytest.mark.parametrize("form", FORMS, ids=str)
@settings(max_examples=25)
@given(st.data())
def test_what_a_publisher_prints_is_what_is_read(form: Form, data):
    table = data.draw(lines(form))
    assert read(printed(form, table), f"{form.year}.csv") == meant(form, table)


@pytest.mark.parametrize("form", FORMS, ids=str)
@settings(max_examples=10)
@given(st.data())
def test_the_order_of_lines_and_of_columns_changes_nothing(form: Form, data):
    table = data.draw(lines(form))
    banded = any(column.band for column in form.columns)
    first = [0] if banded or form.above else []  # below a heading the first column tells the header from the heading
    rest = [index for index in range(len(form.columns)) if index not in first]
    moved = printed(form, data.draw(st.permutations(table)), order=[*first, *data.draw(st.permutations(rest))])
    assert sorted(read(moved, f"{form.year}.csv")) == sorted(meant(form, table))


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_a_file_tells_the_same_every_time_and_in_every_dress(form: Form):
    """In gzip, in UTF-16, with semicolons and with lines of blanks."""
    number = iter(range(20, 10_000, 7))
    cells = {"district": "Hartford School District", "code": "0640011", "group": "White", "year": "2021"}
    cells |= {"school": "Weaver High School", "school code": "0646311", "by": next(iter(form.by), "")}
    table = [[cells.get(column.key) or column.always or str(next(number)) for column in form.columns]]
    plain = printed(form, table)
    once = read(plain, f"{form.year}.csv")
    assert once
    dresses = [
        plain,
        packed(plain),
        plain.decode().encode("utf-16"),
        b"\xef\xbb\xbf" + plain,
        plain + b"\r\n\r\n",
        plain.replace(b"\r\n", b"\n"),
    ]
    assert [read(dress, f"{form.year}.csv") for dress in dresses] == [once] * len(dresses)
