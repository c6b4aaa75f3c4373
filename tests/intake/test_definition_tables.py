"""Definitions as files: what goes out comes back in, a preview first; what is wrong is said line by line."""

import io
import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook

from allin.formats import CSV, neutral
from allin.lists.reading import MAX_BYTES, TableCSV, TableError, whole
from metrics.admin.tables import GroupResource, IndicatorResource, PlaceResource, SourceResource
from metrics.intake.registry import Registry
from metrics.models import Dimension, Group, GroupAlias, Indicator, Place, PlaceAlias, Source
from tests.coalition.desk import desk

pytestmark = pytest.mark.django_db

#: List → its resource, and the columns and one good line of a new record.
LISTS: dict[str, tuple[Any, str, str]] = {
    "indicator": (
        IndicatorResource,
        "slug,name,numerator,denominator,unit,decimals,year_axis,source",
        "new-{n},New {n},Who is counted,out of whom,percent,1,graduating class,all-in-compact",
    ),
    "group": (GroupResource, "slug,dimension,name,position,spellings", "new-{n},race,New {n},7,New{n} | Neu{n}"),
    "place": (PlaceResource, "code,name,kind,spellings", "99{n},New {n},school,New{n} | Neu{n}"),
    "source": (SourceResource, "slug,publisher,title,own_rule", "new-{n},The state,Title {n},no"),
}
WRITES = re.compile(r"INSERT|UPDATE|DELETE", re.IGNORECASE)


@pytest.fixture
def publisher() -> Client:
    return desk("publisher")


def lines(name: str, *rows: str, header: str = "") -> bytes:
    return "\n".join([header or LISTS[name][1], *rows]).encode()


def preview(client: Client, name: str, data: bytes) -> Any:
    sent = {"import_file": SimpleUploadedFile("list.csv", data), "format": "0", "resource": "0"}
    return client.post(f"/staff/metrics/{name}/import/", sent)


def confirm(client: Client, name: str, page: Any) -> Any:
    sent = {field.name: field.value() or "" for field in page.context["confirm_form"]}
    return client.post(f"/staff/metrics/{name}/process_import/", sent, follow=True)


def take(client: Client, name: str, *rows: str, header: str = "") -> str:
    """What the list says after the lines were previewed and confirmed."""
    page = preview(client, name, lines(name, *rows, header=header))
    assert "confirm_form" in page.context, refusals(page)
    answer = confirm(client, name, page).content.decode()
    (said,) = re.findall(r"(\d+ lines? (?:is|are) new\.[^<]*)", answer)
    return str(said)


def refusals(page: Any) -> list[str]:
    """Every sentence that says why a file was not taken."""
    assert page.status_code == 200
    form = page.context["form"]
    result = page.context.get("result")
    of_lines = [sentence for row in result.invalid_rows for sentence in row.error.messages] if result else []
    return [*form.errors.get("import_file", []), *of_lines]


def everything() -> list[Any]:
    return [list(model.objects.values()) for model in (Indicator, Group, GroupAlias, Place, PlaceAlias, Source)]


@pytest.mark.parametrize("name", LISTS)
class TestEachList:
    def test_its_export_comes_back_in_and_changes_nothing(self, name, publisher):
        resource = LISTS[name][0]
        boxes = dict.fromkeys(resource.columns().taken, "on")
        sent = {"format": "0", "resource": "0", **boxes}
        out = publisher.post(f"/staff/metrics/{name}/export/", sent).content
        before = everything()
        page = preview(publisher, name, out)
        assert {row.import_type for row in page.context["result"].rows} == {"skip"}, refusals(page)
        said = confirm(publisher, name, page).content.decode()
        assert f"0 lines are new. 0 have changed. {resource._meta.model.objects.count()} stay as they were." in said
        assert everything() == before

    def test_a_name_that_is_not_known_is_new_and_one_that_is_known_changes(self, name, publisher):
        resource, _header, row = LISTS[name]
        assert take(publisher, name, row.format(n=1)) == "1 line is new. 0 have changed. 0 stay as they were."
        renamed = row.format(n=1).replace("New 1", "Renamed").replace("Title 1", "Renamed")
        assert take(publisher, name, renamed, row.format(n=2)) == "1 line is new. 1 has changed. 0 stay as they were."
        made = resource._meta.model.objects.get(**{resource.key: row.format(n=1).split(",")[0]})
        assert "Renamed" in str(made)

    def test_a_preview_asks_the_database_to_write_nothing_at_all(self, name):
        resource, _header, row = LISTS[name]
        table = TableCSV(columns=resource.columns()).create_dataset(lines(name, row.format(n=1), row.format(n=2)))
        with CaptureQueriesContext(connection) as asked:
            result = resource().import_data(table, dry_run=True)
        assert [line.import_type for line in result.rows] == ["new", "new"]
        assert [query["sql"] for query in asked if WRITES.match(query["sql"])] == []

    def test_the_number_of_queries_does_not_grow_with_the_lines(self, name, publisher):
        def cost(first: int, last: int, change: str) -> int:
            rows = [
                LISTS[name][2].format(n=number).replace("Title", f"Title {change}") for number in range(first, last)
            ]
            rows = [row.replace(",New ", f",New {change}") for row in rows]
            page = preview(publisher, name, lines(name, *rows))
            with CaptureQueriesContext(connection) as asked:
                answer = confirm(publisher, name, page)
            assert answer.status_code == 200
            return len(asked)

        cost(1, 2, "")  # what is kept for the life of a process
        assert cost(10, 12, "") == cost(20, 60, ""), "new lines"
        assert cost(10, 12, "again ") == cost(20, 60, "again "), "changed lines"

    def test_nothing_of_the_file_is_left_on_disk_whether_or_not_it_is_confirmed(
        self, name, publisher, tmp_path, monkeypatch
    ):
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        before = set(Path(tmp_path).iterdir())
        good = preview(publisher, name, lines(name, LISTS[name][2].format(n=1)))
        preview(publisher, name, lines(name, "ZZCANARY"))
        preview(publisher, name, b"ZZCANARY\xff")
        assert set(Path(tmp_path).iterdir()) == before
        confirm(publisher, name, good)
        assert set(Path(tmp_path).iterdir()) == before

    def test_only_who_changes_it_by_hand_may_import_it(self, name, publisher):
        page = preview(publisher, name, lines(name, LISTS[name][2].format(n=1)))
        sent = {field.name: field.value() or "" for field in page.context["confirm_form"]}
        before = everything()
        for role in ("data entry", "committee"):
            client = desk(role)
            assert preview(client, name, lines(name, LISTS[name][2].format(n=1))).status_code == 403
            assert client.post(f"/staff/metrics/{name}/process_import/", sent).status_code == 403
            assert "/import/" not in client.get(f"/staff/metrics/{name}/").content.decode()
        assert everything() == before
        assert "/import/" in publisher.get(f"/staff/metrics/{name}/").content.decode()

    def test_one_bad_line_takes_the_whole_file_back(self, name, publisher):
        before = everything()
        good, doubled = LISTS[name][2].format(n=1), LISTS[name][2].format(n=2)
        page = preview(publisher, name, lines(name, good, doubled, doubled))
        assert refusals(page)[0].startswith("Line 4: line 3 is about the same.")
        assert "Nothing was written." in page.content.decode()
        assert everything() == before

    def test_every_page_names_the_columns_of_the_file(self, name, publisher):
        page = publisher.get(f"/staff/metrics/{name}/import/").content.decode()
        for column in LISTS[name][0].columns().taken:
            assert f"<code>{column}</code>" in page


#: A new source, indicator, group or place, and what is wrong with it: list, header, line, sentence.
WRONG = [
    ("source", "slug,publisher", "edsight-colege-entrance,x",
     "slug: “edsight-colege-entrance” is not known (did you mean “edsight-college-entrance”?), and a new line needs"),
    ("source", "slug,title", "zzz,", "slug: “zzz” is not known, and a new line needs “publisher”, “title”."),
    ("source", "slug,title", ",A title", "slug: this cell is empty; it says what the line is about."),
    ("source", "slug,title", "all-in-compact,", "title: This field cannot be blank."),
    ("source", "slug,title", "ALL-IN-COMPACT,x", "slug: “ALL-IN-COMPACT” is known as “all-in-compact”; write it so."),
    ("source", "slug,title", f"all-in-compact,{'x' * 241}", "title: Ensure this value has at most 240 characters"),
    ("source", "slug,url", "all-in-compact,not an address", "url: Enter a valid URL."),
    ("source", "slug,accessed", "all-in-compact,11/22/2026", "accessed: “11/22/2026” is not a day; write it like"),
    ("source", "slug,accessed", "all-in-compact,2026-02-31", "accessed: “2026-02-31” is not a day; write it like"),
    ("source", "slug,own_rule", "all-in-compact,maybe", "own_rule: “maybe” is neither “yes” nor “no”."),
    ("source", "slug,own_rule", "all-in-compact,", "own_rule: this cell is empty."),
    ("source", "slug,title", "all-in-compact,=HYPERLINK(1)", "title: this cell is a formula; paste the value itself."),
    ("source", "slug,title", "all-in-compact,+cmd|' /C calc'!A0", "title: this cell is a formula;"),
    ("source", "slug,title", "all-in-compact,Zero\u200bwidth", "title: this cell has a letter that cannot be seen;"),
    ("source", "slug,note", "all-in-compact,Right\u202eto left", "note: this cell has a letter that cannot be seen;"),
    ("source", "slug,note", "all-in-compact,a\x00b", "note: this cell has a letter that cannot be seen;"),
    ("source", "slug,title", 'all-in-compact,"two\nlines"', "title: this cell has a letter that cannot be seen;"),
    ("indicator", "slug,source", "graduation-4yr,all-in-compct",
     "source: “all-in-compct” is not known; did you mean “all-in-compact”?"),
    ("indicator", "slug,source", "graduation-4yr,zzzzzz", "source: “zzzzzz” is not known."),
    ("indicator", "slug,source", "graduation-4yr,", "source: this cell is empty."),
    ("indicator", "slug,unit", "graduation-4yr,percents", "unit: “percents” is not known; did you mean “percent”?"),
    ("indicator", "slug,unit", "graduation-4yr,zzz", "unit: “zzz” is not known; known are percent, dollars, students."),
    ("indicator", "slug,unit", "graduation-4yr,", "unit: This field cannot be blank."),
    ("indicator", "slug,decimals", "graduation-4yr,1.5", "decimals: “1.5” is not a whole number"),
    ("indicator", "slug,decimals", "graduation-4yr,٢", "decimals: “٢” is not a whole number"),
    ("indicator", "slug,decimals", "graduation-4yr,'-1", "decimals: “-1” is not a whole number"),
    ("indicator", "slug,decimals", "graduation-4yr,5", "decimals: Ensure this value is less than or equal to 4."),
    ("indicator", "slug,decimals", "graduation-4yr,", "decimals: this cell is empty."),
    ("indicator", "slug,lag_months", "graduation-4yr,99999", "lag_months: “99999” is not a whole number from 0"),
    ("indicator", "slug,higher_is_better", "graduation-4yr,1", "higher_is_better: “1” is neither “yes” nor “no”."),
    ("indicator", "slug,numerator", f"graduation-4yr,{'x' * 301}", "numerator: This is longer than 300 letters."),
    ("group", "slug,dimension", "black,rase", "dimension: “rase” is not known; did you mean “race”?"),
    ("group", "slug,name", "black,", "name: This field cannot be blank."),
    ("group", "slug,spellings", "black,Blacks",
     "spellings: files are read by “Black | Black or African American | Black, not of Hispanic Origin”; leave it"),
    ("group", "slug,spellings", "gifted,x", "slug: “gifted” is not known, and a new line needs “dimension”, “name”."),
    ("group", "slug,spellings", "grade-12,Grade 12 | ell", "spellings: “ell” is English Learners already."),
    ("group", "slug,spellings", "grade-12,Grade 12 | asian", "spellings: “asian” is Asian already."),
    ("group", "slug,spellings", f"grade-12,Grade 12 | {'x' * 121}", "is longer than 120 letters."),
    ("place", "code,name", "640011,Hartford", "code: “640011” is known as “0640011”; write it so."),
    ("place", "code,kind", "0640011,town", "kind: “town” is not known; known are district, school, state,"),
    ("place", "code,kind", "0640011,shcool", "kind: “shcool” is not known; did you mean “school”?"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "header", "row", "sentence"), WRONG)
def test_what_is_wrong_with_a_line_is_said_in_one_sentence_with_its_number(
    name: str, header: str, row: str, sentence: str, publisher: Client
) -> None:
    before = everything()
    page = preview(publisher, name, lines(name, "", row, header=header))
    (said,) = refusals(page)
    assert said.startswith("Line 3: ")
    assert sentence in said
    assert said.endswith((".", "?", ")", ";")), said
    assert everything() == before


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("group", b"slug,nmae\n", "The list of student groups has no column “nmae”; did you mean “name”?"),
        ("source", b"slug,phone\n", "The list of sources has no column “phone”; its columns are slug, publisher,"),
        ("indicator", b"name\nx", "The file needs the column “slug”, to say what a line is about."),
        ("place", b"name,slug\nx,y", "The list of places has no column “slug”;"),
        ("place", b"name\nx", "The file needs the column “code”, to say what a line is about."),
        ("place", b"code,code\nx,y", "The column “code” is there twice."),
        ("place", b"code,name\n", "The file has a header and no lines under it."),
        ("place", b"code,name\n1,a,b\n", "Line 2 has 3 cells and the header has 2; put quotes around commas."),
        ("place", b"code,name\n1,Caf\xe9\n", "This is not a CSV file in UTF-8;"),
        ("place", b"PK\x03\x04 a workbook", "The workbook is damaged; open it in Excel and save it again as .xlsx."),
        ("place", b"x" * (MAX_BYTES + 1), "The file has 2 MB; at most 1 MB are taken."),
    ],
)
def test_a_file_that_is_no_such_list_is_refused_beside_its_field(
    name: str, data: bytes, sentence: str, publisher: Client
) -> None:
    (said,) = refusals(preview(publisher, name, data))
    assert said.startswith(sentence), said


class TestSpellings:
    def test_a_spelling_that_a_file_adds_is_one_that_figures_are_read_by(self, publisher):
        row = "grade-12,Grade 12 | Seniors | 12|| or more"
        assert take(publisher, "group", row, header="slug,spellings").endswith("1 has changed. 0 stay as they were.")
        assert {"seniors", "12| or more"} <= set(Registry.load().groups)
        (out,) = [one for one in GroupResource().export().dict if one["slug"] == "grade-12"]
        assert out["spellings"] == "12|| or more | Grade 12 | Seniors"
        assert take(publisher, "group", f"grade-12,{out['spellings']}", header="slug,spellings").startswith("0 lines")

    def test_two_lines_cannot_both_have_a_spelling(self, publisher):
        rows = ["new-1,race,New 1,1,Same", "new-2,race,New 2,2,same"]
        assert refusals(preview(publisher, "group", lines("group", *rows))) == [
            "Line 3: spellings: “same” is New 1 already."
        ]

    def test_without_the_column_spellings_stay(self, publisher):
        take(publisher, "place", "0640011,Hartford Public Schools", header="code,name")
        assert PlaceAlias.objects.filter(place__code="0640011").exists()

    def test_many_spellings_cost_no_more_queries_than_one(self, publisher, django_assert_num_queries):
        take(publisher, "group", "grade-11,Grade 11 | a first", header="slug,spellings")  # fills what a process keeps
        with CaptureQueriesContext(connection) as one:
            take(publisher, "group", "grade-12,Grade 12 | a", header="slug,spellings")
        many = " | ".join(f"a{number}" for number in range(50))
        with django_assert_num_queries(len(one)):
            take(publisher, "group", f"grade-12,Grade 12 | a | {many}", header="slug,spellings")


class TestConfirming:
    def test_what_somebody_changed_after_the_preview_is_not_written_over(self, publisher):
        page = preview(publisher, "source", lines("source", "all-in-compact,Ours", header="slug,title"))
        Source.objects.filter(slug="all-in-compact").update(title="Theirs")
        answer = confirm(publisher, "source", page).content.decode()
        assert "Somebody changed this list after the preview; send the file again." in answer
        assert Source.objects.get(slug="all-in-compact").title == "Theirs"

    def test_a_preview_of_one_list_cannot_be_confirmed_for_another(self, publisher):
        page = preview(publisher, "source", lines("source", "zz,The state,Title,no"))
        answer = confirm(publisher, "place", page)
        assert "This preview is older than a day" in answer.content.decode()

    def test_a_form_made_up_by_hand_is_refused(self, publisher):
        before = everything()
        made_up = {"import_file_name": "x", "original_file_name": "x", "format": "0", "seen": "x"}
        answer = publisher.post("/staff/metrics/source/process_import/", made_up)
        assert "This preview is older than a day" in answer.content.decode()
        assert everything() == before

    def test_a_double_press_changes_nothing_twice(self, publisher):
        page = preview(publisher, "source", lines("source", "zz,The state,Title,no"))
        confirm(publisher, "source", page)
        confirm(publisher, "source", page)
        assert Source.objects.filter(slug="zz").count() == 1

    def test_the_history_says_that_it_came_from_a_file_and_who_sent_it(self, publisher):
        take(publisher, "group", "grade-12,Grade 12 | Seniors", header="slug,spellings")
        entry = LogEntry.objects.get(content_type__model="group")
        assert (entry.object_repr, entry.user.username) == ("Grade 12", "publisher")
        assert entry.get_change_message() == "Taken from a file."


class TestTexts:
    def test_a_text_that_only_ends_its_lines_in_another_way_is_the_same(self, publisher):
        Source.objects.filter(slug="all-in-compact").update(note="One\r\nTwo \r\n")
        said = take(publisher, "source", 'all-in-compact,"One\nTwo"', header="slug,note")
        assert said == "0 lines are new. 0 have changed. 1 stays as it was.", "as spreadsheets keep it"

    @pytest.mark.parametrize(
        "text", ["=1+1", "+1", "-1", "@x", "'=1", "''=1", "'quoted'", "'", "=", "a\u00adb", "|", 'a,b;"c"']
    )
    def test_any_text_goes_out_and_comes_back_as_it_was(self, text, publisher):
        Source.objects.filter(slug="all-in-compact").update(title=text, note=text)
        assert whole(neutral(text)) == text
        before = everything()
        data = CSV().export_data(SourceResource().export()).encode()
        page = preview(publisher, "source", data)
        assert {row.import_type for row in page.context["result"].rows} == {"skip"}, refusals(page)
        confirm(publisher, "source", page)
        assert everything() == before

    def test_a_telephone_number_and_a_dash_are_no_formulas(self, publisher):
        take(publisher, "source", "all-in-compact,+1 (860) 555-0100", header="slug,note")
        assert Source.objects.get(slug="all-in-compact").note == "+1 (860) 555-0100"

    def test_what_a_cell_holds_is_text_on_the_page_and_no_markup(self, publisher):
        page = preview(publisher, "source", lines("source", "zz,<script>alert(1)</script>,Title,no")).content.decode()
        assert "<script>alert" not in page
        page = preview(publisher, "source", lines("source", "<b>zz</b>,x,Title,no")).content.decode()
        assert "<b>zz" not in page

    def test_an_unknown_format_of_a_file_is_no_error_of_the_page(self):
        with pytest.raises(TableError, match="cannot be read as CSV"):
            TableCSV(columns=SourceResource.columns()).create_dataset('slug\n"open')


FIGURES = [one for model, one in admin.site._registry.items() if model._meta.app_label == "metrics"]


class TestWhatAnAddressMayAsk:
    @pytest.mark.parametrize(
        "asked",
        [
            "observation/?recorded_by__username__startswith=a",
            "observation/?superseded_by__isnull=1",
            "observation/?source_file__sha256=1",
            "batch/?received_by__password__startswith=a",
            "publishedcell/?observation__value__gt=1",
            "group/?aliases__spelling=x",
            "indicator/?source__note__contains=x",
            "release/?published_by__email=x",
        ],
    )
    def test_it_asks_a_list_of_figures_for_nothing_but_its_filters(self, asked):
        root = User.objects.create_superuser("root")
        client = Client()
        client.force_login(root, backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(f"/staff/metrics/{asked}").status_code == 400

    @pytest.mark.parametrize(
        "asked",
        [
            "observation/?stands=yes",
            "observation/?place__kind__exact=district&status__exact=final",
            "observation/export/?indicator__id__exact=1",
            "batch/?state__exact=waiting",
            "indicator/?higher_is_better__isnull=1",
            "indicator/?higher_is_better__exact=1&unit__exact=percent&q=rate",
            "group/?dimension__id__exact=1",
            "source/?publisher=x",
            "place/?kind__exact=school&o=1",
        ],
    )
    def test_what_its_filters_ask_is_answered(self, asked):
        assert desk("publisher").get(f"/staff/metrics/{asked}").status_code == 200

    @pytest.mark.parametrize(
        "one", [one for model, one in admin.site._registry.items() if model._meta.app_label == "metrics"], ids=str
    )
    def test_every_filter_that_a_list_shows_may_be_used(self, one):
        request = RequestFactory().get("/")
        request.user = User(is_superuser=True, is_staff=True, is_active=True)
        cl = one.get_changelist_instance(request)
        offered = {name for spec in cl.filter_specs for name in spec.expected_parameters()}
        assert [name for name in offered if not one.lookup_allowed(name, "1", request)] == []


def test_the_dimension_of_a_group_is_written_by_its_short_name() -> None:
    assert {one["dimension"] for one in GroupResource().export().dict} <= set(
        Dimension.objects.values_list("slug", flat=True)
    )


def test_a_list_may_come_as_a_workbook() -> None:
    book, out = Workbook(), io.BytesIO()
    book.active.append(["slug", "name", "dimension", "spellings"])
    book.active.append(["veterans", "Children of veterans", "housing"])
    book.save(out)
    table = TableCSV(columns=GroupResource.columns()).create_dataset(out.getvalue())
    assert [row[:4] for row in table] == [("veterans", "Children of veterans", "housing", "")]
