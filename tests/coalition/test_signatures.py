"""Signing and withdrawing: events in a chain, never deleted; and the one version that is current."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from coalition.actions.organizations import merge
from coalition.actions.signatures import make_current, sign, withdraw
from coalition.models import Commitment, CompactVersion, Document, Organization, Signature
from tests.coalition.records import clerk, compact, organization, refused

pytestmark = pytest.mark.django_db

DAY = date(2020, 5, 1)


@pytest.fixture
def one() -> Organization:
    return organization("Example Street Association", exists_since=date(2010, 1, 1))


@pytest.fixture
def draft() -> CompactVersion:
    version: CompactVersion = CompactVersion.objects.create(
        number=2, document=Document.objects.get(slug="compact"), since=date(2024, 1, 1)
    )
    Commitment.objects.create(
        version=version, number="1", position=1, short="Purpose", text="x", done="x", binds="everyone"
    )
    return version


@pytest.fixture
def second(draft: CompactVersion) -> CompactVersion:
    make_current(version=draft, by=clerk())
    return draft


def stands(one: Organization) -> list[int]:
    return list(Signature.objects.standing().filter(organization=one).values_list("version__number", flat=True))


class TestSigning:
    def test_a_signature_stands_until_it_is_withdrawn_and_both_stay_on_record(self, one):
        first = sign(organization=one, version=compact(), on=DAY, office=" President ", by=clerk())
        assert (first.office, first.recorded_by, first.follows) == ("President", clerk(), None)
        assert stands(one) == [1]
        gone = withdraw(organization=one, version=compact(), on=DAY, reason="Closed.", by=clerk())
        assert gone.follows == first
        assert stands(one) == []
        again = sign(organization=one, version=compact(), text="spring 2026", by=clerk())
        assert again.follows == gone
        assert stands(one) == [1]
        assert [event.kind for event in one.signatures.order_by("pk")] == ["signed", "withdrawn", "signed"]

    def test_two_versions_are_signed_apart(self, one, second):
        sign(organization=one, version=compact(), on=DAY, by=clerk())
        sign(organization=one, version=second, on=date(2024, 1, 1), by=clerk())
        withdraw(organization=one, version=compact(), on=date(2024, 1, 2), by=clerk())
        assert stands(one) == [2]

    def test_a_version_that_is_still_being_written_is_signed_by_nobody(self, one, draft):
        said = refused(sign, "version", organization=one, version=draft, on=date(2024, 1, 1), by=clerk())
        assert said == "Version 2 is still being written; it can be signed once it is the current one."
        make_current(version=draft, by=clerk())
        sign(organization=one, version=draft, on=date(2024, 1, 1), by=clerk())
        sign(organization=one, version=compact(), on=DAY, by=clerk())
        assert sorted(stands(one)) == [1, 2], "a signature under the version before is recorded late"

    def test_on_the_day_it_was_founded_and_today_are_days_to_sign(self):
        young = organization("Young Example", exists_since=date(2018, 1, 1))
        sign(organization=young, version=compact(), on=date(2018, 1, 1), by=clerk())
        sign(organization=organization(), version=compact(), on=timezone.localdate(), by=clerk())

    def test_before_the_organization_existed_is_refused(self, one):
        said = refused(sign, "on", organization=one, version=compact(), on=date(2009, 12, 31), by=clerk())
        assert said == "Example Street Association exists since Jan. 1, 2010; nothing it did can lie before that."
        assert stands(one) == []

    def test_dated_ahead_is_refused(self, one):
        tomorrow = timezone.localdate() + timedelta(days=1)
        assert refused(sign, "on", organization=one, version=compact(), on=tomorrow, by=clerk()).endswith(
            "has not come yet."
        )

    def test_before_the_version_was_open_is_refused(self, one, second):
        said = refused(sign, "on", organization=one, version=second, on=date(2023, 12, 31), by=clerk())
        assert said == "Version 2 could not be signed before Jan. 1, 2024."

    def test_words_for_the_day_are_held_to_the_year_they_name(self, one, second):
        ahead = timezone.localdate().year + 1
        sentences = [
            refused(sign, "on", organization=one, version=version, text=text, by=clerk())
            for version, text in ((compact(), "fall 2009"), (second, "in 2023"), (compact(), f"spring {ahead}"))
        ]
        assert sentences == [
            "Example Street Association exists since Jan. 1, 2010; nothing it did can lie before that.",
            "Version 2 could not be signed before Jan. 1, 2024.",
            f"spring {ahead} has not come yet.",
        ]
        sign(organization=one, version=compact(), text="fall 2020", by=clerk())
        said = refused(withdraw, "on", organization=one, version=compact(), text="2019", by=clerk())
        assert said == "It signed: fall 2020. What comes after cannot lie before that."
        assert stands(one) == [1]

    def test_without_a_day_or_words_for_it_is_refused(self, one):
        said = refused(sign, "on", organization=one, version=compact(), text=" ", by=clerk())
        assert said == "Give the day, or say in words when that was."

    def test_twice_is_refused(self, one):
        sign(organization=one, version=compact(), on=DAY, by=clerk())
        said = refused(sign, "organization", organization=one, version=compact(), text="again", by=clerk())
        assert said == "Example Street Association has signed version 1 already."
        assert one.signatures.count() == 1

    def test_an_old_address_signs_nothing(self, one):
        old = organization("Example St. Assoc.")
        merge(duplicate=old, into=one, by=clerk())
        said = refused(sign, "organization", organization=old, version=compact(), on=DAY, by=clerk())
        assert said == "Example St. Assoc. is an old address of Example Street Association; record it there."

    def test_what_is_too_long_is_said_with_the_name_of_the_field(self, one):
        said = refused(sign, "office", organization=one, version=compact(), on=DAY, office="x" * 121, by=clerk())
        assert said.startswith("Signer's office: ")


class TestWithdrawing:
    def test_who_did_not_sign_has_nothing_to_withdraw(self, one):
        said = refused(withdraw, "organization", organization=one, version=compact(), on=DAY, by=clerk())
        assert said == "Example Street Association has no signature under version 1 that it could withdraw."

    def test_nothing_is_withdrawn_twice(self, one):
        sign(organization=one, version=compact(), on=DAY, by=clerk())
        withdraw(organization=one, version=compact(), on=DAY, by=clerk())
        refused(withdraw, "organization", organization=one, version=compact(), on=DAY, by=clerk())
        assert one.signatures.count() == 2

    def test_not_before_it_was_signed_and_not_signed_again_before_it_was_withdrawn(self, one):
        sign(organization=one, version=compact(), on=DAY, by=clerk())
        said = refused(withdraw, "on", organization=one, version=compact(), on=date(2020, 4, 30), by=clerk())
        assert said == "It signed: May 1, 2020. What comes after cannot lie before that."
        withdraw(organization=one, version=compact(), on=date(2021, 5, 1), by=clerk())
        said = refused(sign, "on", organization=one, version=compact(), on=DAY, by=clerk())
        assert said == "It withdrew: May 1, 2021. What comes after cannot lie before that."


class TestTheCurrentVersion:
    def test_the_other_one_steps_back_in_the_same_act(self, draft):
        make_current(version=draft, by=clerk())
        assert list(CompactVersion.objects.filter(is_current=True)) == [draft]
        make_current(version=compact(), by=clerk())
        assert list(CompactVersion.objects.filter(is_current=True)) == [compact()]

    def test_the_current_one_is_not_made_current_again(self):
        assert refused(make_current, version=compact(), by=clerk()) == "Version 1 is the current one already."

    def test_a_version_that_promises_nothing_does_not_become_current(self, draft):
        draft.commitments.all().delete()
        refused(make_current, version=draft, by=clerk())
        assert compact().is_current

    def test_a_form_that_would_make_a_second_one_says_so(self, draft):
        draft.is_current = True
        with pytest.raises(Exception, match="There is a current version already; only one can be"):
            draft.full_clean()
