"""Roles, contacts, their accounts, logos: what is recorded of an organization, and what is refused in one sentence."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from coalition.actions.organizations import (
    end_contact,
    end_role,
    give_role,
    invite,
    merge,
    name_contact,
    remove_logo,
    set_logo,
    switch_off_ended,
)
from coalition.models import Contact, Organization, RolePeriod, StoredFile
from tests.coalition.records import clerk, contact, organization, picture, refused

pytestmark = pytest.mark.django_db

DAY = date(2020, 5, 1)


@pytest.fixture
def one() -> Organization:
    return organization("Example Street Association", exists_since=date(2010, 1, 1))


def today(days: int = 0) -> date:
    return timezone.localdate() + timedelta(days=days)


class TestRoles:
    def test_a_role_begins_and_ends(self, one):
        period = give_role(organization=one, role="member", since=DAY, by=clerk())
        assert period.stands
        assert (period.recorded_by, period.recorded_at is not None) == (clerk(), True)
        ended = end_role(period=period, until=date(2021, 5, 1), by=clerk())
        assert not ended.stands
        assert RolePeriod.objects.get(organization=one).until == date(2021, 5, 1)

    def test_it_may_be_held_again_after_it_ended(self, one):
        end_role(period=give_role(organization=one, role="member", since=DAY, by=clerk()), until=DAY, by=clerk())
        give_role(organization=one, role="member", since_text="2022", by=clerk())
        assert one.role_periods.count() == 2

    def test_the_end_does_not_lie_before_the_start(self, one):
        period = give_role(organization=one, role="member", since=DAY, by=clerk())
        said = refused(end_role, "until", period=period, until=date(2020, 4, 30), by=clerk())
        assert said == "A role cannot end before it began: May 1, 2020."
        assert RolePeriod.objects.get(pk=period.pk).until is None

    def test_a_role_known_in_words_may_end_on_any_day(self, one):
        period = give_role(organization=one, role="member", since_text="fall 2016", by=clerk())
        assert end_role(period=period, until=date(2017, 1, 1), by=clerk()).until == date(2017, 1, 1)

    @pytest.mark.parametrize(
        ("given", "field", "sentence"),
        [
            ({"role": "signatory"}, "role", "Nobody is made a signatory; record the signature instead."),
            ({"role": "chair"}, "role", "“chair” is not a role."),
            ({"since": None}, "since", "Give the day the role began, or say in words when that was."),
            (
                {"since": None, "since_text": "  "},
                "since",
                "Give the day the role began, or say in words when that was.",
            ),
            (
                {"since": date(2009, 12, 31)},
                "since",
                "Example Street Association exists since Jan. 1, 2010; nothing it did can lie before that.",
            ),
        ],
    )
    def test_what_cannot_be_is_refused(self, one, given, field, sentence):
        given = {"role": "member", "since": DAY} | given
        assert refused(give_role, field, organization=one, by=clerk(), **given) == sentence
        assert not one.role_periods.exists()

    def test_a_role_that_is_held_is_not_given_twice(self, one):
        give_role(organization=one, role="member", since=DAY, by=clerk())
        said = refused(give_role, organization=one, role="member", since=today(), by=clerk())
        assert said == "It holds this role already; end that period first."

    def test_an_old_address_gets_no_role(self, one):
        old = organization("Example St. Assoc.")
        merge(duplicate=old, into=one, by=clerk())
        said = refused(give_role, "organization", organization=old, role="member", since=DAY, by=clerk())
        assert said == "Example St. Assoc. is an old address of Example Street Association; record it there."


class TestContacts:
    def test_a_contact_is_named_and_leaves(self, one):
        named = contact(one, since=today(-10))
        assert list(Contact.objects.current().filter(organization=one)) == [named]
        end_contact(contact=named, until=today(-1), by=clerk())
        assert not Contact.objects.current().filter(organization=one).exists()

    def test_the_last_day_still_counts(self, one):
        named = contact(one, since=today(-10))
        end_contact(contact=named, until=today(), by=clerk())
        assert Contact.objects.current().filter(organization=one).exists()

    def test_the_last_day_does_not_lie_before_the_first(self, one):
        said = refused(end_contact, "until", contact=contact(one, since=DAY), until=date(2020, 4, 30), by=clerk())
        assert said == "The contact was named on May 1, 2020; the last day cannot lie before."

    @pytest.mark.parametrize("email", ["", "liaison", "liaison@", "a b@example.org"])
    def test_an_address_that_is_none_is_refused(self, one, email):
        refused(name_contact, "email", organization=one, name="The liaison", email=email, by=clerk())

    def test_a_contact_has_a_name(self, one):
        refused(name_contact, "name", organization=one, name=" ", email="liaison@example.org", by=clerk())

    def test_the_same_address_is_not_named_twice(self, one):
        contact(one, "liaison@example.org")
        said = refused(name_contact, "email", organization=one, name="x", email="LIAISON@example.org", by=clerk())
        assert said == "This address is that of a contact of Example Street Association already."

    def test_two_contacts_of_two_addresses_are_two(self, one):
        contact(one, "one@example.org")
        contact(one, "two@example.org")
        assert Contact.objects.current().filter(organization=one).count() == 2


class TestAccounts:
    def test_an_invitation_makes_an_account_that_opens_nothing_yet(self, one):
        named = contact(one, "Liaison@Example.org")
        user = invite(contact=named, by=clerk())
        assert (user.username, user.email) == ("liaison@example.org", "liaison@example.org")
        assert (user.is_active, user.is_staff, user.is_superuser) == (True, False, False)
        assert not user.has_usable_password()
        assert not user.groups.exists()
        assert Contact.objects.get(pk=named.pk).user == user

    def test_inviting_again_is_the_same_account(self, one):
        named = contact(one)
        assert invite(contact=named, by=clerk()) == invite(contact=named, by=clerk())
        assert User.objects.filter(email="liaison@example.org").count() == 1

    @pytest.mark.parametrize("other", [{"username": "liaison@example.org"}, {"email": "Liaison@example.org"}])
    def test_an_address_of_another_account_is_refused(self, one, other):
        User.objects.create_user(**({"username": "somebody"} | other))
        said = refused(invite, "email", contact=contact(one), by=clerk())
        assert said == "This address belongs to another account already."

    def test_the_account_is_switched_off_once_the_last_day_is_over(self, one):
        named = contact(one, since=DAY)
        user = invite(contact=named, by=clerk())
        end_contact(contact=named, until=today(), by=clerk())
        assert User.objects.get(pk=user.pk).is_active
        end_contact(contact=named, until=today(-1), by=clerk())
        assert not User.objects.get(pk=user.pk).is_active

    def test_days_that_end_by_themselves_switch_off_as_well_and_the_staff_stay_on(self, one):
        named, staff = contact(one, since=DAY), contact(one, "staff@example.org", since=DAY)
        user, colleague = invite(contact=named, by=clerk()), invite(contact=staff, by=clerk())
        User.objects.filter(pk=colleague.pk).update(is_staff=True)
        Contact.objects.update(until=today(-1))
        assert switch_off_ended() == 1
        assert switch_off_ended() == 0
        assert not User.objects.get(pk=user.pk).is_active
        assert User.objects.get(pk=colleague.pk).is_active

    def test_a_contact_of_the_past_is_not_invited(self, one):
        named = end_contact(contact=contact(one, since=DAY), until=DAY, by=clerk())
        said = refused(invite, "contact", contact=named, by=clerk())
        assert said == "The liaison is no contact today; change the first or last day first."

    def test_who_comes_back_wakes_the_old_account_and_who_moves_on_takes_it_along(self, one):
        other = organization("Another Example")
        first = contact(one, since=DAY)
        user = invite(contact=first, by=clerk())
        user.set_password("the one before: 15 letters")
        user.save()
        end_contact(contact=first, until=today(-1), by=clerk())
        second = contact(other)
        assert invite(contact=second, by=clerk()) == user
        user.refresh_from_db()
        assert not user.has_usable_password(), "the password of whoever used the address before opens nothing"
        assert User.objects.get(pk=user.pk).is_active
        assert Contact.objects.get(pk=first.pk).user is None
        assert Contact.objects.get(user=user).organization == other

    def test_nobody_is_the_contact_of_two_members_with_one_account(self, one):
        invite(contact=contact(one), by=clerk())
        said = refused(invite, "email", contact=contact(organization()), by=clerk())
        assert said == "This address belongs to another account already."

    def test_a_new_address_renames_the_account(self, one):
        named = contact(one)
        user = invite(contact=named, by=clerk())
        Contact.objects.filter(pk=named.pk).update(email="new@example.org")
        assert invite(contact=named, by=clerk()) == user
        assert User.objects.get(pk=user.pk).username == "new@example.org"

    def test_an_account_of_the_staff_is_never_taken_over(self, one):
        first = contact(one, since=DAY)
        user = invite(contact=first, by=clerk())
        User.objects.filter(pk=user.pk).update(is_staff=True)
        end_contact(contact=first, until=today(-1), by=clerk())
        refused(invite, "email", contact=contact(organization()), by=clerk())


class TestLogo:
    def test_a_logo_is_set_and_removed_and_the_picture_stays_for_the_editions_that_showed_it(self, one):
        set_logo(organization=one, name="logo.png", data=picture(), by=clerk())
        assert Organization.objects.get(pk=one.pk).logo == one.logo == StoredFile.objects.get()
        remove_logo(organization=one, by=clerk())
        assert Organization.objects.get(pk=one.pk).logo is None
        assert StoredFile.objects.count() == 1

    def test_what_is_no_picture_changes_nothing(self, one):
        set_logo(organization=one, name="logo.png", data=picture(), by=clerk())
        refused(set_logo, "file", organization=one, name="logo.svg", data=b"<svg/>", by=clerk())
        assert Organization.objects.get(pk=one.pk).logo is not None

    def test_no_logo_cannot_be_removed(self, one):
        assert refused(remove_logo, organization=one, by=clerk()) == "Example Street Association has no logo."
