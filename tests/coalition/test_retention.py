"""Personal data is forgotten when its time is over, and what the record is for stays."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command

from coalition.actions.retention import CONTACT_DAYS, INTEREST_DAYS, NOWHERE, forget
from coalition.models import Assessment, Commitment, Contact, Interest, Notice, Organization

pytestmark = pytest.mark.django_db

TODAY = date(2027, 6, 1)


def message(days_ago: int) -> Interest:
    sent = datetime(2027, 6, 1, 12, tzinfo=UTC) - timedelta(days=days_ago)
    return Interest.objects.create(
        kind=Interest.Kind.MEMBER,
        organization="Invented Association",
        name="ZZ-NAME",
        email="zz@invented.example",
        language="en",
        consent="Yes.",
        sent_at=sent,
    )


def contact(until: date | None, user: User | None = None) -> Contact:
    return Contact.objects.create(
        organization=Organization.objects.get(slug="hartford-promise"),
        name="ZZ-NAME",
        email="zz@invented.example",
        phone="ZZ-PHONE",
        note="ZZ-NOTE",
        since=date(2024, 1, 1),
        until=until,
        user=user,
    )


def test_who_tried_to_sign_in_in_vain_and_from_where_is_forgotten_daily(client) -> None:
    attempts = apps.get_model("axes", "AccessAttempt").objects
    client.post("/members/sign-in/", {"username": "zz@invented.example", "password": "wrong"})
    assert [one.username for one in attempts.all()] == ["zz@invented.example"]
    call_command("forget", stdout=io.StringIO())
    assert not attempts.exists()


def test_a_message_of_interest_is_kept_for_two_years() -> None:
    kept, old = message(INTEREST_DAYS), message(INTEREST_DAYS + 1)
    assert forget(on=TODAY) == (1, 0)
    assert list(Interest.objects.all()) == [kept]
    assert not Interest.objects.filter(pk=old.pk).exists()


def test_a_contact_is_emptied_a_year_after_its_last_day_and_the_record_of_it_stays() -> None:
    account = User.objects.create_user("zz@invented.example", "zz@invented.example", first_name="ZZ-NAME")
    old = contact(TODAY - timedelta(days=CONTACT_DAYS + 1), account)
    recent, current = contact(TODAY - timedelta(days=CONTACT_DAYS)), contact(None)
    assert forget(on=TODAY) == (0, 1)
    for row in (old, account):
        row.refresh_from_db()
        kept = " ".join(str(value) for value in vars(row).values()).lower()
        assert not any(mark in kept for mark in ("zz-", "zz@"))  # a random password may well hold two z
    assert (old.email, old.since, old.until) == (NOWHERE, date(2024, 1, 1), date(2026, 5, 31))
    assert not account.is_active
    assert {one.name for one in (recent, current)} == {"ZZ-NAME"}


def test_the_staff_areas_history_forgets_the_person_too() -> None:
    old = contact(date(2024, 2, 1))
    LogEntry.objects.create(
        user=User.objects.create(username="clerk"),
        content_type=ContentType.objects.get_for_model(Contact),
        object_id=str(old.pk),
        object_repr="ZZ-NAME",
        action_flag=CHANGE,
    )
    forget(on=TODAY)
    assert not LogEntry.objects.filter(object_repr="ZZ-NAME").exists()


def notices(to: Contact) -> list[Notice]:
    """One of each kind that went to a contact."""
    word = Assessment.objects.create(
        organization=to.organization,
        commitment=Commitment.objects.get(number="1"),
        year=2024,
        state="limited",
        assessed_by=User.objects.create(username="clerk"),
        assessed_at=datetime(2024, 1, 2, tzinfo=UTC),
    )
    at = datetime(2024, 1, 3, tzinfo=UTC)
    return [Notice.objects.create(assessment=word, kind=kind, to=to.email, sent_at=at) for kind in Notice.Kind.values]


def test_the_notices_that_went_to_the_person_forget_the_address() -> None:
    old = contact(date(2024, 2, 1))
    notices(old)
    forget(on=TODAY)
    assert Notice.objects.count() == len(Notice.Kind)
    assert not Notice.objects.filter(to__icontains="zz").exists()


def test_an_address_that_another_contact_still_has_is_kept_so_that_no_notice_goes_twice() -> None:
    old = contact(date(2024, 2, 1))
    again = contact(None)
    notice = notices(old)[0]
    assert forget(on=TODAY) == (0, 1)
    notice.refresh_from_db()
    assert notice.to == again.email
    Contact.objects.filter(pk=again.pk).update(until=date(2024, 2, 1))
    assert forget(on=TODAY) == (0, 1)
    notice.refresh_from_db()
    assert "zz" not in notice.to


def test_forgetting_twice_forgets_nothing_more() -> None:
    contact(date(2024, 2, 1))
    assert forget(on=TODAY) == (0, 1)
    assert forget(on=TODAY) == (0, 0)


def test_the_command_says_what_it_forgot() -> None:
    contact(date(2024, 2, 1))
    said = io.StringIO()
    call_command("forget", stdout=said)
    assert said.getvalue() == "Messages of interest forgotten: 0. Contacts forgotten: 1.\n"
