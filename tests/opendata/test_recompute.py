"""A stranger with the zip and Python works out where each goal stands, and finds what the board says."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from dashboard.opendata import TABLES, status
from dashboard.opendata.recompute import verdict
from metrics.calc.cells import Cell, Known, NotReported, Withheld
from metrics.calc.standing import Promise, standing
from tests import releases
from tests.history.boards import correct, corrected


def bundled() -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(Client().get("/data/allin-hartford.zip").getvalue()))


def told(folder: Path) -> list[str]:
    bundled().extractall(folder)
    done = subprocess.run(
        [sys.executable, "-I", str(folder / "recompute.py")], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.splitlines()


@pytest.mark.django_db
class TestTheZip:
    def test_it_alone_gives_every_verdict(self, tmp_path):
        assert told(tmp_path) == [
            "graduation, compact: missed (the same as published)",
            "graduation, launch: missed (the same as published)",
            "enrollment, compact: due (the same as published)",
            "enrollment, launch: not_comparable (the same as published)",
            "completion, compact: due (the same as published)",
            "completion, launch: due (the same as published)",
        ]

    def test_after_a_correction_it_gives_those_of_the_new_release(self, tmp_path):
        corrected("95.1", year=2025)
        assert "graduation, compact: met (the same as published)" in told(tmp_path)

    def test_it_holds_the_tables_their_meaning_the_licence_and_the_example(self):
        names = bundled().namelist()
        assert names == [
            "README.md", "datapackage.json", "csv-metadata.json", "dictionary.csv", "recompute.py",
            *(f"{table.name}.csv" for table in TABLES),
        ]  # fmt: skip
        text = bundled().read("README.md").decode()
        assert "Creative Commons Attribution 4.0" in text
        assert "suppressed" in text

    def test_the_same_release_gives_the_same_bytes(self):
        first = Client().get("/data/allin-hartford.zip")
        before = first.getvalue()
        assert Client().get("/data/allin-hartford.zip").getvalue() == before
        corrected()
        later = Client().get("/data/allin-hartford.zip")
        assert later.getvalue() != before
        assert later["ETag"] != first["ETag"]
        assert Client().get("/releases/1/data/allin-hartford.zip").getvalue() == before

    def test_every_column_of_every_file_is_described_everywhere(self):
        file = bundled()
        package = json.loads(file.read("datapackage.json"))
        on_the_web = json.loads(file.read("csv-metadata.json"))
        dictionary = list(csv.DictReader(io.StringIO(file.read("dictionary.csv").decode("utf-8-sig"))))
        for table in TABLES:
            head = next(csv.reader(io.StringIO(file.read(f"{table.name}.csv").decode("utf-8-sig"))))
            (resource,) = [one for one in package["resources"] if one["name"] == table.name]
            (sheet,) = [one for one in on_the_web["tables"] if one["url"] == f"{table.name}.csv"]
            assert head == [field["name"] for field in resource["schema"]["fields"]]
            assert head == [column["name"] for column in sheet["tableSchema"]["columns"]]
            assert head == [row["column"] for row in dictionary if row["table"] == table.name]

    def test_every_cell_is_what_its_column_says_it_can_be(self):
        """Types, words, what cannot be empty, keys, and what leads to another table: as the data package has it."""
        file = bundled()
        rows = {
            table.name: list(csv.DictReader(io.StringIO(file.read(f"{table.name}.csv").decode("utf-8-sig"))))
            for table in TABLES
        }
        reads = {"integer": int, "number": Decimal, "boolean": ["true", "false"].index}
        for table in TABLES:
            keys = [tuple(row[name] for name in table.key) for row in rows[table.name]]
            assert len(set(keys)) == len(keys) > 0, table.name
            for column in table.columns:
                values = {row[column.name] for row in rows[table.name]}
                assert column.is_optional or "" not in values, (table.name, column.name)
                for value in values - {""}:
                    reads.get(column.kind.value, str)(value)
                    assert not column.words or value in column.words, (column.name, value)
                if column.leads_to:
                    (other,) = [one for one in TABLES if one.name == column.leads_to]
                    assert values - {""} <= {row[other.key[0]] for row in rows[other.name]}, column.name

    def test_nothing_of_a_release_on_its_way_is_in_it(self):
        before = Client().get("/data/allin-hartford.zip").getvalue()
        correct("12.3")
        releases.approved()
        assert Client().get("/data/allin-hartford.zip").getvalue() == before


NUMBER = st.decimals(0, 100, places=1)
CELL: st.SearchStrategy[Cell] = st.one_of(
    st.builds(Known, NUMBER),
    st.integers(1, 400).flatmap(lambda n: st.integers(0, n).map(lambda k: Known(round(Decimal(100 * k) / n, 1), k, n))),
    st.just(Withheld()),
    st.just(NotReported()),
)


PROMISES = st.builds(
    Promise, st.just("rate"), NUMBER, st.one_of(st.none(), st.just(2014)), NUMBER, st.just(2025), st.booleans()
)


@given(PROMISES, st.dictionaries(st.integers(2012, 2030), CELL, max_size=12), st.integers(2014, 2031))
def test_the_example_and_the_engine_agree_on_any_figures(promise, cells, today):
    goal = {
        "baseline_year": "" if promise.baseline_year is None else str(promise.baseline_year),
        "target_year": "2025",
        "judged_in": str(today),
        "baseline_value": str(promise.baseline_value),
        "target_value": str(promise.target_value),
        "higher_is_better": str(promise.higher_is_better).lower(),
    }
    rows = {
        number: {
            "value": str(cell.value) if isinstance(cell, Known) else "",
            "numerator": str(cell.numerator or 0) if isinstance(cell, Known) and cell.has_counts else "",
            "denominator": str(cell.denominator) if isinstance(cell, Known) and cell.has_counts else "",
            "status": status(cell),
        }
        for number, cell in cells.items()
    }
    assert verdict(goal, rows) == standing(promise, "rate", cells, today).verdict.value
