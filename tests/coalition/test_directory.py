"""The directory as a file: what goes out is public, what comes in is previewed, and nothing is left lying about."""

import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.messages.storage.base import BaseStorage as Messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpRequest, QueryDict
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from allin.lists.importing import LIFETIME, ConfirmForm, InThePage, TableImport
from allin.lists.reading import MAX_BYTES, MAX_LINES, TableCSV, TableError
from coalition.actions.organizations import end_role, give_role, merge
from coalition.actions.signatures import withdraw
from coalition.admin.directory import OrganizationResource
from coalition.models import Organization, Sector
from tests.coalition.records import clerk, compact, contact, organization, signed

pytestmark = pytest.mark.django_db

DIRECTORY = TableCSV(columns=OrganizationResource.columns())
HEADER = "slug,name,sector,sector_note,sector_note_es,website,what_it_does,what_it_does_es,exists_since,roles,signed"


def table(*lines: str, header: str = "name,sector,website") -> Any:
    return DIRECTORY.create_dataset("\n".join([header, *lines]).encode())


def take(*lines: str, header: str = "name,sector,website", dry_run: bool = False) -> Any:
    return OrganizationResource().import_data(table(*lines, header=header), dry_run=dry_run)


def complaints(*lines: str, **more: Any) -> list[str]:
    """What is said of the lines that cannot be taken; nothing is written then."""
    before = list(Organization.objects.values())
    result = take(*lines, **more)
    assert list(Organization.objects.values()) == before
    assert not result.has_errors(), [str(error.error) for error in result.base_errors]
    return [row.error.messages[0] for row in result.invalid_rows]


def out() -> list[dict[str, str]]:
    rows: list[dict[str, str]] = OrganizationResource().export().dict
    return rows


class TestOut:
    def test_the_columns_are_public_ones(self):
        assert ",".join(OrganizationResource().export().headers) == HEADER

    def test_a_line_says_who_it_is_and_what_it_plays(self):
        (line,) = (line for line in out() if line["slug"] == "achieve-hartford")
        assert line["name"] == "Achieve Hartford!"
        assert line["sector"] == "Non-profits"
        assert line["what_it_does"] == "Staffs the coalition as its backbone organization."
        assert (line["roles"], line["signed"]) == ("backbone; Steering Committee", "1")

    def test_roles_that_are_over_and_signatures_taken_back_are_not_told(self):
        one = organization(slug="example")
        end_role(
            period=give_role(organization=one, role="member", since_text="2016", by=clerk()),
            until=date(2017, 1, 1),
            by=clerk(),
        )
        signed(one, text="October 2016")
        withdraw(organization=one, version=compact(), text="2020", by=clerk())
        (line,) = (line for line in out() if line["slug"] == "example")
        assert (line["roles"], line["signed"]) == ("", "")

    def test_nothing_of_a_contact_goes_out(self):
        one = organization(slug="example")
        contact(one, "zzcanary@example.org", phone="ZZCANARY", note="ZZCANARY", position="ZZCANARY")
        assert "zzcanary" not in str(OrganizationResource().export().csv).lower()

    def test_old_addresses_stay_at_home(self):
        merge(duplicate=organization(slug="old"), into=organization(slug="new"), by=clerk())
        assert [line["slug"] for line in out() if line["slug"] in ("old", "new")] == ["new"]

    def test_the_number_of_queries_does_not_grow_with_the_directory(self, django_assert_num_queries):
        for number in range(40):
            signed(organization(slug=f"many-{number}"), text="2026")
        with django_assert_num_queries(5):  # a savepoint, organizations, roles, signatures, versions
            assert len(out()) == 53


class TestIn:
    def test_the_export_comes_back_in_and_changes_nothing(self):
        before = list(Organization.objects.values())
        data = OrganizationResource().export().export("csv")
        result = OrganizationResource().import_data(DIRECTORY.create_dataset(data.encode()))
        assert {row.import_type for row in result.rows} == {"skip"}
        assert list(Organization.objects.values()) == before

    def test_a_new_line_is_a_new_organization_and_a_known_name_is_the_known_one(self):
        result = take("Example Street Association,Businesses,https://example.org", "HARTFORD PROMISE,nonprofit,")
        assert [row.import_type for row in result.rows] == ["new", "update"]
        new = Organization.objects.get(slug="example-street-association")
        assert (new.sector, new.url) == (Sector.BUSINESS, "https://example.org")
        assert Organization.objects.get(slug="hartford-promise").name == "HARTFORD PROMISE"

    def test_a_slug_finds_an_organization_whose_name_changes(self):
        take("hartford-promise,The Hartford Promise", header="slug,name")
        one = Organization.objects.get(slug="hartford-promise")
        assert (one.name, one.sector) == ("The Hartford Promise", "nonprofit"), "a column that is not there stays"

    def test_a_preview_writes_nothing_and_shows_what_would_change(self):
        result = take("Hartford Promise,Businesses,https://example.org", dry_run=True)
        assert Organization.objects.get(slug="hartford-promise").sector == "nonprofit"
        (row,) = result.rows
        assert "https://example.org" in "".join(row.diff)

    def test_roles_are_not_taken_from_a_file(self):
        result = take("Hartford Promise,backbone,1", header="name,roles,signed")
        assert [row.import_type for row in result.rows] == ["skip"]
        assert not Organization.objects.get(slug="hartford-promise").role_periods.filter(role="backbone").exists()

    @pytest.mark.parametrize("sector", [*Sector.values, *(str(label) for label in Sector.labels), "NON-PROFITS", ""])
    def test_a_sector_is_known_by_its_english_name_and_its_code(self, sector):
        take(f"Example,{sector},")
        found = Organization.objects.get(slug="example").sector
        assert found in ("", *Sector.values)
        assert bool(found) == bool(sector)

    @pytest.mark.parametrize(
        ("line", "sentence"),
        [
            ("Example,Busines,", "sector: “Busines” is not known; did you mean “Businesses”?"),
            ("Example,nonprofits,", "sector: “nonprofits” is not known; did you mean “Non-profits”?"),
            (
                "Example,zzzzzz,",
                "sector: “zzzzzz” is not known; known are Policymakers and civic leaders, Education "
                "institutions, Community-based organizations, Non-profits, Businesses, Philanthropic agencies, "
                "Community leaders.",
            ),
            ("Example,business,not an address", "website: Enter a valid URL."),
            (",business,", "no organization has the slug “”, and a new one needs a name."),
            ("write to me@example.org,business,", "the directory is public; take the e-mail address or telephone"),
            ("call (860) 555-0100,business,", "the directory is public; take the e-mail address or telephone number"),
            ("x" * 161 + ",business,", "name: Ensure this value has at most 160 characters (it has 161)."),
        ],
    )
    def test_a_line_that_cannot_be_taken_is_said_with_its_number_and_takes_the_file_back(self, line, sentence):
        (said,) = complaints("Another Example,business,", "", line)
        assert said.startswith(f"Line 4: {sentence}"), said

    @pytest.mark.parametrize(
        ("header", "line", "sentence"),
        [
            (
                "slug,name",
                "promise,Hartford Promise",
                "“Hartford Promise” has the slug “hartford-promise”, which stays.",
            ),
            ("slug,name", "nobody,", "no organization has the slug “nobody”, and a new one needs a name."),
            ("slug,name", "Not A Slug,Example", "slug: Enter a valid “slug”"),
            ("slug,name", "hartford-promise,", "name: This field cannot be blank."),
            (
                "name,exists_since",
                "Example,fall 2016",
                "exists_since: “fall 2016” is not a day; write it like 2016-10-11.",
            ),
            (
                "name,exists_since",
                "Hartford Promise,2020-01-01",
                "Hartford Promise existed before Jan. 1, 2020: something is recorded of it for October 2016.",
            ),
        ],
    )
    def test_other_columns_are_checked_alike(self, header, line, sentence):
        (said,) = complaints(line, header=header)
        assert said.startswith(f"Line 2: {sentence}"), said

    def test_two_lines_about_one_organization_are_one_too_many(self):
        said = complaints("Example,,", "Example,business,")
        assert said == ["Line 3: line 2 is about the same."]

    def test_two_new_organizations_of_one_name_are_one_too_many(self):
        assert complaints("one,Example", "two,EXAMPLE", header="slug,name") == ["Line 3: line 2 is about the same."]

    @pytest.mark.parametrize("name", ["=1+1", "Zero\u200bwidth"])
    def test_a_formula_or_a_letter_nobody_sees_is_no_name(self, name):
        (said,) = complaints(f"{name},business,")
        assert said.startswith("Line 2: name: this cell ")

    def test_the_number_of_queries_does_not_grow_with_the_lines(self, django_assert_num_queries):
        for sector in ("business", "nonprofit"):  # new ones, then changed ones
            with CaptureQueriesContext(connection) as few:
                take(*(f"Few {number},{sector}," for number in range(2)))
            with django_assert_num_queries(len(few)):
                take(*(f"Many {number},{sector}," for number in range(60)))

    def test_a_preview_asks_the_database_to_write_nothing(self):
        with CaptureQueriesContext(connection) as asked:
            result = take("Example,business,", "Hartford Promise,business,", dry_run=True)
        assert [row.import_type for row in result.rows] == ["new", "update"]
        assert not [query["sql"] for query in asked if query["sql"].startswith(("INSERT", "UPDATE"))]

    def test_an_old_address_is_not_brought_back(self):
        merge(duplicate=organization("Old Example", slug="old"), into=organization("Example"), by=clerk())
        assert complaints("Old Example,,") == ["Line 2: “old” is an old address of Example."]

    def test_an_old_address_of_the_same_name_hides_no_organization(self):
        """Of two records that differ in small and large letters one became the old address of the other."""
        old = organization("hartford promise 2", slug="hartford-promise-2")
        Organization.objects.filter(pk=old.pk).update(
            name="HARTFORD PROMISE", merged_into=Organization.objects.get(slug="hartford-promise")
        )
        assert complaints("hartford-promise,Hartford Promise", header="slug,name", dry_run=True) == []

    def test_a_name_in_other_letters_is_no_new_organization(self):
        (said,) = complaints("another,HARTFORD promise", header="slug,name")
        assert "“Hartford Promise” has the slug “hartford-promise”, which stays." in said
        twice = Organization(slug="another", name="HARTFORD promise")
        with pytest.raises(ValidationError, match="An organization of this name exists already"):
            twice.full_clean()

    def test_a_translation_goes_with_what_it_translates(self):
        one = Organization.objects.get(slug="achieve-hartford")
        assert one.sector_note_es
        result = take("achieve-hartford,", header="slug,sector_note")
        assert not result.has_validation_errors(), [row.error for row in result.invalid_rows]
        one.refresh_from_db()
        assert (one.sector_note, one.sector_note_es) == ("", "")

    def test_what_the_export_made_harmless_is_whole_again(self):
        take("'=Example,,")
        take("'quoted' Example,,")
        names = Organization.objects.filter(name__endswith="Example").values_list("name", flat=True)
        assert set(names) == {"=Example", "'quoted' Example"}


class TestTheFile:
    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            ("name,sectr\n", "The list of organizations has no column “sectr”; did you mean “sector”?"),
            ("name,email\nx,y", "The list of organizations has no column “email”; its columns are slug, name, sector,"),
            ("name,contact\nx,y", "The list of organizations has no column “contact”; its columns are"),
            (
                "sector\nbusiness",
                "The file needs the column “slug” or “name”, to say what a line is about.",
            ),
            ("name,name\nx,y", "The column “name” is there twice."),
            (
                "name,sector\nExample, Inc.,business",
                "Line 2 has 3 cells and the header has 2; put quotes around commas.",
            ),
            ('name\n"Example', "Line 2 cannot be read as CSV."),
            (b"name\nCaf\xe9", "This is not a CSV file in UTF-8; save the table as “CSV UTF-8”."),
            (b"PK\x03\x04\xff\xfe", "The workbook is damaged; open it in Excel and save it again as .xlsx."),
            ("", "The file needs the column “slug” or “name”"),
            ("name\n" + "x\n" * (MAX_LINES + 1), f"The file has more than {MAX_LINES} lines; divide it."),
        ],
        ids=lambda value: repr(value[:12]),
    )
    def test_a_file_that_is_no_directory_is_refused_in_one_sentence(self, data, sentence):
        with pytest.raises(TableError) as caught:
            DIRECTORY.create_dataset(data)
        said = str(caught.value)
        assert said.startswith(sentence), said

    def test_column_names_may_be_written_large_and_a_byte_order_mark_does_no_harm(self):
        data = "\ufeffName,Website\r\nExample,https://example.org\r\n".encode()
        OrganizationResource().import_data(DIRECTORY.create_dataset(data))
        assert Organization.objects.get(slug="example").url == "https://example.org"


class Said(Messages):
    """Messages that a request collects, without a session."""

    def _get(self, *args: Any, **kwargs: Any) -> Any:
        return [], True

    def _store(self, messages: Any, *args: Any, **kwargs: Any) -> Any:
        return []


class Directory(TableImport, admin.ModelAdmin):
    """The list of organizations as the staff area has it, as far as the import goes."""

    resource_classes = (OrganizationResource,)


class TestThePreview:
    @pytest.fixture
    def directory(self) -> Directory:
        return Directory(Organization, admin.site)

    def post(self, data: dict[str, Any], by: Any = None) -> HttpRequest:
        request: Any = RequestFactory().post("/", data)
        request.user = by or User.objects.get_or_create(username="root", is_superuser=True, is_staff=True)[0]
        request._messages = Said(request)
        return request

    def upload(self, directory: Directory, data: bytes, name: str = "directory.csv") -> Any:
        file = SimpleUploadedFile(name, data)
        return directory.import_action(self.post({"import_file": file, "format": "0", "resource": "0"}))

    def confirm(self, directory: Directory, preview: Any, by: Any = None) -> Any:
        sent = QueryDict(mutable=True)
        sent.update(preview.context_data["confirm_form"].initial)
        return directory.process_import(self.post(sent.dict(), by))

    def test_what_was_previewed_is_what_is_taken(self, directory, monkeypatch):
        monkeypatch.setattr("import_export.admin.reverse", lambda *names, **more: "/the/list/")
        preview = self.upload(directory, b"name,sector\nExample,business\nCaf\xc3\xa9 Example,\n")
        assert not preview.context_data["form"].errors
        assert not Organization.objects.filter(slug="example").exists()
        answer = self.confirm(directory, preview)
        assert (answer.status_code, answer["Location"]) == (302, "/the/list/")
        assert Organization.objects.get(slug="cafe-example").name == "Café Example"

    def test_no_copy_of_the_file_is_left_anywhere(self, directory, monkeypatch, tmp_path):
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        self.upload(directory, b"name,sector\nZZCANARY Example,business\n")
        self.upload(directory, b"name\nZZCANARY\xff\n")
        assert list(Path(tmp_path).iterdir()) == []

    def test_a_file_that_is_none_is_said_beside_the_field(self, directory):
        form = self.upload(directory, b"sector\nbusiness").context_data["form"]
        assert form.errors["import_file"] == [
            "The file needs the column “slug” or “name”, to say what a line is about."
        ]

    @pytest.mark.parametrize(
        ("size", "sentence"),
        [
            (MAX_BYTES + 1, "The file has 2 MB; at most 1 MB are taken."),
            (50 * 1024**2, "The file has 50 MB; at most"),
        ],
    )
    def test_too_large_a_file_is_said_beside_the_field(self, size, sentence, directory):
        form = self.upload(directory, b"x" * size).context_data["form"]
        assert form.errors["import_file"][0].startswith(sentence)

    def test_a_preview_somebody_tampered_with_or_that_is_old_is_not_taken(self, directory, monkeypatch):
        preview = self.upload(directory, b"name\nExample\n")
        given = dict(preview.context_data["confirm_form"].initial)
        assert ConfirmForm(given, of="coalition.organization").is_valid()
        assert not ConfirmForm(given, of="coalition.contact").is_valid(), "it was previewed for another list"
        assert not ConfirmForm(
            {**given, "import_file_name": "x" + given["import_file_name"]}, of="coalition.organization"
        ).is_valid()
        later = time.time() + LIFETIME + 1
        monkeypatch.setattr(time, "time", lambda: later)
        answer = self.confirm(directory, preview)
        assert answer.context_data["errors"]["import_file_name"] == [
            "This preview is older than a day; send the file again."
        ]
        assert not Organization.objects.filter(slug="example").exists()

    def test_what_changed_since_the_preview_takes_everything_back_and_says_so(self, directory):
        preview = self.upload(directory, b"name\nExample\nOther\n")
        organization("Example", slug="example-2")
        merge(duplicate=Organization.objects.get(slug="example-2"), into=organization("Third"), by=clerk())
        answer = self.confirm(directory, preview)
        assert (answer.status_code, answer["Location"]) == (302, "../import/")
        assert not Organization.objects.filter(slug="other").exists()

    def test_who_may_not_write_organizations_may_not_import_them(self, directory):
        request = self.post({}, AnonymousUser())
        assert not directory.has_import_permission(request)
        viewer = User.objects.create_user("viewer", is_staff=True)
        assert not directory.has_import_permission(self.post({}, viewer))

    def test_the_page_keeps_any_bytes_and_small(self):
        data = bytes(range(256)) * 100
        kept = InThePage(of="a.list")
        kept.save(data)
        assert InThePage(of="a.list", name=kept.name).read() == data
        assert len(kept.name) < len(data)
        assert not set(kept.name) & set('/\\"<>& ')
