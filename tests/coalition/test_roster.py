"""The coalition's door out: what it tells, in which order, and at what price."""

import dataclasses
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from pytest_django import DjangoAssertNumQueries

from coalition import roster
from coalition.models import ActionTeam, Commitment, Document, Organization, Sector, Signature
from coalition.rules.binding import Role

FIXTURES = sorted((Path(__file__).resolve().parents[2] / "fixtures" / "coalition").glob("*.json"))

pytestmark = pytest.mark.django_db


def sign(name: str, *, slug: str, on: date | None = None, text: str = "", document: str = "compact") -> Signature:
    organization, _ = Organization.objects.get_or_create(
        slug=slug, defaults={"name": name, "sector": Sector.COMMUNITY_BASED}
    )
    signed = Document.objects.get(slug=document)
    made: Signature = Signature.objects.create(
        organization=organization, document=signed, signed_on=on, signed_on_text=text
    )
    return made


def test_before_anything_is_loaded_the_door_is_open_and_the_rooms_are_empty() -> None:
    for model in (Signature, ActionTeam, Commitment, Document, Organization):
        model.objects.all().delete()
    assert (roster.signers(), roster.commitments(), roster.teams()) == ((), (), ())


def test_signers_come_in_the_order_of_the_launch_report() -> None:
    assert [signer.slug for signer in roster.signers()] == [
        "office-of-the-mayor",
        "hartford-public-schools",
        "hartford-consortium-for-higher-education",
        "hartford-promise",
        "connecticut-business-industry-association",
        "lincoln-financial-foundation",
        "achieve-hartford",
    ]


def test_a_signer_says_when_it_signed_as_exactly_as_is_known() -> None:
    sign("Zion Street Association", slug="zion", on=date(2027, 1, 15))
    sign("Asylum Hill Association", slug="asylum", text="early in 2027")
    signed = {signer.slug: signer.signed for signer in roster.signers()}
    assert signed["hartford-promise"] == "October 2016"
    assert signed["zion"] == date(2027, 1, 15)
    assert signed["asylum"] == "early in 2027"


def test_later_signers_come_after_the_first_ones_by_name() -> None:
    sign("Zion Street Association", slug="zion", on=date(2027, 1, 15))
    sign("Asylum Hill Association", slug="asylum", on=date(2027, 3, 1))
    assert [signer.slug for signer in roster.signers()][6:] == ["achieve-hartford", "asylum", "zion"]


def test_signing_another_document_adds_nobody_to_the_compact() -> None:
    Document.objects.create(slug="data-agreement", title="Data agreement", stated="2027")
    sign("Hartford Promise", slug="hartford-promise", text="2027", document="data-agreement")
    assert len(roster.signers()) == 7
    assert [signer.slug for signer in roster.signers("data-agreement")] == ["hartford-promise"]


def test_commitments_come_in_the_order_of_the_compact_with_whom_they_bind() -> None:
    commitments = roster.commitments()
    assert "".join(commitment.number for commitment in commitments) == "1234567PF"
    assert "".join(found.number for found in roster.binding(commitments, {Role.PHILANTHROPIC})) == "1234567F"


def test_teams_come_by_number_with_the_document_that_names_them() -> None:
    assert [(team.number, team.name) for team in roster.teams()] == [
        (1, "Reduce Summer Melt"),
        (2, "Longitudinal Data Analysis Project"),
    ]
    assert {team.source.title for team in roster.teams()} == {"Achieve Hartford! on the first Stakeholder Caucus"}


def test_each_list_is_one_query_however_long_it_is(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    # The home page shows all three and has twelve queries for everything; one per row would grow with the coalition.
    for number in range(30):
        sign(f"Organization {number}", slug=f"organization-{number}", text="2027")
    for read, length in ((roster.signers, 37), (roster.commitments, 9), (roster.teams, 2)):
        with django_assert_num_queries(1):
            assert len(read()) == length


def test_nothing_that_comes_out_can_be_saved_or_changed() -> None:
    rows: list[Any] = [*roster.signers(), *roster.commitments(), *roster.teams()]
    for row in rows:
        values = [getattr(row, field.name) for field in dataclasses.fields(row)]
        assert not any(isinstance(value, models.Model) for value in (row, *values))
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(row, dataclasses.fields(row)[0].name, "something else")


def test_nobody_signs_the_same_document_twice() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        sign("Hartford Promise", slug="hartford-promise", text="again")


def test_a_signature_says_when() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        sign("Asylum Hill Association", slug="asylum")


def test_a_document_does_not_use_a_number_twice() -> None:
    compact = Document.objects.get(slug="compact")
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.create(document=compact, number="7", position=10, text="Another one.", binds=Role.EVERYONE)


def test_who_signed_cannot_be_deleted_and_neither_can_what_was_signed() -> None:
    for row in (Organization.objects.get(slug="hartford-promise"), Document.objects.get(slug="compact")):
        with pytest.raises(ProtectedError):
            row.delete()
