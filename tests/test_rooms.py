"""Who may import whom: every import of every module, wherever in the file it stands, against the table of rooms."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent
APPS = ("allin", "coalition", "dashboard", "metrics")

# Room (one or more module prefixes; the longest that fits a module is its room) → what it may import beside the
# standard library and itself. Apart from this table there is no list of exceptions.
ROOMS: dict[tuple[str, ...], set[str]] = {
    ("metrics.calc",): set(),
    ("metrics.models",): {"django", "metrics.calc"},
    ("metrics.intake.readers", "metrics.intake.layouts"): {"pandas", "openpyxl", "metrics.calc"},
    ("metrics.intake",): {"django", "import_export", "metrics.calc", "metrics.models"},
    ("metrics.publishing",): {"django", "metrics.calc", "metrics.models", "highspy"},
    ("metrics.published",): {"django", "metrics.calc", "metrics.models"},
    ("metrics",): {"django"},
    ("metrics.admin",): {"django", "import_export", "metrics", "allin.lists"},
    ("coalition.rules",): set(),
    ("coalition.models",): {"django", "coalition.rules"},
    ("coalition.files",): {"django", "coalition", "allin.pictures"},
    ("coalition",): {"django", "msgspec"},
    ("coalition.admin",): {"django", "import_export", "coalition", "allin.lists"},
    ("dashboard.charts.svg",): {"metrics.calc"},
    ("dashboard.charts.words",): {"metrics.calc", "coalition.rules", "django.utils.translation"},
    ("dashboard.charts",): {"plotly", "metrics.calc"},
    ("dashboard.models",): {"django"},
    ("dashboard.admin",): {"django", "import_export", "dashboard", "allin.lists", "allin.pictures"},
    ("dashboard.pictures",): {"django", "typst", "dashboard.charts"},
    ("dashboard.opendata",): {"django", "openpyxl", "metrics.calc", "metrics.published"},
    ("dashboard",): {"django", "metrics.calc", "metrics.published", "coalition.rules", "coalition.roster"},
    # What every list of the back office has in common: how a table comes in, and what an address may ask. Both apps'
    # admin (and nothing else of them) may import it, or each would need a copy: neither may import the other, and a
    # reader of uploads that exists twice is mended once. It is no way from one app to the other, for it may import
    # neither, nor the rest of the server.
    ("allin.lists",): {"django", "import_export", "tablib"},
    # Pictures are looked at and drawn anew in one place, whoever hands them in: a second copy would be mended once.
    ("allin.pictures",): {"django.utils.translation", "PIL"},
    # The server's own parts: whoever serves files, reads DATABASE_URL and neutralizes exports has to name them.
    ("allin",): {"django", "whitenoise", "dj_database_url", "import_export", "tablib"},
}

# The same door by a string: import_module("x"), import_string("x.y"), apps.get_model("app", "Model").
BY_STRING = {"__import__", "import_module", "import_string"}


def within(module: str, prefixes: set[str] | tuple[str, ...]) -> bool:
    return any(module == prefix or module.startswith(f"{prefix}.") for prefix in prefixes)


def room_of(module: str) -> tuple[tuple[str, ...], set[str]]:
    fitting = [(prefix, parts) for parts in ROOMS for prefix in parts if within(module, (prefix,))]
    _, parts = max(fitting, key=lambda pair: len(pair[0]))
    return parts, ROOMS[parts]


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def imports(source: str, package: str) -> Iterator[tuple[int, list[str]]]:
    """Line, and the names that say what is imported there: any of them allowed makes the import allowed."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, [alias.name]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                # `from metrics import calc` may mean the module metrics.calc.
                yield node.lineno, [base] if alias.name == "*" else [base, f"{base}.{alias.name}"]
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = node.args[0].value
            if called(node) in BY_STRING:
                yield node.lineno, [str(name)]
            elif called(node) == "get_model":
                yield node.lineno, [f"{str(name).split('.')[0]}.models"]


def broken_rules(source: str, module: str, *, is_package: bool = False) -> list[tuple[int, str]]:
    parts, may = room_of(module)
    package = module if is_package else module.rpartition(".")[0]
    return [
        (line, f"{' and '.join(parts)} may not import {names[-1]}")
        for line, names in imports(source, package)
        if names[0].split(".")[0] not in sys.stdlib_module_names
        and not any(within(name, parts) or within(name, may) for name in names)
    ]


def modules() -> Iterator[tuple[Path, str, bool]]:
    for path in sorted(path for app in APPS for path in (HOUSE / app).rglob("*.py")):
        names = path.relative_to(HOUSE).with_suffix("").parts
        is_package = names[-1] == "__init__"
        yield path, ".".join(names[:-1] if is_package else names), is_package


def test_every_import_is_in_the_table() -> None:
    broken = [
        f"{path.relative_to(HOUSE)}:{line}: {rule}"
        for path, module, is_package in modules()
        for line, rule in broken_rules(path.read_text(encoding="utf-8"), module, is_package=is_package)
    ]
    assert not broken, "\n" + "\n".join(broken)


def test_every_app_is_looked_at() -> None:
    looked_at = {module.split(".")[0] for _, module, _ in modules()}
    assert looked_at == set(APPS)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("metrics.calc.rates", "import django"),
        ("metrics.calc.rates", "from metrics.models import Observation"),
        ("metrics.calc.rates", "from ..models import Observation"),
        ("metrics.calc.rates", "from .. import models"),
        ("metrics.calc.rates", "def late():\n    import pandas"),
        ("metrics.calc.rates", "try:\n    import numpy as np\nexcept ImportError:\n    np = None"),
        ("metrics.calc.rates", "from importlib import import_module\nimport_module('django.db')"),
        ("metrics.models.observations", "from metrics.intake import actions"),
        ("metrics.intake.readers", "from metrics.intake import actions"),
        ("metrics.intake.readers", "from .actions import accept"),
        ("metrics.intake.readers", "import django"),
        ("metrics.intake.actions", "import pandas"),
        ("metrics.published", "from metrics import publishing"),
        ("metrics.admin", "from coalition.models import Member"),
        ("coalition.actions", "from metrics.models import Goal"),
        ("coalition.actions", "apps.get_model('metrics', 'Goal')"),
        ("coalition.actions", "apps.get_model('metrics.Goal')"),
        ("coalition.rules.budget", "from django.db import models"),
        ("dashboard.charts.svg", "import plotly"),
        ("dashboard.charts.svg", "from . import figures"),
        ("dashboard.charts.figures", "import django"),
        ("dashboard.views", "import metrics"),
        ("dashboard.views", "from metrics import *"),
        ("dashboard.views", "from metrics.models import Observation"),
        ("dashboard.pages", "from coalition.models import Member"),
        ("dashboard.pages", "from coalition import roster, models"),
        ("allin.urls", "from dashboard import views"),
        ("allin.lists.resource", "from coalition.models import Contact"),
        ("allin.lists.resource", "from allin import settings"),
        ("coalition.actions", "from allin.lists import resource"),
        ("coalition.admin.contacts", "from allin import roles"),
        ("metrics.intake.actions", "from allin.lists.reading import csv_lines"),
    ],
)
def test_a_forbidden_import_is_found(module: str, source: str) -> None:
    assert broken_rules(source, module), f"nobody noticed {source!r} in {module}"


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("metrics.calc.rates", "from decimal import Decimal\nfrom .cells import Cell\nfrom . import cells"),
        ("metrics.models.releases", "from django.db import models\nfrom metrics.calc import cells"),
        ("metrics.intake.readers.xlsx", "import openpyxl\nfrom ..layouts import sat"),
        ("metrics.intake.actions", "from metrics.intake.readers import read\nfrom metrics.models import Batch"),
        ("metrics.admin", "from import_export.admin import ImportMixin\nfrom metrics.intake.actions import accept"),
        ("dashboard.charts.svg", "from math import pi\nfrom metrics.calc.cells import Known"),
        ("dashboard.pages", "from metrics import published\nfrom coalition.roster import members"),
        ("dashboard.pages", "'from metrics.models import Observation'"),
    ],
)
def test_an_allowed_import_is_left_alone(module: str, source: str) -> None:
    assert broken_rules(source, module) == []
