"""Who gets in where in the coalition's part of the back office: every address, every role, both methods."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from allin.roles import ensure_roles
from coalition import models
from tests.coalition.records import everything

pytestmark = pytest.mark.django_db

ENTRY, PUBLISHER, COMMITTEE = "data entry", "publisher", "committee"
NOBODY: set[str] = set()
PUBLISHERS = {PUBLISHER}
DESK = {ENTRY, PUBLISHER}
ALL = {ENTRY, PUBLISHER, COMMITTEE}

#: Address → who may look, who may send. What is asked of the members' contacts, files and messages is the desk's alone.
ADDRESSES: dict[str, tuple[set[str], set[str]]] = {
    # Organizations
    "organization_changelist": (ALL, ALL),
    "organization_history": (ALL, ALL),
    "organization_export": (ALL, ALL),
    "organization_add": (DESK, DESK),
    "organization_change": (ALL, DESK),
    "organization_delete": (NOBODY, NOBODY),
    "organization_import": (DESK, DESK),
    "organization_process_import": (NOBODY, DESK),  # it is sent, never asked for
    "organization_sign": (DESK, DESK),
    "organization_withdraw": (DESK, DESK),
    "organization_give_role": (DESK, DESK),
    "organization_end_role": (DESK, DESK),
    "organization_take_back_role": (PUBLISHERS, PUBLISHERS),
    "organization_name_contact": (DESK, DESK),
    "organization_invite": (DESK, DESK),
    "organization_hand_over": (PUBLISHERS, PUBLISHERS),
    "organization_end_contact": (DESK, DESK),
    "organization_set_logo": (DESK, DESK),
    "organization_remove_logo": (DESK, DESK),
    "organization_merge": (PUBLISHERS, PUBLISHERS),
    "contact_changelist": (DESK, DESK),
    "contact_history": (DESK, DESK),
    "contact_export": (DESK, DESK),
    "contact_import": (DESK, DESK),
    "contact_process_import": (NOBODY, DESK),  # it is sent, never asked for
    "contact_add": (NOBODY, NOBODY),
    "contact_change": (DESK, DESK),
    "contact_delete": (NOBODY, NOBODY),
    # The Compact
    "compactversion_changelist": (ALL, ALL),
    "compactversion_history": (ALL, ALL),
    "compactversion_export": (ALL, ALL),
    "compactversion_add": (PUBLISHERS, PUBLISHERS),
    "compactversion_change": (ALL, PUBLISHERS),
    "compactversion_delete": (NOBODY, NOBODY),
    "compactversion_make_current": (PUBLISHERS, PUBLISHERS),
    "signature_changelist": (ALL, ALL),
    "signature_history": (ALL, ALL),
    "signature_export": (ALL, ALL),
    "signature_add": (NOBODY, NOBODY),
    "signature_change": (ALL, NOBODY),
    "signature_delete": (NOBODY, NOBODY),
    "document_changelist": (ALL, ALL),
    "document_history": (ALL, ALL),
    "document_export": (ALL, ALL),
    "document_add": (DESK, DESK),
    "document_change": (ALL, DESK),
    "document_delete": (PUBLISHERS, PUBLISHERS),
    # The ledger
    "assessment_changelist": (ALL, ALL),
    "assessment_history": (ALL, ALL),
    "assessment_export": (ALL, ALL),
    "assessment_add": (NOBODY, NOBODY),
    "assessment_change": (ALL, NOBODY),
    "assessment_delete": (NOBODY, NOBODY),
    "assessment_due": (DESK, DESK),
    "assessment_file": (DESK, DESK),
    "assessment_assess": (DESK, DESK),
    "assessment_derive": (DESK, DESK),
    "assessment_send": (PUBLISHERS, PUBLISHERS),
    "assessment_send_one": (PUBLISHERS, PUBLISHERS),
    "assessment_release": (PUBLISHERS, PUBLISHERS),
    "assessment_take_back": (DESK, DESK),
    "assessment_release_one": (PUBLISHERS, PUBLISHERS),
    "meeting_changelist": (ALL, ALL),
    "meeting_history": (ALL, ALL),
    "meeting_export": (ALL, ALL),
    "meeting_add": (DESK, DESK),
    "meeting_change": (ALL, DESK),
    "meeting_delete": (PUBLISHERS, PUBLISHERS),
    "meeting_attendance": (DESK, DESK),
    # Action teams
    "actionteam_changelist": (ALL, ALL),
    "actionteam_history": (ALL, ALL),
    "actionteam_export": (ALL, ALL),
    "actionteam_add": (DESK, DESK),
    "actionteam_change": (ALL, DESK),
    "actionteam_delete": (NOBODY, NOBODY),
    "actionteam_proposed": (DESK, DESK),
    "actionteam_reported": (PUBLISHERS, PUBLISHERS),
    "actionteam_heard": (PUBLISHERS, PUBLISHERS),
    "actionteam_approved": (PUBLISHERS, PUBLISHERS),
    "actionteam_declined": (PUBLISHERS, PUBLISHERS),
    "actionteam_active": (PUBLISHERS, PUBLISHERS),
    "actionteam_completed": (PUBLISHERS, PUBLISHERS),
    "actionteam_ended": (PUBLISHERS, PUBLISHERS),
    "actionteam_take_back_step": (PUBLISHERS, PUBLISHERS),
    "actionteam_join": (DESK, DESK),
    "actionteam_leave": (DESK, DESK),
    "strategy_changelist": (ALL, ALL),
    "strategy_history": (ALL, ALL),
    "strategy_export": (ALL, ALL),
    "strategy_add": (DESK, DESK),
    "strategy_change": (ALL, DESK),
    "strategy_delete": (NOBODY, NOBODY),  # this one has a log and stands in a plan
    "strategy_log": (DESK, DESK),
    "plan_changelist": (ALL, ALL),
    "plan_history": (ALL, ALL),
    "plan_export": (ALL, ALL),
    "plan_add": (DESK, DESK),
    "plan_change": (ALL, DESK),
    "plan_delete": (NOBODY, NOBODY),  # this one is adopted
    "plan_adopt": (PUBLISHERS, PUBLISHERS),
    # Gifts, programs, messages, editions
    "contribution_changelist": (ALL, ALL),
    "contribution_history": (ALL, ALL),
    "contribution_export": (ALL, ALL),
    "contribution_add": (NOBODY, NOBODY),
    "contribution_record": (DESK, DESK),
    "contribution_change": (ALL, DESK),
    "contribution_delete": (PUBLISHERS, PUBLISHERS),
    "grant_changelist": (ALL, ALL),
    "grant_history": (ALL, ALL),
    "grant_export": (ALL, ALL),
    "grant_add": (NOBODY, NOBODY),
    "grant_record": (DESK, DESK),
    "grant_change": (ALL, DESK),
    "grant_delete": (PUBLISHERS, PUBLISHERS),
    "program_changelist": (ALL, ALL),
    "program_history": (ALL, ALL),
    "program_export": (ALL, ALL),
    "program_add": (DESK, DESK),
    "program_change": (ALL, DESK),
    "program_delete": (NOBODY, NOBODY),
    "upload_changelist": (DESK, DESK),
    "upload_history": (DESK, DESK),
    "upload_export": (DESK, DESK),
    "upload_add": (NOBODY, NOBODY),
    "upload_change": (DESK, NOBODY),
    "upload_delete": (NOBODY, NOBODY),
    "upload_accept": (PUBLISHERS, PUBLISHERS),
    "upload_return": (PUBLISHERS, PUBLISHERS),
    "interest_changelist": (DESK, DESK),
    "interest_history": (DESK, DESK),
    "interest_export": (DESK, DESK),
    "interest_add": (NOBODY, NOBODY),
    "interest_change": (DESK, NOBODY),
    "interest_delete": (NOBODY, NOBODY),
    "interest_handle": (DESK, DESK),
    "interest_make_organization": (DESK, DESK),
    "edition_changelist": (ALL, ALL),
    "edition_history": (ALL, ALL),
    "edition_export": (ALL, ALL),
    "edition_add": (NOBODY, NOBODY),
    "edition_change": (ALL, NOBODY),
    "edition_delete": (NOBODY, NOBODY),
    "edition_next": (ALL, PUBLISHERS),
}

#: The rows that an act is done to one at a time.
PARTS: dict[str, type[Any]] = {
    "organization_withdraw": models.Signature,
    "organization_end_role": models.RolePeriod,
    "organization_take_back_role": models.RolePeriod,
    "organization_invite": models.Contact,
    "organization_hand_over": models.Contact,
    "organization_end_contact": models.Contact,
    "actionteam_leave": models.TeamMembership,
}


def patterns() -> dict[str, str]:
    """The coalition's addresses in the back office: name, and the parameters it takes."""
    found = {}

    def walk(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns)
            else:
                yield pattern

    _prefix, admin = get_resolver().namespace_dict["admin"]
    for pattern in walk(admin.url_patterns):
        if pattern.name and pattern.name.startswith("coalition_"):
            found[pattern.name.removeprefix("coalition_")] = str(pattern.pattern)
    return found


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert set(patterns()) == set(ADDRESSES)


def newest(model: type[Any]) -> Any:
    return model._default_manager.order_by("-pk")[0]


def address(name: str) -> str:
    """The address of `name` for the newest record of its kind."""
    model: Any = getattr(models, {one.__name__.lower(): one.__name__ for one in KINDS}[name.split("_", maxsplit=1)[0]])
    takes = patterns()[name]
    record = newest(PARTS[name]) if name in PARTS else None
    if "<path:object_id>" in takes:
        return reverse(f"admin:coalition_{name}", args=[newest(model).pk])
    if record is not None:
        owner = record.team_id if name == "actionteam_leave" else record.organization_id
        return reverse(f"admin:coalition_{name}", args=[owner, record.pk])
    return reverse(f"admin:coalition_{name}", args=[newest(model).pk] if "<int:pk>" in takes else [])


KINDS = [getattr(models, name) for name in models.__all__ if isinstance(getattr(models, name), type)]


@pytest.fixture
def clients() -> dict[str, Client]:
    everything()
    found = {}
    for role, group in ensure_roles().items():
        user = User.objects.create_user(role, is_staff=True)
        user.groups.set([group])
        found[role] = Client()
        found[role].force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return found


def let_in(response: HttpResponseBase) -> bool:
    """A page, a form with its faults, or the way on to the record; a door that is shut says 403, or 405 at worst."""
    assert response.status_code in (200, 302, 403, 405), response.status_code
    if response.status_code == 302:
        assert "login" not in response["Location"]
    return response.status_code in (200, 302)


@pytest.mark.parametrize("name", ADDRESSES)
def test_each_role_gets_in_where_the_table_says_and_nowhere_else(name: str, clients: dict[str, Client]) -> None:
    readers, senders = ADDRESSES[name]
    path = address(name)
    assert {role for role, client in clients.items() if let_in(client.get(path))} == readers
    # The least powerful first: what a publisher sends may be the end of the record.
    sent = {role for role in (COMMITTEE, ENTRY, PUBLISHER) if let_in(clients[role].post(path, {}))}
    assert sent == senders


@pytest.mark.parametrize("name", ADDRESSES)
def test_nobody_gets_in_without_signing_in(name: str) -> None:
    everything()
    for method in ("get", "post"):
        response = getattr(Client(), method)(address(name))
        assert response.status_code == 302
        assert response["Location"].startswith("/staff/login/")


@pytest.mark.parametrize("name", [name for name in ADDRESSES if not name.startswith(("contact_", "interest_"))])
def test_the_committee_reads_of_no_contact_anywhere(name: str, clients: dict[str, Client]) -> None:
    contact = models.Contact.objects.get(email="liaison@example.org")
    models.Reply.objects.update(written_by=contact.user)
    named = reverse("admin:coalition_organization_name_contact", args=[contact.organization_id])
    clients[ENTRY].post(named, {"name": "A second liaison", "email": "second.liaison@example.org"})
    assert contact.organization.contacts.count() == 2
    page = clients[COMMITTEE].get(address(name), follow=True)
    assert b"liaison" not in page.getvalue().lower()


def test_the_committee_sees_no_word_that_is_not_released(clients: dict[str, Client]) -> None:
    word = newest(models.Assessment)
    path = address("assessment_change")
    assert clients[COMMITTEE].get(path).status_code == 200
    draft = models.Assessment.objects.create(
        organization=word.organization, commitment=word.commitment, year=2024, state="limited",
        evidence="Secret until then.", assessed_by=word.assessed_by, assessed_at=word.assessed_at,
    )  # fmt: skip
    for path in ("change", "history"):
        hidden = clients[COMMITTEE].get(reverse(f"admin:coalition_assessment_{path}", args=[draft.pk]), follow=True)
        assert b"Secret until then." not in hidden.content
    listed = clients[COMMITTEE].get(reverse("admin:coalition_assessment_changelist")).content.decode()
    assert "1 assessment" in listed
    organization = clients[COMMITTEE].get(reverse("admin:coalition_organization_change", args=[word.organization_id]))
    assert b"limited" not in organization.content.split(b'id="promises"')[1].split(b"</section>", 1)[0]
    exported = clients[COMMITTEE].post(
        reverse("admin:coalition_assessment_export"), {"format": "0", "resource": "0", "evidence": "on"}
    )
    assert b"Secret until then." not in exported.content


def test_an_evidence_file_goes_to_the_desk_to_be_saved_and_not_to_be_opened(clients: dict[str, Client]) -> None:
    response = clients[ENTRY].get(address("assessment_file"))
    assert b"".join(response.streaming_content) == b"%PDF-1.7 evidence"  # type: ignore[attr-defined]
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_part_of_somebody_else_is_not_there(clients: dict[str, Client]) -> None:
    period = newest(models.RolePeriod)
    other = models.Organization.objects.exclude(pk=period.organization_id)[0]
    path = reverse("admin:coalition_organization_end_role", args=[other.pk, period.pk])
    assert clients[PUBLISHER].get(path).status_code == 404
    assert clients[PUBLISHER].post(path, {"until": "2026-06-01"}).status_code == 404
