"""What a board of the first version had recorded is all there after the coalition was modelled whole.

In a database and a process of its own, on whatever database the tests run.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db  # without it nothing sets a database up when these tests run alone

HOUSE = Path(__file__).resolve().parents[2]

#: Fills a board of the first version with the coalition's own rows, brings it up to date, and tells what it holds.
BEFORE_AND_AFTER = """
import json, sys
from pathlib import Path
import tests.environment, django
django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

call_command("migrate", "coalition", "0001", verbosity=0)
old = MigrationExecutor(connection).loader.project_state(("coalition", "0001_initial")).apps.get_model
found = [row for path in sorted(Path("fixtures/coalition").glob("*.json")) for row in json.loads(path.read_text())]
rows = lambda name: [row["fields"] for row in found if row["model"] == f"coalition.{name}"]
document = lambda slug: old("coalition", "Document").objects.get(slug=slug)

for row in rows("document"):
    names = ("slug", "title", "url", "stated")
    old("coalition", "Document").objects.create(**{name: row[name] for name in names})
for row in rows("organization"):
    names = ("slug", "name", "sector_note", "url", "what_it_does")
    old("coalition", "Organization").objects.create(
        sector=row["sector"] or "civic", **{name: row[name] for name in names}
    )
for row in rows("commitment"):
    names = ("number", "position", "text", "binds")
    old("coalition", "Commitment").objects.create(document=document("compact"), **{name: row[name] for name in names})
old("coalition", "Commitment").objects.create(
    document=document("year-two-plan"), number="1", position=1, text="Something else.", binds="everyone"
)
for row in rows("signature"):
    old("coalition", "Signature").objects.create(
        organization=old("coalition", "Organization").objects.get(slug=row["organization"][0]),
        document=document("compact"),
        source=document("launch-report"),
        signed_on_text=row["happened_text"],
        position=row["position"],
    )
old("coalition", "Signature").objects.create(
    organization=old("coalition", "Organization").objects.get(slug="readyct"),
    document=document("compact"),
    signed_on="2022-05-01",
)
for row in rows("actionteam"):
    names = ("number", "slug", "name", "summary")
    old("coalition", "ActionTeam").objects.create(
        source=document("caucus-report"), **{name: row[name] for name in names}
    )

call_command("migrate", verbosity=0)
from coalition import models
from coalition.compiling import coalition

for model in (models.Organization, models.Commitment, models.CompactVersion, models.Signature, models.ActionTeam):
    for row in model.objects.all():
        row.full_clean()
told = lambda rows, *names: [list(row) for row in rows.values_list(*names)]
json.dump(
    {
        "versions": told(models.CompactVersion.objects.order_by("number"), "number", "document__slug", "is_current"),
        "commitments": told(
            models.Commitment.objects.order_by("version__number", "position"),
            "version__number", "number", "binds", "text", "text_es", "short", "short_es", "done", "done_es", "evidence",
        ),
        "signatures": told(
            models.Signature.objects.order_by("pk"),
            "organization__slug", "version__number", "kind", "happened_text", "position", "source__slug", "follows",
        ),
        "days": [str(day) for day in models.Signature.objects.values_list("happened_on", flat=True) if day],
        "organizations": told(models.Organization.objects.order_by("pk"), "slug", "name"),
        "teams": told(models.ActionTeam.objects.order_by("number"), "number", "slug", "name", "sources__slug"),
        "public_teams": [team.slug for team in coalition().teams],
        "signers": [one.slug for one in coalition().organizations if one.signatures],
    },
    sys.stdout,
)
"""


def fixtures(model: str) -> list[dict[str, Any]]:
    files = sorted((HOUSE / "fixtures" / "coalition").glob("*.json"))
    rows = [row for path in files for row in json.loads(path.read_text("utf-8"))]
    return [row["fields"] for row in rows if row["model"] == f"coalition.{model}"]


@pytest.fixture(scope="module")
def database(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an empty database of the kind the tests run on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('old')}/board.sqlite3"
        return
    name = f"first_board_{os.getpid()}"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def after(database: str) -> dict[str, Any]:
    environment = {"DJANGO_SETTINGS_MODULE": "allin.settings", "DATABASE_URL": database}
    done = subprocess.run(
        [sys.executable, "-c", BEFORE_AND_AFTER],
        cwd=HOUSE,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_what_was_signed_is_the_first_version_and_the_current_one(after: dict[str, Any]) -> None:
    assert after["versions"] == [[1, "compact", True], [2, "year-two-plan", False]]


def test_every_commitment_is_there_in_its_version_and_has_what_a_page_needs(after: dict[str, Any]) -> None:
    compact = [row for row in after["commitments"] if row[0] == 1]
    names = ("number", "binds", "text", "text_es", "short", "short_es", "done", "done_es", "evidence")
    assert [row[1:] for row in compact] == [[row[name] for name in names] for row in fixtures("commitment")]
    assert [row[1:] for row in after["commitments"] if row[0] == 2] == [
        ["1", "everyone", "Something else.", "", "1", "", "kept it", "", "judgement"]
    ]


def test_every_signature_is_there_as_an_event_that_stands(after: dict[str, Any]) -> None:
    signers = [row["organization"][0] for row in fixtures("signature")]
    assert after["signatures"] == [
        *([slug, 1, "signed", "October 2016", at, "launch-report", None] for at, slug in enumerate(signers, start=1)),
        ["readyct", 1, "signed", "", None, None, None],
    ]
    assert after["days"] == ["2022-05-01"]
    assert set(after["signers"]) == {*signers, "readyct"}


def test_organizations_and_teams_are_who_they_were(after: dict[str, Any]) -> None:
    assert after["organizations"] == [[row["slug"], row["name"]] for row in fixtures("organization")]
    assert after["teams"] == [
        [1, "reduce-summer-melt", "Reduce Summer Melt", "caucus-report"],
        [2, "longitudinal-data-analysis-project", "Longitudinal Data Analysis Project", "caucus-report"],
    ]


def test_teams_that_were_public_stay_public(after: dict[str, Any]) -> None:
    assert after["public_teams"] == ["reduce-summer-melt", "longitudinal-data-analysis-project"]
