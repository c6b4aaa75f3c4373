"""The house rules that a reviewer would otherwise have to look for: no sums in views or templates, small files."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent
APPS = ("allin", "coalition", "dashboard", "metrics")
VIEWS = [
    *sorted((HOUSE / "dashboard").glob("*views.py")),
    *(HOUSE / "coalition" / "portal" / name for name in ("views.py", "interest_views.py", "accounts.py")),
]
LONGEST_FILE = 300
LONGEST_VIEW = 10

ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult)
# What Django's template language can reckon with: a tag, two filters, and the comparison of a remainder.
TEMPLATE_SUMS = re.compile(r"\{%-?\s*widthratio\b|\|\s*(?:add|divisibleby)\s*:")


def modules() -> Iterator[Path]:
    for app in APPS:
        yield from (path for path in (HOUSE / app).rglob("*.py") if "migrations" not in path.parts)


def templates() -> Iterator[Path]:
    for folder in [HOUSE / "templates", *(HOUSE / app for app in APPS)]:
        yield from (path for path in folder.rglob("*") if path.suffix in {".html", ".svg", ".txt", ".xml"})


def sums(source: str) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ARITHMETIC)
    ]


def long_functions(source: str) -> list[str]:
    """Functions whose lines, from def to the end and without decorators or docstring, are too many for a view."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            is_docstring = ast.get_docstring(node, clean=False) is not None
            docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if is_docstring else 0
            lines = (node.end_lineno or node.lineno) - node.lineno + 1 - docstring
            if lines > LONGEST_VIEW:
                found.append(f"{node.name} has {lines} lines")
    return found


def reckoning_modules() -> list[Path]:
    return [*VIEWS, *sorted((HOUSE / "dashboard" / "templatetags").glob("*.py"))]


def test_no_sums_in_views_or_template_tags() -> None:
    found = [
        f"{path.relative_to(HOUSE)}:{line}" for path in reckoning_modules() for line in sums(path.read_text("utf-8"))
    ]
    assert not found, f"Numbers are made in metrics/calc, not here: {found}"


def test_no_sums_in_templates() -> None:
    found = [
        f"{path.relative_to(HOUSE)}:{number}"
        for path in templates()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if TEMPLATE_SUMS.search(line)
    ]
    assert not found, f"Numbers are made in metrics/calc, not here: {found}"


def test_views_are_short() -> None:
    assert {str(path): long_functions(path.read_text("utf-8")) for path in VIEWS} == {str(path): [] for path in VIEWS}


def test_no_file_is_longer_than_a_person_reads_at_once() -> None:
    lengths = {path.relative_to(HOUSE): len(path.read_text("utf-8").splitlines()) for path in modules()}
    assert {str(path): lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_every_module_says_what_lives_in_it() -> None:
    silent = [
        str(path.relative_to(HOUSE))
        for path in modules()
        if (lines := path.read_text("utf-8").splitlines()) and not re.match(r'#[^!]|#!|"""', lines[0])
    ]
    assert silent == []


def test_there_is_no_attic() -> None:
    assert [str(path) for path in modules() if path.stem in {"utils", "util", "helpers", "misc", "common"}] == []


def test_the_lock_files_name_no_registry() -> None:
    assert [path.name for path in HOUSE.glob("*.lock") if "http" in path.read_text("utf-8")] == []


@pytest.mark.parametrize("source", ["x = a + b", "x = a / b * 100", "x -= 1", "def f():\n    return 100 % x"])
def test_a_sum_is_found(source: str) -> None:
    assert sums(source)


@pytest.mark.parametrize(
    "line", ["{% widthratio a b 100 %}", "{{ a|add:b }}", "{{ a | add: '1' }}", "{{ a|divisibleby:2 }}"]
)
def test_a_sum_in_a_template_is_found(line: str) -> None:
    assert TEMPLATE_SUMS.search(line)


def test_a_long_view_is_found() -> None:
    assert long_functions("def view(request):\n" + "    x = 1\n" * 10)
    assert not long_functions('def view(request):\n    """One.\n\n    Two."""\n' + "    x = 1\n" * 9)
