"""A board from before releases had a life keeps its releases, there and back, on whatever database the tests run."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.own_database import environment, own_database

pytestmark = pytest.mark.django_db

HOUSE = Path(__file__).resolve().parents[2]

STORY = """
import json, sys
import tests.environment, django
django.setup()
from datetime import datetime, timezone
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

def models():
    shown = MigrationExecutor(connection)
    return shown.loader.project_state(list(shown.loader.applied_migrations)).apps.get_model

def told(*names):
    return list(map(list, models()("metrics", "Release").objects.order_by("pk").values_list(*names)))

call_command("migrate", "auth", verbosity=0)
call_command("migrate", "metrics", "0003", verbosity=0)
get, when = models(), datetime(2026, 11, 27, 12, tzinfo=timezone.utc)
one = get("auth", "User").objects.create(username="one")
two = get("auth", "User").objects.create(username="two")
body = get("metrics", "DefinitionSet").objects.create(sha256="0" * 64, body="[]")
public = dict(state="published", published_at=when, definitions=body, prepared_at=when)
Release = get("metrics", "Release")
Release.objects.create(number=1, summary="First.", prepared_by=one, published_by=one, **public)
Release.objects.create(number=2, summary="Second.", prepared_by=one, published_by=two, **public)
Release.objects.create(number=3, summary="A draft.", prepared_by=one, prepared_at=when, state="draft")
old = ("number", "state", "summary", "published_by__username")
before = told(*old)
call_command("migrate", "metrics", "0004", verbosity=0)
new = told(
    "number", "state", "submitted_by__username", "approved_by__username", "approved_alone", "published_by__username"
)
call_command("migrate", "metrics", "0003", verbosity=0)
back = told(*old)
call_command("migrate", verbosity=0)
json.dump({"before": before, "new": new, "back": back, "again": told(*old)}, sys.stdout)
"""


@pytest.fixture(scope="module")
def story(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    with own_database(tmp_path_factory.mktemp("old"), "old_releases") as url:
        done = subprocess.run(
            [sys.executable, "-c", STORY],
            cwd=HOUSE,
            env=environment(url, DJANGO_SETTINGS_MODULE="allin.settings"),
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_whoever_published_a_release_is_said_to_have_approved_it(story):
    assert story["new"][:2] == [
        [1, "published", "one", "one", True, "one"],
        [2, "published", "one", "two", False, "two"],
    ]


def test_a_draft_has_no_number_any_more(story):
    assert story["new"][2] == [None, "draft", None, None, False, None]


def test_going_back_and_forward_again_keeps_every_public_release(story):
    assert story["before"][:2] == story["back"] == story["again"]
