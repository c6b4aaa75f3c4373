"""What the repository says of the coalition, against the founding documents where they stand beside it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from coalition import models
from coalition.models import Sector
from coalition.rules.roles import Binds, Role
from coalition.rules.teams import Step

HOUSE = Path(__file__).resolve().parents[2]
FIXTURES = sorted((HOUSE / "fixtures" / "coalition").glob("*.json"))
SEEDS = HOUSE.parent / "shared" / "seeds"

#: Model → rows in the fixtures.
ROWS: dict[Any, int] = {
    models.Document: 9,
    models.Organization: 13,
    models.CompactVersion: 1,
    models.Commitment: 9,
    models.Signature: 7,
    models.RolePeriod: 16,
    models.ActionTeam: 2,
    models.TeamEvent: 2,
}

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

#: The sectors in the words of the Compact's preamble.
PREAMBLE = (
    "policymakers and civic leaders, local and regional education institutions, community-based organizations, "
    "non-profits, businesses, philanthropic agencies, and community leaders"
)

#: What each commitment of ours is about, in a word of the Compact's own sentence.
ABOUT = {
    "1": ("Common Purpose", "Purpose"),
    "2": ("Goal-Oriented Agenda", "Agenda"),
    "3": ("Collective Action Plan", "Plan"),
    "4": ("knowledgeable", "Know it"),
    "5": ("champions and ambassadors", "Champion"),
    "6": ("staff point of contact", "Contact"),
    "7": ("active participation", "Active part"),
}

needs_seeds = pytest.mark.skipif(
    not SEEDS.is_dir(), reason="the founding documents are not beside this repository: fixtures NOT compared with them"
)


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


def paragraphs(number: str) -> str:
    """The document with the line breaks inside its sentences undone."""
    return re.sub(r"\s+", " ", seed(number))


@pytest.mark.django_db
def test_fixtures_load_and_loading_them_again_changes_nothing() -> None:
    once = {model: list(model.objects.order_by("pk").values()) for model in ROWS}
    assert {model: len(rows) for model, rows in once.items()} == ROWS
    call_command("loaddata", *FIXTURES, verbosity=0)
    assert {model: list(model.objects.order_by("pk").values()) for model in ROWS} == once


def test_nothing_else_is_in_the_fixtures() -> None:
    rows = [row["model"] for path in FIXTURES for row in json.loads(path.read_text("utf-8"))]
    assert {model._meta.label_lower: rows.count(model._meta.label_lower) for model in ROWS} == {
        model._meta.label_lower: number for model, number in ROWS.items()
    }
    assert len(rows) == sum(ROWS.values())


@pytest.mark.django_db
@pytest.mark.parametrize("model", ROWS, ids=lambda model: model.__name__)
def test_everything_in_the_fixtures_would_pass_the_forms_of_the_back_office(model: Any) -> None:
    for row in model.objects.all():
        row.full_clean()


def test_the_seven_signers_have_the_sector_we_read_and_it_is_said_that_we_read_it() -> None:
    signed = {row["organization"][0] for row in stored("signature")}
    organizations = [row for row in stored("organization") if row["slug"] in signed]
    assert {row["name"]: row["sector"] for row in organizations} == SIGNERS
    assert all("our reading" in row["sector_note"].lower() for row in organizations)


def test_of_every_sector_somebody_says_where_it_comes_from() -> None:
    for row in stored("organization"):
        assert row["sector_note"], row["slug"]
        assert row["sector"] or "No source seen" in row["sector_note"], row["slug"]


@needs_seeds
def test_the_signers_are_those_of_the_launch_report_in_its_order() -> None:
    _, after = seed("001").split("the signers of the ALL IN! Compact Tuesday included:")
    named, _ = after.split("The Bottom Line.")
    in_the_report = [line.strip().removeprefix("The ") for line in named.splitlines() if line.strip()]
    names = {row["slug"]: row["name"] for row in stored("organization")}
    signatures = sorted(stored("signature"), key=lambda row: row["position"])
    assert [row["position"] for row in signatures] == [1, 2, 3, 4, 5, 6, 7]
    assert [names[row["organization"][0]] for row in signatures] == in_the_report == list(SIGNERS)


def test_every_launch_signature_stands_and_is_reported_not_seen() -> None:
    for row in stored("signature"):
        assert (row["kind"], row["version"], row["happened_on"]) == ("signed", [1], None)
        assert (row["happened_text"], row["source"], row["office"]) == ("October 2016", ["launch-report"], "")


@needs_seeds
def test_the_nine_commitments_are_whole_in_the_order_of_the_compact_with_whom_they_bind() -> None:
    compact = seed("002")
    general = re.findall(r"^(\d)\. ", compact, flags=re.MULTILINE)
    assert general == list("1234567")
    assert compact.index("7. ") < compact.index("Program Providers:") < compact.index("Philanthropic Organizations:")
    rows = sorted(stored("commitment"), key=lambda row: row["position"])
    assert [row["position"] for row in rows] == list(range(1, 10))
    assert [(row["number"], row["binds"]) for row in rows] == [
        *((number, Binds.EVERYONE) for number in general),
        ("P", Binds.PROGRAM_PROVIDER),
        ("F", Binds.PHILANTHROPIC),
    ]


@needs_seeds
@pytest.mark.parametrize("number", ABOUT)
def test_a_commitment_is_about_what_the_compact_says_under_its_number(number: str) -> None:
    theirs, ours = ABOUT[number]
    sentence = re.search(rf"^{number}\. (.+?)(?=^\d\. |^Beyond)", seed("002"), flags=re.MULTILINE | re.DOTALL)
    assert sentence
    assert theirs in re.sub(r"\s+", " ", sentence[1])
    assert {row["number"]: row["short"] for row in stored("commitment")}[number] == ours


@needs_seeds
def test_the_additional_commitments_are_those_of_the_compact() -> None:
    compact = paragraphs("002")
    assert "Program Providers: Share program and outcome data" in compact
    assert "Philanthropic Organizations: Consider potential grantee alignment" in compact
    texts = {row["number"]: row["text"] for row in stored("commitment")}
    assert texts["P"].startswith("Share data on programs and their results")
    assert "deciding on grants" in texts["F"]


def test_every_commitment_is_told_in_both_languages() -> None:
    for row in stored("commitment"):
        for field in ("short", "text", "done"):
            assert row[field], (row["number"], field)
            assert row[f"{field}_es"], (row["number"], field)


@needs_seeds
def test_the_sectors_are_those_of_the_preamble_in_its_order() -> None:
    assert PREAMBLE in paragraphs("002")
    named = [part.removeprefix("and ").strip() for part in PREAMBLE.split(", ")]
    ours = [str(label).lower() for label in Sector.labels]
    assert [one.removeprefix("local and regional ") for one in named] == ours


@needs_seeds
def test_the_two_action_teams_are_those_of_the_caucus_report() -> None:
    named = re.findall(r"Action Team #(\d): (.+)", seed("000"))
    assert [(str(row["number"]), row["name"]) for row in stored("actionteam")] == [
        (number, name.strip()) for number, name in named
    ]


@needs_seeds
def test_of_the_teams_no_more_is_said_than_that_they_are_at_work() -> None:
    assert "already existing Action Teams from Year 1" in paragraphs("000")
    for row in stored("teamevent"):
        assert (row["step"], row["source"], row["happened_on"]) == (Step.REPORTED, ["caucus-report"], None)
    for row in stored("actionteam"):
        measured = {name for name in row if name.startswith(("baseline", "target", "indicator")) and row[name]}
        assert measured == set(), "no source names a metric of the team"


@needs_seeds
def test_the_backbone_is_who_the_reports_say() -> None:
    assert "hosted by its backbone organization Achieve Hartford!" in paragraphs("000")
    roles = {(row["organization"][0], row["role"]) for row in stored("roleperiod")}
    assert {slug for slug, role in roles if role == Role.BACKBONE} == {"achieve-hartford"}


def test_the_roles_are_those_that_a_document_reports() -> None:
    held: dict[str, set[str]] = {}
    for row in stored("roleperiod"):
        assert row["source"], row
        assert (row["since"], row["until"]) == (None, None), "no source gives a day"
        held.setdefault(row["role"], set()).add(row["organization"][0])
    assert held == {
        "backbone": {"achieve-hartford"},
        "steering_committee": {
            "achieve-hartford",
            "capital-workforce-partners",
            "connecticut-business-industry-association",
            "hartford-consortium-for-higher-education",
            "hartford-promise",
            "hartford-public-schools",
            "office-of-the-mayor",
            "metrohartford-alliance",
        },
        "philanthropic": {"lincoln-financial-foundation"},
        "member": {"metrohartford-alliance", "capital-workforce-partners", "moveup"},
        "program_provider": {"readyct", "blue-hills-civic-association", "center-for-latino-progress"},
    }


@needs_seeds
@pytest.mark.parametrize(
    ("model", "field"),
    [
        ("commitment", "text"),
        ("commitment", "done"),
        ("actionteam", "summary"),
        ("actionteam", "problem"),
        ("teamevent", "decision"),
        ("organization", "what_it_does"),
    ],
)
def test_no_text_of_ours_repeats_a_founding_document(model: str, field: str) -> None:
    theirs = set().union(*(runs(path.read_text("utf-8")) for path in SEEDS.glob("*.txt")))
    assert {" ".join(run) for row in stored(model) for run in runs(row[field]) & theirs} == set()


def test_a_quotation_would_be_noticed() -> None:
    assert runs("as they say, share program and outcome data, in order to") & runs("Share program and outcome data in")
    assert not runs("share program and outcome data") & runs("Share program and outcome data in")
