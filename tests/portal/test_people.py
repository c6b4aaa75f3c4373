"""The contacts an organization names for itself."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from coalition.actions.organizations import invite
from coalition.models import Contact, Organization
from coalition.portal import people
from tests.at_once import at_once
from tests.coalition.records import clerk, contact, organization
from tests.portal.members import end

pytestmark = pytest.mark.django_db

NEW = {"name": "Another liaison", "position": "Office", "email": "another@example.org", "phone": "555 0101"}


def until(contact: Contact) -> object:
    return Contact.objects.get(pk=contact.pk).until


def test_a_contact_names_another_one_who_gets_no_account_by_it(a, member):
    page = member.post("/members/contacts/", NEW, follow=True).content.decode()
    made = Contact.objects.get(email="another@example.org")
    assert (made.organization, made.recorded_by, made.user, made.note) == (a.organization, a.user, None, "")
    assert "The contact is named." in page
    assert "has no account yet" in page
    assert not User.objects.filter(username="another@example.org").exists()


def test_that_an_address_belongs_to_somebody_elsewhere_is_told_to_nobody(a, b, member):
    page = member.post("/members/contacts/", {**NEW, "email": b.contact.email}, follow=True).content.decode()
    assert "The contact is named." in page


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"email": "not an address"}, "email", "Enter a valid email address."),
        ({"name": ""}, "name", "This field is required."),
        ({"email": "zzcanary-a.colleague@example.org"}, "email", "already."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_rest_kept(a, member, change, field, said):
    page = member.post("/members/contacts/", {**NEW, **change}).content.decode()
    assert f'id="id_{field}_error"' in page
    assert said in page
    assert 'value="555 0101"' in page
    assert Contact.objects.filter(organization=a.organization).count() == 3


def test_nothing_else_of_a_contact_can_be_set(a, b, member):
    smuggled = {"note": "x", "user": b.user.pk, "organization": b.organization.pk, "until": "2020-01-01", "since": "x"}
    member.post("/members/contacts/", {**NEW, **smuggled})
    made = Contact.objects.get(email="another@example.org")
    assert (made.organization, made.user, made.note, made.until) == (a.organization, None, "", None)
    assert made.since == timezone.localdate()


def test_the_note_of_the_staff_is_not_shown(a, member):
    page = member.get("/members/contacts/").content.decode()
    assert "ZZCANARY-A 555" in page
    assert "ZZCANARY-A note" not in page


class TestTwoAtOnce:
    @pytest.fixture
    def _django_db_helper(self, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
        """In place of the transaction that a test is wrapped in: other threads must see what is written."""
        with django_db_blocker.unblock():
            yield
            Contact.objects.all().delete()
            Organization.objects.filter(slug="at-once").delete()
            User.objects.filter(username__in=["clerk", "one@example.org", "two@example.org"]).delete()

    def test_two_who_end_each_other_leave_one(self):
        house = organization(slug="at-once")
        one, two = (contact(house, f"{name}@example.org") for name in ("one", "two"))
        for person in (one, two):
            invite(contact=person, by=clerk())
            person.refresh_from_db()
        day = timezone.localdate()
        got = at_once(
            lambda: people.end(contact=one, until=day, by=two), lambda: people.end(contact=two, until=day, by=one)
        )
        assert sorted(type(answer).__name__ for answer in got) == ["CoalitionError", "Contact"], got
        assert house.contacts.filter(until=None).count() == 1


class TestEnding:
    def test_a_colleague_gets_a_last_day(self, a, member):
        path = "/members/contacts/2/"
        assert "no longer a contact" in member.get(path).content.decode()
        day = timezone.localdate() + timedelta(days=3)
        assert member.post(path, {"until": day.isoformat()})["Location"] == "/members/contacts/"
        assert until(a.colleague) == day

    def test_one_may_end_oneself_while_somebody_stays(self, a, member):
        path = "/members/contacts/1/"
        assert "This is you" in member.get(path).content.decode()
        assert member.post(path, {"until": timezone.localdate().isoformat()}).status_code == 302
        end(a.contact)
        assert member.get("/members/").status_code == 403

    def test_the_last_one_stays(self, a, member):
        Contact.objects.exclude(pk=a.contact.pk).delete()
        today = {"until": timezone.localdate().isoformat()}
        page = member.post("/members/contacts/1/", today).content.decode()
        assert "Name another contact first" in page
        assert until(a.contact) is None

    def test_somebody_who_leaves_too_is_nobody_who_stays(self, a, member):
        Contact.objects.exclude(pk__in=(a.contact.pk, a.colleague.pk)).delete()
        later = (timezone.localdate() + timedelta(days=3)).isoformat()
        member.post("/members/contacts/2/", {"until": later})
        page = member.post("/members/contacts/1/", {"until": later}).content.decode()
        assert "Name another contact first" in page

    @pytest.mark.parametrize("day", ["", "yesterday", "1999-01-01"])
    def test_a_day_that_cannot_be_is_refused(self, a, member, day):
        page = member.post("/members/contacts/2/", {"until": day}).content.decode()
        assert 'id="id_until_error"' in page
        assert until(a.colleague) is None

    def test_each_organization_counts_its_own(self, a, b, member, stranger):
        for client, one in ((member, a), (stranger, b)):
            assert one.colleague.name in client.get("/members/contacts/2/").content.decode()

    def test_who_has_left_is_not_there_any_more(self, a, member):
        end(a.colleague)
        assert member.get("/members/contacts/2/").status_code == 404
        assert "ZZCANARY-A colleague" not in member.get("/members/contacts/").content.decode()
