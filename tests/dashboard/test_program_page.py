"""One program's page: what its provider sent, the staff accepted and a release shows, and nothing before."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone, translation

from coalition.actions.uploads import accept_upload, send_figures
from coalition.editions import publish as publish_edition
from coalition.models import Organization, Program, ProgramStep, RolePeriod, Upload
from dashboard.charts.words import program as said
from metrics.intake.layouts.stages import LIMITS, STAGES
from metrics.models import Release
from metrics.publishing.told import FROM_21_TO_39
from tests import releases
from tests.reading import lines

pytestmark = pytest.mark.django_db

HEADER = "group,served,accepted,enrolled,persisted,completed"
GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "program.txt"
#: The school year that ends in it is over, and due.
YEAR = timezone.localdate().year - 1
LARGE = ("all-students,120,100,80,60,30", "female,70,60,50,40,18", "male,50,40,30,20,12")
PAGE = "/programs/invented-bridge/"

Act = Callable[..., Any]


@pytest.fixture
def staff() -> User:
    return User.objects.create_user("clerk-of-programs", is_staff=True)


@pytest.fixture
def bridge() -> Program:
    return program("invented-bridge", "Invented Bridge")


def program(slug: str, name: str) -> Program:
    made: Program = Program.objects.create(
        organization=Organization.objects.get(slug="hartford-promise"),
        slug=slug,
        name=name,
        what="Six weeks on campus before the first year.",
        since=date(YEAR - 4, 1, 1),
    )
    ProgramStep.objects.create(program=made, step="summer")
    RolePeriod.objects.get_or_create(
        organization=made.organization, role="program_provider", defaults={"since": date(YEAR - 4, 1, 1)}
    )
    return made


def sent(one: Program, by: User, *sheet: str, year: int = YEAR) -> Upload:
    data = "\n".join([HEADER, *sheet]).encode()
    return send_figures(program=one, year=year, name="sheet.csv", data=data, by=by)


def accepted(one: Program, by: User, *sheet: str, year: int = YEAR, reason: str = "") -> None:
    accept_upload(upload=sent(one, by, *sheet, year=year), by=by, reason=reason)


def edition(by: User) -> None:
    publish_edition(by=by, summary="Programs.")


def release(by: User) -> Release:
    return releases.published("Figures of programs.")


def html(path: str = PAGE) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def text(path: str = PAGE) -> str:
    return " ".join(lines(html(path)))


def part(year: int, path: str = PAGE) -> str:
    """What the section of one year says."""
    found = re.search(rf'<section id="y{year}".*?</section>', html(path), re.DOTALL)
    assert found is not None
    return " ".join(lines(f"<main>{found[0]}</main>"))


def bars(year: int) -> list[str]:
    """All students: name, figure and counts of each stage."""
    found = re.search(rf'<section id="y{year}".*?role="rowgroup">(.*?)</div>\s*</div>\s*(?:<details|<p|</section)',
                      html(), re.DOTALL)  # fmt: skip
    assert found is not None
    rows = re.findall(r'<div role="row">(.*?)</div>\n', found[1], re.DOTALL)[-len(STAGES) :]
    return [" ".join(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", row, flags=re.DOTALL).split()) for row in rows]


def short(year: int) -> str:
    return f"{year - 1}–{year % 100:02}"


class TestWhatIsPublic:
    def test_accepted_and_released_figures_are_on_the_page_of_their_program(self, bridge, staff):
        accepted(bridge, staff, *LARGE)
        edition(staff)
        number = release(staff).number
        assert bars(YEAR) == [
            "Students served 120",
            "Accepted by a college 83% 100 of 120",
            "Enrolled in college 67% 80 of 120",
            "Persisted in college 50% 60 of 120",
            "Completed college 25% 30 of 120",
        ]
        told = part(YEAR)
        assert told.startswith(f"{short(YEAR)}: 120 students served")
        assert re.search(r"Female Students served 70 Accepted by a college 86% 60 of 70", told)
        assert "Source: Hartford Promise, Invented Bridge. Published here" in told
        assert f"The provider’s own report, as release {number} shows it." in told
        assert "Corrected" not in told

    def test_it_says_what_the_program_does_for_whom_and_what_the_words_mean(self, bridge, staff):
        accepted(bridge, staff, *LARGE)
        edition(staff)
        release(staff)
        told = text()
        assert "Six weeks on campus before the first year." in told
        assert '<a href="/coalition/hartford-promise/">Hartford Promise</a>' in html()
        assert "Steps it serves The summer before college" in told
        for stage in STAGES:
            assert f"{stage.name} {stage.numerator}." in told
        assert LIMITS in told
        assert "The board withholds groups of 1 to 20 students, counts of five or fewer" in told

    def test_the_list_of_programs_leads_to_it_and_it_leads_back(self, bridge, staff):
        accepted(bridge, staff, *LARGE)
        edition(staff)
        assert f'<a href="{PAGE}">Invented Bridge</a>' in html("/programs/")
        assert f'<a href="{PAGE}#y{YEAR}">' in html("/programs/")
        assert '<a href="/programs/">Programs</a>' in html()

    def test_a_correction_shows_the_new_figure_its_reason_and_not_the_old_one(self, bridge, staff):
        accepted(bridge, staff, *LARGE)
        edition(staff)
        release(staff)
        corrected = ("all-students,120,100,80,60,18", "female,70,60,50,40,12", "male,50,40,30,20,6")
        accepted(bridge, staff, *corrected, reason="Some were counted twice.")
        assert "Completed college 25% 30 of 120" in bars(YEAR)
        number = release(staff).number
        assert "Completed college 15% 18 of 120" in bars(YEAR)
        assert "Corrected: Some were counted twice." in part(YEAR)
        assert f"as release {number} shows it" in part(YEAR)
        assert "30 of 120" not in text()

    def test_every_year_has_its_own_section_the_newest_first(self, bridge, staff):
        accepted(bridge, staff, *LARGE, year=YEAR - 2)
        accepted(bridge, staff, *LARGE)
        edition(staff)
        release(staff)
        assert re.findall(r'<section id="y(\d+)"', html()) == [str(YEAR), str(YEAR - 2)]
        assert "Figures shared for two school years" in text()
        squares = re.findall(r'<i class="sh-(\w+)" aria-hidden="true"></i>(20\d\d–\d\d)', html())
        assert squares[:3] == [("shared", short(YEAR)), ("not_shared", short(YEAR - 1)), ("shared", short(YEAR - 2))]


class TestTheKindsOfNothing:
    def test_withheld_not_applicable_not_shared_and_zero_are_told_apart(self, bridge, staff):
        accepted(bridge, staff, "all-students,120,100,80,*,", "female,0,0,0,N/A,", "male,120,100,80,*,")
        edition(staff)
        release(staff)
        assert bars(YEAR)[3:] == [
            "Persisted in college Withheld to protect students’ privacy",
            "Completed college Not shared",
        ]
        told = part(YEAR)
        assert "Female Students served 0 Accepted by a college does not apply" in told
        assert "Persisted in college withheld to protect students’ privacy Completed college not shared" in told
        drawn = html().partition(f'<section id="y{YEAR}"')[2].partition("<details")[0]
        looks = re.findall(r'<rect class="(\w+)"', drawn)
        assert looks == ["rep", "rep", "rep", "voidh", "silent"]

    def test_what_does_not_apply_is_not_drawn(self, bridge, staff):
        accepted(bridge, staff, "all-students,120,100,80,60,N/A")
        edition(staff)
        release(staff)
        assert bars(YEAR)[4] == "Completed college Does not apply"
        assert html().count('<svg class="c c-') == 4
        assert "The report has no figures by group." in part(YEAR)

    def test_nobody_served_is_a_number(self, bridge, staff):
        accepted(bridge, staff, "all-students,0,0,0,0,0")
        edition(staff)
        release(staff)
        assert part(YEAR).startswith(f"{short(YEAR)}: no students served")
        assert bars(YEAR)[0] == "Students served 0"
        assert 'class="rep"' not in html()

    def test_a_year_that_is_withheld_whole_says_so_and_nothing_else(self, bridge, staff):
        accepted(bridge, staff, "all-students,18,12,10,8,7", "female,9,6,5,,", "male,9,6,5,,")
        edition(staff)
        release(staff)
        told = part(YEAR)
        assert told.startswith(f"{short(YEAR)}: withheld to protect students’ privacy The figures were shared.")
        assert (
            re.findall(r"\b(?:18|12|10|9|8|7|6)\b", re.sub(r"[A-Z]\w+ \d+, 20\d\d|20\d\d–\d\d|release \d+", "", told))
            == []
        )
        assert "Female" not in told

    def test_from_21_to_39_students_are_a_range_and_their_shares_stand_alone(self, bridge, staff):
        accepted(bridge, staff, "all-students,39,26,,,")
        edition(staff)
        release(staff)
        assert part(YEAR).startswith(f"{short(YEAR)}: from 21 to 39 students served")
        assert bars(YEAR)[:2] == ["Students served 21 to 39", "Accepted by a college 67%"]
        assert "26" not in part(YEAR).replace(str(YEAR + 1), "")
        assert said.is_of_few(FROM_21_TO_39)


class TestWhatIsNot:
    def test_a_sheet_that_waits_is_nowhere(self, bridge, staff):
        sent(bridge, staff, *LARGE)
        edition(staff)
        release_of_nothing = Client().get(PAGE).content.decode()
        assert "No figures shared yet" in release_of_nothing
        assert f'id="y{YEAR}"' not in release_of_nothing
        assert "120" not in text()

    def test_accepted_and_not_released_says_that_it_comes_and_no_figure(self, bridge, staff):
        accepted(bridge, staff, *LARGE)
        edition(staff)
        assert part(YEAR) == (
            f"{short(YEAR)}: accepted, not public yet The figures were shared and accepted. "
            "They become public with the next release of figures."
        )
        assert "What the words mean" not in text()

    def test_that_figures_were_accepted_is_not_told_before_an_edition_tells_it(self, bridge, staff):
        edition(staff)
        before = html()
        accepted(bridge, staff, *LARGE)
        assert html() == before
        assert "No figures shared yet" in before

    def test_released_figures_are_shown_although_no_edition_has_told_of_them(self, bridge, staff):
        accepted(bridge, staff, *LARGE, year=YEAR - 1)
        edition(staff)  # it knows the place of the program
        accepted(bridge, staff, *LARGE)
        release(staff)
        assert bars(YEAR)[0] == "Students served 120"
        assert "Figures shared for two school years" in text()

    def test_a_later_sheet_changes_nothing_before_its_release(self, bridge, staff):
        accepted(bridge, staff, *LARGE)
        edition(staff)
        release(staff)
        before = html()
        accepted(
            bridge, staff, "all-students,120,90,60,50,20", "female,70,50,35,30,11", "male,50,40,25,20,9", reason="R."
        )
        accepted(bridge, staff, *LARGE, year=YEAR - 1)
        assert html() == before

    def test_nothing_of_another_program_is_on_it(self, bridge, staff):
        other = program("invented-tutors", "ZZ-OTHER")
        accepted(bridge, staff, *LARGE)
        accepted(other, staff, "all-students,777,555,444,333,222", year=YEAR - 1)
        edition(staff)
        release(staff)
        page = html()
        for mark in ("ZZ-OTHER", "777", "555", "invented-tutors", f'id="y{YEAR - 1}"'):
            assert mark not in page
        assert "777" in html("/programs/invented-tutors/")

    def test_a_program_without_figures_has_a_page(self, bridge, staff):
        edition(staff)
        assert "No figures shared yet" in text()
        assert "not_shared" in html()

    def test_a_program_nobody_knows_is_not_found(self, bridge, staff):
        assert Client().get(PAGE).status_code == 404  # not before an edition names it
        edition(staff)
        assert Client().get(PAGE).status_code == 200
        assert Client().get("/programs/nobody/").status_code == 404


class TestServed:
    @pytest.mark.parametrize("others", [0, 29])
    def test_four_queries_make_it_however_many_programs_and_years_there_are(
        self, bridge, staff, others, django_assert_num_queries
    ):
        for number in range(others):
            one = program(f"invented-{number}", f"Invented {number}")
            accepted(one, staff, "all-students,300,200,150,,")
        for year in range(YEAR - 3 if others else YEAR, YEAR + 1):
            accepted(bridge, staff, *LARGE, year=year)
        edition(staff)
        release(staff)
        html()
        with django_assert_num_queries(4):  # which edition · release with definitions · cells · when they became public
            html()
        with django_assert_num_queries(1):  # the list needs no figures
            html("/programs/")

    def test_one_query_makes_it_while_nothing_was_sent(self, bridge, staff, django_assert_num_queries):
        edition(staff)
        html()
        with django_assert_num_queries(1):
            html()

    def test_a_release_changes_what_is_sent_again(self, bridge, staff):
        accepted(bridge, staff, *LARGE)
        edition(staff)
        first = Client().get(PAGE)
        assert Client().get(PAGE, headers={"If-None-Match": first["ETag"]}).status_code == 304
        release(staff)
        assert Client().get(PAGE, headers={"If-None-Match": first["ETag"]}).status_code == 200

    def test_what_a_provider_writes_is_printed_and_never_run(self, staff):
        one = program("invented-bridge", "<script>alert(1)</script>")
        accepted(one, staff, *LARGE)
        edition(staff)
        release(staff)
        assert "<script>alert" not in html()

    def test_every_word_and_number_is_pinned(self, bridge, staff, request):
        """As tests/test_numbers.py pins the other pages: the repository itself carries no figures of programs."""
        accepted(bridge, staff, *LARGE)
        edition(staff)
        release(staff)
        told = re.sub(r"\b[A-Z][a-z]+\.? \d{1,2}, 20\d\d\b", "DATE", "\n".join(lines(html()))) + "\n"
        for ago in range(6):
            told = told.replace(short(YEAR + 1 - ago), f"YEAR-{ago}")
        if request.config.getoption("--write-golden"):
            GOLDEN.write_text(told, encoding="utf-8")
        assert told == GOLDEN.read_text(encoding="utf-8")


class TestInSpanish:
    def test_it_exists_in_both_languages(self, bridge, staff):
        accepted(bridge, staff, *LARGE)
        edition(staff)
        release(staff)
        assert f'href="/es{PAGE}" hreflang="es"' in html()
        assert '<h1 lang="en">Invented Bridge</h1>' in html(f"/es{PAGE}")
        assert "120" in part(YEAR, f"/es{PAGE}")

    def test_what_the_board_says_of_the_stages_can_be_translated_word_for_word(self):
        with translation.override(None):
            texts = {LIMITS, *(text for stage in STAGES for text in (stage.name, stage.numerator))}
            texts |= {stage.denominator for stage in STAGES if stage.unit.value == "percent"}
            assert {said.translated(text) for text in texts} == texts

    def test_a_definition_that_the_staff_wrote_stays_in_its_own_language(self):
        assert said.translated("Students who were served lunch") == ""
