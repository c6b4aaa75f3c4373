"""Rows and files that the tests of this room start from. Organizations and people are invented, and sound like it."""

import io
from datetime import date
from itertools import count
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.utils import timezone
from PIL import Image

from coalition import files, models
from coalition.actions import organizations, signatures
from coalition.actions.errors import CoalitionError
from coalition.models import CompactVersion, Contact, Document, Organization

_numbers = count(1)


def organization(name: str = "", **more: Any) -> Organization:
    number = next(_numbers)
    made: Organization = Organization.objects.create(
        slug=more.pop("slug", f"invented-{number}"), name=name or f"Invented Organization {number}", **more
    )
    return made


def compact() -> CompactVersion:
    made: CompactVersion = CompactVersion.objects.get(number=1)
    return made


def report() -> Document:
    """A document that names teams as at work."""
    made: Document = Document.objects.get(slug="caucus-report")
    return made


def clerk() -> User:
    return User.objects.get_or_create(username="clerk")[0]


def signed(one: Organization, on: date | None = None, text: str = "") -> Any:
    return signatures.sign(organization=one, version=compact(), on=on, text=text, by=clerk())


def contact(one: Organization, email: str = "liaison@example.org", **more: Any) -> Contact:
    return organizations.name_contact(organization=one, name="The liaison", email=email, by=clerk(), **more)


def reachable(one: Organization) -> Contact:
    """A contact who can sign in and so reply."""
    named = contact(one)
    organizations.invite(contact=named, by=clerk())
    return named


def refused(act: Any, field: str | None = None, **given: Any) -> str:
    """The sentence that `act` refuses with: exactly one."""
    with pytest.raises(CoalitionError) as caught:
        act(**given)
    sentence = str(caught.value)
    if field is not None:
        assert caught.value.field == field, (caught.value.field, sentence)
    assert sentence.endswith((".", "?")), sentence
    assert "{" not in sentence, sentence
    return sentence


def picture(kind: str = "PNG", size: tuple[int, int] = (8, 4), mode: str = "RGB", **more: Any) -> bytes:
    """The bytes of a plain green picture."""
    drawn = io.BytesIO()
    Image.new(mode, size, "green" if mode in ("RGB", "RGBA") else 1).save(drawn, kind, **more)
    return drawn.getvalue()


def everything() -> Organization:
    """One row of every model of this app, as public as it can be, around one organization."""
    by, at, day = clerk(), timezone.now(), date(2026, 5, 1)
    metric = {name: apps.get_model("metrics", name).objects.all()[0] for name in ("Indicator", "Place", "Group")}
    goal = apps.get_model("metrics", "Goal").objects.all()[0]
    document = models.Document.objects.create(slug="ninth", title="x", url="https://example.org", stated="x")
    one = organization(what_it_does="x", sector="civic")
    organizations.give_role(organization=one, role="member", since=day, source=document, by=by)
    organizations.invite(contact=contact(one, position="x", phone="x", note="x", since=day), by=by)
    signatures.sign(organization=one, version=compact(), on=day, office="x", source=document, by=by)
    same = {"organization": one, "commitment": models.Commitment.objects.all()[0], "year": 2026, "assessed_by": by}
    same |= {"assessed_at": at, "sent_by": by, "sent_at": at, "reply_until": day, "released_by": by, "released_at": at}
    first = models.Assessment.objects.create(state="limited", evidence="Two plans.", **same)
    evidence = files.store_evidence(name="x.pdf", data=b"%PDF-1.7 evidence", by=by)
    word = models.Assessment.objects.create(
        state="complete", evidence_file=evidence, supersedes=first, reason="x", **same
    )
    organizations.set_logo(organization=one, name="logo.png", data=picture(), by=by)
    for said in (first, word):
        models.Reply.objects.create(assessment=said, text="x", written_by=by, written_at=at)
    models.Notice.objects.create(assessment=word, kind="sent", to="liaison@example.org", sent_at=at)
    asked = models.Meeting.objects.create(held_on=day, title="x")
    models.Attendance.objects.create(meeting=asked, organization=one)
    team = models.ActionTeam.objects.create(
        number=9,
        slug="ninth",
        name="x",
        summary="x",
        goal=goal,
        indicator=metric["Indicator"],
        place=metric["Place"],
        group=metric["Group"],
        baseline_value=1,
        baseline_year=2020,
        target_value=2,
        target_year=2030,
        target_source=document,
    )
    team.sources.add(document)
    models.TeamEvent.objects.create(team=team, step="active", happened_on=day, source=document)
    models.TeamMembership.objects.create(team=team, organization=one, since=day)
    strategy = models.Strategy.objects.create(team=team, title="x")
    models.StrategyEvent.objects.create(strategy=strategy, progress="running", happened_on=day)
    models.Milestone.objects.create(strategy=strategy, text="x", due_on=day)
    models.Resource.objects.create(team=team, title="x", url="https://example.org")
    models.Plan.objects.create(year=2026, title="x", adopted_on=day).strategies.add(strategy)
    models.Contribution.objects.create(organization=one, year=2026, kind="fiscal", what="x", team=team, goal=goal)
    models.Grant.objects.create(organization=one, recipient="x", year=2026, purpose="x", goal=goal)
    program = models.Program.objects.create(organization=one, slug="ninth", name="x", place=metric["Place"])
    models.ProgramStep.objects.create(program=program, step="summer")
    models.Upload.objects.create(
        program=program,
        year=2026,
        number=1,
        state="accepted",
        batch=apps.get_model("metrics", "Batch").objects.all()[0],
        file_name="x.csv",
        rows=1,
        sent_by=by,
        sent_at=at,
        decided_by=by,
        decided_at=at,
        comment="x",
    )
    models.Interest.objects.create(
        kind="member", organization="x", name="x", email="x@example.org", language="en", consent="x", sent_at=at
    )
    return one
