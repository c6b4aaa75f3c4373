"""Programs: the steps they serve, gaps and overlaps, and who shared for which year."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from coalition.roster import Coalition, Edition, Program, Role, RoleHeld, SignatureLine, When
from dashboard.pages.coalition.programs import ProgramsPage, programs_page

from . import samples
from .samples import PROGRAMS, PUBLISHED
from .test_team_pages import publish

BRIDGE, TUTORS, VISITS, MENTORS = PROGRAMS
SIGNED = SignatureLine(1, False, When(None, "October 2016"), "", "", None, None)
PROVIDES = RoleHeld(Role.PROGRAM_PROVIDER, When(None, "2016"), None, None)
#: Everybody signed in 2016 as a program provider, and so promised to share.
EDITION = replace(
    samples.EDITION,
    coalition=replace(
        samples.EDITION.coalition,
        organizations=tuple(
            replace(one, roles=(PROVIDES,), signatures=(SIGNED,)) for one in samples.EDITION.coalition.organizations
        ),
    ),
)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def page_of(*programs: Program) -> ProgramsPage:
    return programs_page(replace(EDITION, coalition=replace(EDITION.coalition, programs=programs)))


def printed(page: ProgramsPage) -> str:
    request = RequestFactory().get("/")
    return " ".join(render_to_string("pages/coalition/programs.html", {"page": page}, request=request).split())


def test_the_answer_counts_programs_gaps_and_overlaps() -> None:
    assert programs_page(EDITION).answer == (
        "Three programs of three organizations run now. One step is served by none of them. "
        "At one step, more than one organization works."
    )


def test_every_step_says_who_serves_it() -> None:
    way = programs_page(EDITION).way
    assert [(one.number, one.look, [link.name.text for link in one.programs]) for one in way] == [
        (1, "served", ["Sample Tutors"]),
        (2, "served", ["Sample Tutors"]),
        (3, "overlap", ["Sample Bridge", "Sample Tutors"]),
        (4, "served", ["Sample Bridge"]),
        (5, "served", ["Sample Mentors"]),
        (6, "gap", []),
    ]
    assert way[2].words == "Two programs of two organizations"
    assert way[5].words == "No program on record"


def test_a_program_that_is_over_closes_no_gap() -> None:
    page = page_of(VISITS, MENTORS)
    assert page.way[1].look == "gap"
    assert page.providers[0].programs[0].is_over


def test_programs_stand_under_their_organizations_with_the_steps_they_serve() -> None:
    page = programs_page(EDITION)
    assert [
        (one.organization.name.text, [line.program.name.text for line in one.programs]) for one in page.providers
    ] == [
        ("Sample College", ["Sample Bridge"]),
        ("Sample Youth Program with a Long Name to Break over Lines", ["Sample Tutors", "Sample Campus Visits"]),
        ("Sample Employer Group", ["Sample Mentors"]),
    ]
    assert [serves for _step, serves in page.providers[0].programs[0].steps] == [False, False, True, True, False, False]


def test_each_program_says_for_which_school_years_it_shared_the_newest_first() -> None:
    page = programs_page(EDITION)  # of November 2026: the school year that ended in 2025 is the last one that is due
    lines = [line for each in page.providers for line in each.programs]
    assert {tuple(one.year for one in line.years) for line in lines} == {("2024–25", "2023–24", "2022–23", "2021–22")}
    assert {line.key: [one.look for one in line.years] for line in lines} == {
        "sample-bridge": ["shared", "not_shared", "shared", "not_shared"],
        "sample-tutors": ["shared", "shared", "not_running", "not_running"],  # it began in September 2023
        "sample-visits": ["not_running", "not_shared", "shared", "unknown"],
        "sample-mentors": ["unknown", "unknown", "unknown", "unknown"],
    }
    assert page.sharing == "Two of three programs shared figures for 2024–25"
    assert page.ahead == ()


def test_every_program_and_every_shared_year_lead_to_the_program_itself() -> None:
    page = programs_page(EDITION)
    (bridge,) = page.providers[0].programs
    assert bridge.program.url == page.way[3].programs[0].url == "/programs/sample-bridge/"
    assert [one.url for one in bridge.years] == [
        "/programs/sample-bridge/#y2025",
        "",
        "/programs/sample-bridge/#y2023",
        "",
    ]


def test_a_year_that_is_not_over_is_not_called_missing() -> None:
    page = page_of(replace(BRIDGE, shared=(2025, 2026)), TUTORS)
    squares = [one.programs[0].years[0] for one in page.providers]
    assert [(one.year, one.look, one.words) for one in squares] == [
        ("2025–26", "shared", "shared"),
        ("2025–26", "ahead", "not due yet"),
    ]


def test_a_year_that_was_shared_before_it_is_due_does_not_contradict_the_heading() -> None:
    page = page_of(replace(BRIDGE, shared=(2026,)))
    assert page.sharing == "No program has shared figures for 2024–25"
    assert page.ahead == ("One program has already shared figures for 2025–26, which are not due yet.",)
    assert page.ahead[0] in printed(page)


def test_a_school_year_is_written_in_one_way_everywhere() -> None:
    text = printed(page_of(replace(BRIDGE, shared=(2025, 2026)), TUTORS))
    assert set(re.findall(r"\b20\d\d(?:–\d\d)?\b", text.partition("<main")[2].partition('id="shared-h"')[2])) == {
        "2021–22",
        "2022–23",
        "2023–24",
        "2024–25",
        "2025–26",
    }


@pytest.mark.parametrize(
    ("programs", "heading"),
    [
        ((replace(TUTORS, shared=()),), "No program has shared figures for 2024–25"),
        ((BRIDGE,), "The one program running then shared figures for 2024–25"),
        ((BRIDGE, TUTORS), "All two programs running then shared figures for 2024–25"),
    ],
)
def test_the_heading_counts_those_that_ran(programs: tuple[Program, ...], heading: str) -> None:
    assert page_of(*programs).sharing == heading


def test_nothing_is_held_against_a_provider_that_had_not_promised_to_share() -> None:
    """It never signed; or it signed and holds no role of a provider."""
    unsigned = {"signatures": ()}, {"roles": ()}
    for nothing in unsigned:
        coalition = EDITION.coalition
        freed = replace(
            coalition,
            organizations=tuple(replace(one, **nothing) for one in coalition.organizations),
            programs=(replace(TUTORS, shared=()),),
        )
        page = programs_page(replace(EDITION, coalition=freed))
        (line,) = page.providers[0].programs
        assert {one.look for one in line.years} == {"no_promise"}
        assert {one.words for one in line.years} == {"not shared, and not promised"}
        assert page.sharing == "Nobody had promised figures for 2024–25"


def test_of_a_program_that_does_not_say_which_steps_it_serves_no_gap_is_said() -> None:
    page = page_of(BRIDGE, replace(TUTORS, steps=()))
    assert {one.look for one in page.way if not one.programs} == {"unknown"}
    assert page.answer == "Two programs of two organizations run now."
    assert {serves for _step, serves in page.providers[1].programs[0].steps} == {None}
    assert printed(page).count("not known</span>") == 6


def test_while_nobody_has_registered_a_program_nothing_is_called_a_gap() -> None:
    page = programs_page(Edition(1, PUBLISHED, Coalition()))
    assert {(one.look, one.words) for one in page.way} == {("unknown", "Not known yet")}
    assert page.answer.startswith("No program has been registered yet")
    text = printed(page)
    assert "No program has been registered yet" in text
    assert 'role="table"' not in text


def test_programs_that_are_all_over_leave_gaps() -> None:
    page = page_of(VISITS)
    assert page.answer == "No program runs now; those on record have ended."
    assert {one.look for one in page.way} == {"gap"}


def test_the_first_day_of_a_year_makes_the_last_one_due() -> None:
    page = programs_page(replace(EDITION, published_at=datetime(2027, 1, 1, 12, tzinfo=UTC)))
    assert page.providers[0].programs[0].years[0].year == "2025–26"
    assert page.sharing.endswith("2025–26")


def test_before_the_first_edition_there_is_a_page_too() -> None:
    assert programs_page(Edition(0, None, Coalition())).as_of is None


def test_every_square_is_said_in_words() -> None:
    text = printed(programs_page(EDITION))
    assert text.count("serves it") >= 7
    for words in ("not known whether it ran", "did not run", "not shared"):
        assert words in text


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 30, 200])
def test_one_query_makes_it_however_many_there_are(client: Client, number: int, django_assert_num_queries: Any) -> None:
    programs = tuple(replace(BRIDGE, slug=f"program-{at}") for at in range(number))
    publish(replace(EDITION.coalition, programs=programs), 4000 + number)
    with django_assert_num_queries(2):  # which edition, and its content, which is new to this process
        assert client.get("/programs/").status_code == 200
    with django_assert_num_queries(1):
        assert client.get("/es/programs/").status_code == 200


@pytest.mark.django_db
def test_the_real_page_says_that_no_program_is_registered(client: Client) -> None:
    assert "No program has been registered yet" in client.get("/programs/").content.decode()
