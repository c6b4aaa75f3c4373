"""The coalition's door out: what it tells, in which order, and at what price."""

import dataclasses
import typing
from datetime import date
from enum import Enum
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from coalition import roster
from coalition.actions import organizations
from coalition.compiling import coalition
from coalition.editions import publish
from coalition.files import store_evidence
from coalition.models import (
    ActionTeam,
    Commitment,
    CompactVersion,
    Document,
    Edition,
    Organization,
    Sector,
    Signature,
    StoredFile,
)
from coalition.roster import shapes
from coalition.rules.roles import Role, binding
from tests.coalition.records import clerk, compact, everything, organization, picture, signed

pytestmark = pytest.mark.django_db

LAUNCH = [
    "office-of-the-mayor",
    "hartford-public-schools",
    "hartford-consortium-for-higher-education",
    "hartford-promise",
    "connecticut-business-industry-association",
    "lincoln-financial-foundation",
    "achieve-hartford",
]


def in_the_order_of_the_source(found: shapes.Coalition) -> list[str]:
    lines = [(line.position, one.slug) for one in found.organizations for line in one.signatures]
    return [slug for _position, slug in sorted(lines)]


def test_before_anything_is_published_the_door_is_open_and_the_rooms_are_empty() -> None:
    Edition.objects.all().delete()
    nothing = roster.edition()
    assert (nothing.number, nothing.published_at, nothing.coalition) == (0, None, shapes.Coalition())


def test_the_first_edition_holds_the_launch_signers_in_the_order_of_the_report() -> None:
    latest = roster.edition()
    assert latest.number == 1
    assert in_the_order_of_the_source(latest.coalition) == LAUNCH


def test_a_signature_says_when_as_exactly_as_is_known_and_from_where() -> None:
    (line,) = next(one for one in roster.edition().coalition.organizations if one.slug == "hartford-promise").signatures
    assert (line.when.day, line.when.text, line.withdrew, line.version) == (None, "October 2016", False, 1)
    assert line.source is not None
    assert line.source.title == "Achieve Hartford! on the launch of the coalition"


def test_commitments_come_in_the_order_of_the_compact_with_whom_they_bind() -> None:
    (first,) = roster.edition().coalition.compacts
    assert "".join(one.number for one in first.commitments) == "1234567PF"
    bound = binding(first.commitments, {Role.SIGNATORY, Role.PHILANTHROPIC})
    assert "".join(one.number for one in bound) == "1234567F"


def test_teams_come_by_number_with_the_document_that_names_them() -> None:
    teams = roster.edition().coalition.teams
    assert [(team.number, team.name) for team in teams] == [
        (1, "Reduce Summer Melt"),
        (2, "Longitudinal Data Analysis Project"),
    ]
    assert {team.sources[0].title for team in teams} == {"Achieve Hartford! on the first Stakeholder Caucus"}
    assert [[one.title for one in team.sources[1:]] for team in teams] == [
        [
            "Achieve Hartford!: Education Matters, page 4",
            "The coalition on college enrollment, summer melt and the Summer Transition team",
        ],
        ["Achieve Hartford!: ALL IN, transforming Hartford into a talent hub"],
    ], "a document for each thing that is said of them"


def test_what_staff_write_down_is_not_public_before_somebody_publishes_it() -> None:
    signed(organization("Asylum Avenue Example", slug="asylum-avenue"), text="early in 2026")
    assert "asylum-avenue" not in {one.slug for one in roster.edition().coalition.organizations}
    publish(by=clerk(), summary="One more signer.")
    assert "asylum-avenue" in {one.slug for one in roster.edition().coalition.organizations}


def test_a_version_that_is_still_being_written_is_in_the_drawer_until_it_is_signed_or_current() -> None:
    def shown() -> list[int]:
        return [one.number for one in coalition().compacts]

    first = CompactVersion.objects.get(number=1)
    second = CompactVersion.objects.create(number=2, document=first.document, since=date(2026, 1, 1))
    assert shown() == [1]
    one = Organization.objects.get(slug="hartford-promise")
    event = Signature.objects.create(organization=one, version=second, happened_on=date(2026, 2, 1))
    assert shown() == [2, 1]
    event.delete()
    CompactVersion.objects.filter(number=1).update(is_current=False)
    CompactVersion.objects.filter(number=2).update(is_current=True)
    assert shown() == [2, 1]
    Signature.objects.all().delete()
    assert shown() == [2, 1], "a version that was in force stays on record"


def test_an_earlier_word_comes_with_what_it_rested_on_and_the_reply_that_stood_beside_it() -> None:
    everything()
    (word,) = coalition().assessments
    (before,) = word.history
    assert (before.evidence, before.reply, before.replied_on) == ("Two plans.", "x", timezone.localdate())


def test_an_organization_without_a_part_stays_out() -> None:
    organization(slug="kept-for-later")
    assert "kept-for-later" not in {one.slug for one in coalition().organizations}


def test_every_sector_of_the_tables_is_one_of_the_doors_and_the_other_way_round() -> None:
    assert {one.value for one in roster.Sector} == {*Sector.values, ""}


def test_the_door_is_two_queries_and_one_once_it_was_opened(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    roster._content.cache_clear()
    with django_assert_num_queries(2):
        roster.edition()
    with django_assert_num_queries(1):
        roster.edition()


def shapes_within(kind: Any) -> set[type]:
    """Every dataclass that a shape is made of, and the kinds of its plain values."""
    found: set[type] = set()
    for hint in typing.get_type_hints(kind).values():
        for part in typing.get_args(hint) or (hint,):
            for one in typing.get_args(part) or (part,):
                if dataclasses.is_dataclass(one):
                    found |= {one, *shapes_within(one)}
                elif one is not Ellipsis:
                    found.add(one)
    return found


def test_nothing_that_comes_out_can_be_saved_or_changed() -> None:
    kinds = {shapes.Coalition, *shapes_within(shapes.Coalition)}
    for kind in kinds:
        assert not issubclass(kind, models.Model)
        assert not dataclasses.is_dataclass(kind) or getattr(kind, "__dataclass_params__").frozen, kind  # noqa: B009
    plain = {kind.__name__ for kind in kinds if not dataclasses.is_dataclass(kind) and not issubclass(kind, Enum)}
    assert plain <= {"str", "int", "bool", "date", "datetime", "Decimal", "NoneType"}


class TestLogo:
    def test_a_picture_is_shown_when_the_latest_edition_shows_it(self) -> None:
        one = Organization.objects.get(slug="hartford-promise")
        organizations.set_logo(organization=one, name="logo.png", data=picture(), by=clerk())
        stored = StoredFile.objects.get()
        assert roster.logo(stored.sha256) is None
        publish(by=clerk(), summary="A logo.")
        assert roster.logo(stored.sha256) == bytes(stored.data)

    def test_a_file_that_is_no_logo_is_never_shown(self) -> None:
        stored = store_evidence(name="evidence.png", data=picture(), by=clerk())
        signed(organization(), text="early in 2026")
        publish(by=clerk(), summary="One more signer.")
        assert roster.logo(stored.sha256) is None


class TestTheTables:
    def test_nobody_signs_first_twice(self) -> None:
        one = Organization.objects.get(slug="hartford-promise")
        with pytest.raises(IntegrityError), transaction.atomic():
            Signature.objects.create(organization=one, version=compact(), happened_text="again")

    def test_a_signature_says_when(self) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Signature.objects.create(organization=organization(), version=compact())

    def test_nothing_is_withdrawn_that_was_not_signed(self) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Signature.objects.create(
                organization=organization(), version=compact(), kind="withdrawn", happened_text="2026"
            )

    def test_a_version_does_not_use_a_number_twice(self) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Commitment.objects.create(
                version=compact(), number="7", position=10, short="x", text="x", done="x", binds="everyone"
            )

    def test_two_versions_are_never_current_at_once(self) -> None:
        document = Document.objects.get(slug="compact")
        with pytest.raises(IntegrityError), transaction.atomic():
            CompactVersion.objects.create(number=2, document=document, since_text="2026", is_current=True)

    def test_who_signed_cannot_be_deleted_and_neither_can_what_was_signed(self) -> None:
        rows = (Organization.objects.get(slug="hartford-promise"), Document.objects.get(slug="compact"), compact())
        for row in rows:
            with pytest.raises(ProtectedError):
                row.delete()

    def test_two_teams_never_have_one_number_and_proposals_have_none(self) -> None:
        ActionTeam.objects.create(slug="first-proposal", name="First proposal", summary="x")
        ActionTeam.objects.create(slug="second-proposal", name="Second proposal", summary="x")
        with pytest.raises(IntegrityError), transaction.atomic():
            ActionTeam.objects.create(slug="third", name="Third", summary="x", number=1)
