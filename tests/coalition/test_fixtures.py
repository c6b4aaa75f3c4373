"""What the repository says of the coalition, against the founding documents where they stand beside it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from coalition import models
from coalition.models import Sector
from coalition.rules.binding import Role

HOUSE = Path(__file__).resolve().parents[2]
FIXTURES = sorted((HOUSE / "fixtures" / "coalition").glob("*.json"))
SEEDS = HOUSE.parent / "shared" / "seeds"

MODELS: list[Any] = [
    models.Document,
    models.Organization,
    models.Commitment,
    models.Signature,
    models.ActionTeam,
]

#: So many words in a row that are also in a founding document are a quotation, not our own words.
QUOTATION = 6

SIGNERS = {
    "Office of the Mayor of Hartford": Sector.CIVIC,
    "Hartford Public Schools": Sector.EDUCATION,
    "Hartford Consortium for Higher Education": Sector.EDUCATION,
    "Hartford Promise": Sector.NONPROFIT,
    "Connecticut Business & Industry Association": Sector.BUSINESS,
    "Lincoln Financial Foundation": Sector.PHILANTHROPIC,
    "Achieve Hartford!": Sector.NONPROFIT,
}

needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="the founding documents are not beside the repository")


def stored(model: str) -> list[dict[str, Any]]:
    rows = [row for path in FIXTURES for row in json.loads(path.read_text("utf-8"))]
    return [row["fields"] for row in rows if row["model"] == f"coalition.{model}"]


def seed(number: str) -> str:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    return path.read_text("utf-8")


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+(?:[-'][a-z0-9]+)*", text.lower().replace("’", "'"))


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of so many words in a row that it would be a quotation."""
    said = words(text)
    return {tuple(said[start : start + QUOTATION]) for start in range(len(said) - QUOTATION + 1)}


@pytest.mark.django_db
def test_fixtures_load_and_loading_them_again_changes_nothing() -> None:
    call_command("loaddata", *FIXTURES, verbosity=0)
    once = [list(model.objects.order_by("pk").values()) for model in MODELS]
    assert [len(rows) for rows in once] == [3, 7, 9, 7, 2]
    call_command("loaddata", *FIXTURES, verbosity=0)
    assert [list(model.objects.order_by("pk").values()) for model in MODELS] == once


@pytest.mark.django_db
def test_everything_in_the_fixtures_would_pass_the_forms_of_the_back_office() -> None:
    call_command("loaddata", *FIXTURES, verbosity=0)
    for model in MODELS:
        for row in model.objects.all():
            row.full_clean()


def test_the_seven_signers_have_the_sector_we_read_and_it_is_said_that_we_read_it() -> None:
    organizations = stored("organization")
    assert {row["name"]: row["sector"] for row in organizations} == SIGNERS
    assert all("our reading" in row["sector_note"].lower() for row in organizations)


@needs_seeds
def test_the_signers_are_those_of_the_launch_report_in_its_order() -> None:
    _, after = seed("001").split("the signers of the ALL IN! Compact Tuesday included:")
    named, _ = after.split("The Bottom Line.")
    in_the_report = [line.strip().removeprefix("The ") for line in named.splitlines() if line.strip()]
    names = {row["slug"]: row["name"] for row in stored("organization")}
    signatures = sorted(stored("signature"), key=lambda row: row["position"])
    assert [names[row["organization"][0]] for row in signatures] == in_the_report == list(SIGNERS)


@needs_seeds
def test_the_commitments_are_numbered_as_in_the_compact() -> None:
    compact = seed("002")
    general = re.findall(r"^(\d)\. ", compact, flags=re.MULTILINE)
    assert "Program Providers:" in compact
    assert "Philanthropic Organizations:" in compact
    rows = sorted(stored("commitment"), key=lambda row: row["position"])
    assert [(row["number"], row["binds"]) for row in rows] == [
        *((number, Role.EVERYONE) for number in general),
        ("P", Role.PROGRAM_PROVIDER),
        ("F", Role.PHILANTHROPIC),
    ]


@needs_seeds
def test_the_two_action_teams_are_those_of_the_caucus_report() -> None:
    named = re.findall(r"Action Team #(\d): (.+)", seed("000"))
    assert [(str(row["number"]), row["name"]) for row in stored("actionteam")] == [
        (number, name.strip()) for number, name in named
    ]


@needs_seeds
@pytest.mark.parametrize(
    ("model", "field"), [("commitment", "text"), ("actionteam", "summary"), ("organization", "what_it_does")]
)
def test_no_text_of_ours_repeats_a_founding_document(model: str, field: str) -> None:
    theirs = set().union(*(runs(path.read_text("utf-8")) for path in SEEDS.glob("*.txt")))
    assert {" ".join(run) for row in stored(model) for run in runs(row[field]) & theirs} == set()


def test_a_quotation_would_be_noticed() -> None:
    assert runs("as they say, share program and outcome data, in order to") & runs("Share program and outcome data in")
    assert not runs("share program and outcome data") & runs("Share program and outcome data in")
