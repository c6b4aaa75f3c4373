"""Contacts as a file: named, changed and ended by the rules of the buttons; private, previewed, all or none."""

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coalition.actions.contact_lists import take_contacts
from coalition.actions.organizations import end_contact, invite, merge
from coalition.actions.retention import CONTACT_DAYS, forget
from coalition.models import Contact, Organization
from tests.coalition.desk import desk, text, url
from tests.coalition.records import clerk, contact, organization, refused

pytestmark = pytest.mark.django_db

HEADER = "organization,name,position,email,phone,since,until"
TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def entry() -> Client:
    return desk("data entry")


@pytest.fixture
def house() -> Organization:
    return organization("Invented House", slug="invented-house")


def preview(client: Client, *rows: str, header: str = "organization,name,email", data: bytes = b"") -> Any:
    file = SimpleUploadedFile("contacts.csv", data or "\n".join([header, *rows]).encode())
    return client.post(url("contact_import"), {"import_file": file, "format": "0", "resource": "0"})


def confirm(client: Client, page: Any) -> Any:
    sent = {field.name: field.value() or "" for field in page.context["confirm_form"]}
    return client.post(url("contact_process_import"), sent, follow=True)


def refusals(page: Any) -> list[str]:
    form, result = page.context["form"], page.context.get("result")
    of_lines = [sentence for row in result.invalid_rows for sentence in row.error.messages] if result else []
    return [*form.errors.get("import_file", []), *of_lines]


def take(client: Client, *rows: str, header: str = "organization,name,email") -> str:
    page = preview(client, *rows, header=header)
    assert "confirm_form" in page.context, refusals(page)
    answer = text(confirm(client, page))
    assert "stay as they were." in answer or "stays as it was." in answer, answer
    return answer


def kinds(page: Any) -> list[str]:
    assert page.context.get("result"), refusals(page)
    return [row.import_type for row in page.context["result"].rows]


def export(client: Client) -> bytes:
    boxes = dict.fromkeys((*HEADER.split(","), "organization_name"), "on")
    found: bytes = client.post(url("contact_export"), {"format": "0", "resource": "0", **boxes}).content
    return found


class TestOutAndIn:
    def test_its_export_comes_back_in_and_changes_nothing(self, entry, house):
        contact(house, "a@example.org", phone="+1 860 555 0100", position="=Director", note="ZZ-NOTE")
        over = contact(house, "b@example.org", since=date(2020, 1, 1))
        end_contact(contact=over, until=date(2021, 1, 1), by=clerk())
        contact(house, "b@example.org", since=date(2022, 1, 1))
        for number in range(2):
            old = contact(house, f"old-{number}@example.org", since=date(2010, 1, 1))
            end_contact(contact=old, until=date(2011, 1, 1), by=clerk())
        forget(on=TODAY)
        out = export(entry)
        before = list(Contact.objects.values())
        page = preview(entry, data=out)
        assert set(kinds(page)) == {"skip"}
        assert "0 lines are new. 0 have changed. 5 stay as they were." in text(confirm(entry, page))
        assert list(Contact.objects.values()) == before

    def test_its_first_line_says_organizations_by_short_name_and_by_name(self, entry, house):
        contact(house, "a@example.org")
        head, line, *_rest = export(entry).decode().splitlines()
        assert head == "organization,organization_name,name,position,email,phone,since,until"
        assert line.startswith("invented-house,Invented House,The liaison,,a@example.org")

    def test_notes_stay_where_they_are(self, entry, house):
        contact(house, "a@example.org", note="ZZ-NOTE")
        assert b"ZZ-NOTE" not in export(entry)
        said = refusals(preview(entry, "invented-house,x", header="organization,note"))
        assert said[0].startswith("The list of contacts has no column “note”; its columns are organization, name,")

    def test_the_page_says_what_a_line_is_about(self, entry):
        page = text(entry.get(url("contact_import")))
        assert "an address never changes" in page
        assert "nobody is invited by it" in page


class TestNaming:
    @pytest.mark.parametrize("written", ["invented-house", "Invented House", "INVENTED house"])
    def test_a_new_address_is_a_contact_named_today_and_on_record_by_whom(self, written, entry, house):
        take(entry, f"{written},Ana,ana@example.org")
        made = Contact.objects.get(email="ana@example.org")
        assert (made.organization, made.name, made.since, made.until) == (house, "Ana", TODAY, None)
        assert made.recorded_by == User.objects.get(username="data-entry")
        assert made.recorded_at is not None
        assert made.user is None, "nobody is invited by a file"

    def test_who_was_a_contact_once_is_named_anew_with_a_first_day(self, entry, house):
        old = contact(house, "ana@example.org", since=date(2020, 1, 1))
        end_contact(contact=old, until=date(2021, 1, 1), by=clerk())
        (said,) = refusals(preview(entry, "invented-house,Ana,ana@example.org"))
        assert said == (
            "Line 2: since: The liaison was a contact until 2021-01-01; to name the person anew, give the first day."
        )
        take(entry, f"invented-house,Ana,ana@example.org,{TODAY}", header="organization,name,email,since")
        assert Contact.objects.filter(organization=house).count() == 2

    def test_the_history_of_the_contact_says_it_and_that_of_the_organization_does_not(self, entry, house):
        take(entry, "invented-house,Ana,ana@example.org")
        entry_made = LogEntry.objects.get()
        assert (entry_made.content_type.model, entry_made.get_change_message()) == ("contact", "Taken from a file.")
        assert "Ana" not in text(desk("committee").get(url("organization_history", house.pk)))


class TestChanging:
    def test_facts_change_and_the_address_stays_as_it_was_written(self, entry, house):
        known = contact(house, "Ana@example.org", position="Clerk", note="ZZ-NOTE")
        take(entry, "invented-house,Ana Díaz,,ana@EXAMPLE.org,555", header="organization,name,position,email,phone")
        known.refresh_from_db()
        assert (known.name, known.position, known.phone) == ("Ana Díaz", "", "555")
        assert (known.email, known.note) == ("Ana@example.org", "ZZ-NOTE")

    def test_another_address_is_another_person_and_never_takes_the_place_of_one(self, entry, house):
        contact(house, "old@example.org")
        (said,) = refusals(preview(entry, "invented-house,The Liaison,new@example.org"))
        assert said == (
            "Line 2: email: The liaison is a contact with another address, which never changes; end that one first."
        )
        header = "organization,name,email,until"
        rows = (f"invented-house,The liaison,old@example.org,{TODAY}", "invented-house,The liaison,new@example.org,")
        take(entry, *rows, header=header)
        assert list(Contact.objects.filter(organization=house).order_by("pk").values_list("email", "until")) == [
            ("old@example.org", TODAY),
            ("new@example.org", None),
        ]

    def test_a_last_day_ends_the_contact_and_the_access(self, entry, house):
        known = contact(house, "ana@example.org", since=date(2020, 1, 1))
        user = invite(contact=known, by=clerk())
        take(entry, f"invented-house,ana@example.org,{YESTERDAY}", header="organization,email,until")
        user.refresh_from_db()
        assert not user.is_active

    def test_a_contact_of_one_organization_is_none_of_another(self, entry, house):
        contact(organization("Other House", slug="other-house"), "ana@example.org")
        page = preview(entry, "invented-house,Ana,ana@example.org")
        assert kinds(page) == ["new"]


WRONG = [
    ("", "nowhere,Ana,a@example.org", "organization: “nowhere” is not known."),
    ("", "invented-hous,Ana,a@example.org",
     "organization: “invented-hous” is not known; did you mean “invented-house”?"),
    ("", ",Ana,a@example.org", "organization: this cell is empty."),
    ("", "old-house,Ana,a@example.org", "organization: “old-house” is an old address of Invented House."),
    ("", "invented-house,Ana,", "email: this cell is empty; it says who the line is about."),
    ("", "invented-house,Ana,no address", "email: Enter a valid email address."),
    ("", "invented-house,,a@example.org", "name: Invented House has no contact with this address, and a new one"),
    ("", "invented-house,,known@example.org", "name: This field cannot be blank."),
    ("", f"invented-house,{'x' * 121},a@example.org", "name: Ensure this value has at most 120 characters"),
    ("", "invented-house,=A1,a@example.org", "name: this cell is a formula; paste the value itself."),
    ("", "invented-house,An\u200ba,a@example.org", "name: this cell has a letter that cannot be seen;"),
    ("since", "invented-house,Ana,a@example.org,fall", "since: “fall” is not a day; write it like 2016-10-11."),
    ("until", "invented-house,Ana,a@example.org,fall", "until: “fall” is not a day; write it like 2016-10-11."),
    ("until", "invented-house,Ana,a@example.org,2020-01-01", "until: the last day cannot lie before the first."),
    ("since,until", "invented-house,Ana,a@example.org,2019-01-01,2020-01-01",
     "until: a file names nobody whose last day is over."),
    ("until", "invented-house,The liaison,known@example.org,2019-01-01",
     "until: the last day cannot lie before the first."),
    ("since", "invented-house,The liaison,known@example.org,2021-01-01",
     "since: The liaison is a contact since 2020-01-01; the first day stays."),
    ("since,until", "invented-house,Over,over@example.org,2020-01-01,2022-01-01",
     "until: The last day of The liaison is Jan. 1, 2021, and stays; name the person anew."),
    ("since,until", "invented-house,Over,over@example.org,2020-01-01,",
     "until: The last day of The liaison is Jan. 1, 2021, and stays; name the person anew."),
]  # fmt: skip


@pytest.fixture
def known(house: Organization) -> Organization:
    contact(house, "known@example.org", since=date(2020, 1, 1))
    end_contact(contact=contact(house, "over@example.org", since=date(2020, 1, 1)), until=date(2021, 1, 1), by=clerk())
    merge(duplicate=organization("Old House", slug="old-house"), into=house, by=clerk())
    return house


@pytest.mark.parametrize(("more", "row", "sentence"), WRONG)
def test_what_is_wrong_with_a_line_is_said_in_one_sentence_and_nobody_is_named(
    more: str, row: str, sentence: str, known: Organization, entry: Client
) -> None:
    before = list(Contact.objects.values())
    header = ",".join(["organization,name,email", *([more] if more else [])])
    good = "invented-house,Good,good@example.org" + "," * header.count(",", len("organization,name,email"))
    page = preview(entry, good, row, header=header)
    (said,) = refusals(page)
    assert said.startswith(f"Line 3: {sentence}"), said
    assert "confirm_form" not in page.context
    assert list(Contact.objects.values()) == before


def test_two_lines_about_one_person_are_one_too_many(entry: Client, known: Organization) -> None:
    rows = ("invented-house,Ana,a@example.org", "Invented House,Ana,A@example.org")
    assert refusals(preview(entry, *rows)) == ["Line 3: line 2 is about the same."]
    rows = ("invented-house,The liaison,known@example.org", "invented-house,Another,known@example.org")
    assert refusals(preview(entry, *rows)) == ["Line 3: line 2 is about the same."]


def test_an_old_export_does_not_bring_back_who_was_forgotten(entry: Client, house: Organization) -> None:
    old = contact(house, "zz@example.org", since=date(2010, 1, 1))
    end_contact(contact=old, until=TODAY - timedelta(days=CONTACT_DAYS + 1), by=clerk())
    out = export(entry)
    forget(on=TODAY)
    assert refusals(preview(entry, data=out)) == ["Line 2: until: a file names nobody whose last day is over."]
    forgotten = Contact.objects.get(pk=old.pk)
    row = f"invented-house,Somebody,{forgotten.email},2010-01-01"
    said = refusals(preview(entry, row, header="organization,name,email,since"))
    assert said == ["Line 2: what was forgotten of a contact stays so."]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"organization,name\nx,y", "The file needs the column “email”, to say what a line is about."),
        (b"email,name\nx,y", "The file needs the column “organization”, to say what a line is about."),
        (b"organization,emial\nx,y", "The list of contacts has no column “emial”; did you mean “email”?"),
        (b"organization,email,user\nx,y,z", "The list of contacts has no column “user”;"),
        (b"organization,email\nx,\xe9", "This is not a CSV file in UTF-8;"),
        (b"PK\x03\x04", "The workbook is damaged; open it in Excel and save it again as .xlsx."),
    ],
)
def test_a_file_that_is_no_list_of_contacts_is_refused(data: bytes, sentence: str, entry: Client) -> None:
    (said,) = refusals(preview(entry, data=data))
    assert said.startswith(sentence), said


class TestThePreview:
    def test_it_writes_nothing_anywhere_and_leaves_nothing_on_disk(self, entry, house, tmp_path, monkeypatch):
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        with CaptureQueriesContext(connection) as asked:
            page = preview(entry, "invented-house,ZZCANARY,zz@example.org")
        assert kinds(page) == ["new"]
        assert not [query["sql"] for query in asked if "zzcanary" in query["sql"].lower()]
        preview(entry, "invented-house,ZZCANARY,no address")
        confirm(entry, page)
        assert list(Path(tmp_path).iterdir()) == []

    def test_what_somebody_else_did_after_it_is_not_undone(self, entry, house):
        known = contact(house, "ana@example.org")
        page = preview(entry, "invented-house,Ana,ana@example.org")
        end_contact(contact=known, until=TODAY, by=clerk())
        answer = text(confirm(entry, page))
        assert "Somebody changed this list after the preview; send the file again." in answer
        known.refresh_from_db()
        assert known.name == "The liaison"

    def test_whom_somebody_else_named_after_it_is_not_named_twice(self, entry, house):
        page = preview(entry, "invented-house,Ana,ana@example.org")
        contact(house, "ana@example.org")
        confirm(entry, page)
        assert Contact.objects.filter(email="ana@example.org").count() == 1

    def test_the_number_of_queries_does_not_grow_with_the_lines(self, entry, house):
        def cost(numbers: range, name: str) -> int:
            page = preview(entry, *(f"invented-house,{name} {n},n{n}@example.org" for n in numbers))
            with CaptureQueriesContext(connection) as asked:
                confirm(entry, page)
            return len(asked)

        cost(range(1), "Ana")  # what is kept for the life of a process
        assert cost(range(10, 12), "Ana") == cost(range(20, 80), "Ana"), "new ones"
        assert cost(range(10, 12), "Eva") == cost(range(20, 80), "Eva"), "changed ones"

    def test_the_committee_neither_sends_nor_sees_a_list_of_contacts(self, entry, house):
        sent = {field.name: field.value() or "" for field in preview(
            entry, "invented-house,Ana,ana@example.org"
        ).context["confirm_form"]}  # fmt: skip
        committee = desk("committee")
        assert preview(committee, "invented-house,Ana,ana@example.org").status_code == 403
        assert committee.post(url("contact_process_import"), sent).status_code == 403
        assert not Contact.objects.exists()


class TestTheVerb:
    """What it refuses even when no preview stood before it."""

    def test_an_address_an_organization_or_a_first_day_never_changes(self, house):
        known = contact(house, "ana@example.org")
        for field, value in (("email", "eva@example.org"), ("since", YESTERDAY), ("organization", organization())):
            changed = Contact.objects.get(pk=known.pk)
            setattr(changed, field, value)
            said = refused(take_contacts, field, named=[], changed=[changed], by=clerk())
            assert said == "The organization, the address and the first day of The liaison stay; name another contact."

    def test_one_that_cannot_be_named_takes_all_back(self, house):
        ana = Contact(organization=house, name="Ana", email="ana@example.org")
        for other, field in (
            (Contact(organization=house, name="Ana", email="ANA@example.org"), "email"),
            (Contact(organization=house, name="", email="eva@example.org"), "name"),
            (Contact(organization=house, name="Eva", email="eva@example.org", until=YESTERDAY), "until"),
        ):
            refused(take_contacts, field, named=[ana, other], changed=[], by=clerk())
        assert not Contact.objects.exists()

    def test_nobody_is_named_for_an_old_address(self, house):
        old = organization(slug="old-house")
        merge(duplicate=old, into=house, by=clerk())
        ana = Contact(organization=old, name="Ana", email="ana@example.org")
        refused(take_contacts, "organization", named=[ana], changed=[], by=clerk())
