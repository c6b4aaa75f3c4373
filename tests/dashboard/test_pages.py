"""The pages as they are built from the door's dataclasses, made by hand here. No database."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from coalition import roster
from dashboard import pages
from dashboard.charts import svg
from metrics import published
from metrics.calc.cells import Cell, Known, Unit, Withheld, YearAxis
from metrics.published import (
    ALL_STUDENTS,
    CONNECTICUT,
    HARTFORD,
    Board,
    Definitions,
    DimensionInfo,
    GoalInfo,
    GoalReading,
    GroupInfo,
    IndicatorInfo,
    PlaceInfo,
    Point,
    ReleaseInfo,
    Series,
    SourceInfo,
    StatementInfo,
)
from metrics.published.goals import read_goal

SOURCE = SourceInfo("state", "The State", "Rates", "https://example.org/rates", "", None, "")
RELEASE = ReleaseInfo(3, datetime(2026, 11, 22, 15, tzinfo=UTC), "The class of 2025 was added.", "abc")
ALL, RACE = DimensionInfo("all", "All students"), DimensionInfo("race", "Race and ethnicity")
EVERYBODY = GroupInfo(ALL_STUDENTS, "All students", ALL)
GROUPS = tuple(GroupInfo(slug, slug.title(), RACE) for slug in ("asian", "black", "white"))
PLACES = {
    HARTFORD: PlaceInfo(HARTFORD, "Hartford", "district"),
    CONNECTICUT: PlaceInfo(CONNECTICUT, "Connecticut", "state"),
}

PUBLISHED = datetime(2026, 10, 1, tzinfo=UTC)
CAUCUS = roster.Document("Caucus", "https://example.org", "2017")
NOTHING, LAUNCH = roster.Words(), roster.When(text="October 2016")
COALITION = roster.Coalition(
    compacts=(roster.Compact(1, CAUCUS, LAUNCH, NOTHING, True, ()),),
    organizations=(
        roster.Organization(
            slug="hartford-promise",
            name="Hartford Promise",
            sector=roster.Sector.NONPROFIT,
            sector_note="",
            url="",
            what=NOTHING,
            logo="",
            roles=(),
            signatures=(roster.SignatureLine(1, False, LAUNCH, "", "", CAUCUS, 1),),
        ),
    ),
    teams=(
        roster.Team(
            slug="melt",
            number=1,
            name="Reduce Summer Melt",
            name_es="",
            summary=roster.Words("Works on it."),
            problem=NOTHING,
            why=NOTHING,
            goal="",
            sources=(CAUCUS,),
            life=(roster.LifeStep(roster.Step.REPORTED, roster.When(text="2016-17"), NOTHING, CAUCUS),),
            metric=None,
            members=(),
            strategies=(),
            resources=(),
        ),
    ),
)

Figures = dict[tuple[str, str, str], dict[int, Cell]]


def indicator(slug: str, decimals: int = 1) -> IndicatorInfo:
    return IndicatorInfo(
        slug,
        f"Rate of {slug}",
        Unit.PERCENT,
        decimals,
        True,
        "Some",
        "All",
        YearAxis.CLASS,
        SOURCE,
        "",
        None,
        "A limit.",
    )


def statement(slug: str, of: IndicatorInfo, baseline: str, year: int | None, *, is_current: bool) -> StatementInfo:
    document = {"compact": "The Compact", "launch": "Launch announcement"}[slug]
    return StatementInfo(
        slug,
        of,
        Decimal(baseline),
        year,
        False,
        "Where the year comes from.",
        Decimal(95),
        2025,
        document,
        "https://example.org",
        "2016",
        "",
        is_current,
    )


def rate(value: str) -> Known:
    return Known(Decimal(value))


OWN, COMPANION, ANNOUNCED = indicator("own"), indicator("companion"), indicator("announced")
GOAL = GoalInfo(
    "graduation",
    "High school graduation",
    (
        statement("compact", OWN, "71.5", 2014, is_current=True),
        statement("launch", OWN, "71.5", 2014, is_current=False),
    ),
    None,
)
RESTATED = replace(
    GOAL,
    statements=(GOAL.statements[0], statement("launch", ANNOUNCED, "50", None, is_current=False)),
    companion=COMPANION,
)
CITY: dict[int, Cell] = {
    2014: Known(Decimal("71.5"), 980, 1370),
    2019: Known(Decimal("72.5"), 998, 1376),
    2025: Known(Decimal("85.3"), 1019, 1194),
}
BY_GROUP: Figures = {
    ("own", HARTFORD, ALL_STUDENTS): CITY,
    ("own", CONNECTICUT, ALL_STUDENTS): {2014: rate("87.0"), 2019: rate("88.5")},
    ("own", HARTFORD, "asian"): {2014: rate("84.0"), 2019: rate("88.0")},
    ("own", HARTFORD, "black"): {2014: rate("75.4"), 2019: rate("75.2")},
    ("own", HARTFORD, "white"): {2014: Withheld(), 2019: Withheld()},
}
ELSEWHERE: Figures = {
    ("own", HARTFORD, ALL_STUDENTS): {2014: rate("71.5"), 2018: rate("73.0")},
    ("companion", HARTFORD, ALL_STUDENTS): {2014: rate("58.0")},
    ("companion", HARTFORD, "asian"): {2014: rate("76.6")},
    ("companion", HARTFORD, "black"): {2014: rate("63.4")},
}
ALONE: Figures = {("own", HARTFORD, ALL_STUDENTS): {2014: rate("71.5"), 2018: rate("73.0")}}


def reading(goal: GoalInfo, figures: Figures) -> GoalReading:
    known = {info.slug: info for info in (OWN, COMPANION, ANNOUNCED)}

    def find(slug: str, place: str, group: str) -> Series:
        cells = figures.get((slug, place, group), {})
        points = tuple(Point(year, cell, SOURCE) for year, cell in cells.items())
        info = next(one for one in (EVERYBODY, *GROUPS) if one.slug == group)
        return Series(known[slug], PLACES.get(place, PLACES[CONNECTICUT]), info, points)

    def find_groups(slug: str, place: str) -> tuple[Series, ...]:
        return tuple(find(slug, place, group.slug) for group in GROUPS if (slug, place, group.slug) in figures)

    return read_goal(goal, find, find_groups, 2026)


def goal_page(goal: GoalInfo, figures: Figures) -> pages.GoalPage:
    return pages.goal_page(published.GoalPage(RELEASE, reading(goal, figures), None, None, ()))


def board(*readings: GoalReading) -> Board:
    return Board(RELEASE, (RELEASE,), Definitions(), readings)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def unmeasured(targets: Iterable[published.Target]) -> tuple[published.Measure | None, ...]:
    """What the door says where nothing of a team was ever published."""
    return tuple(None for _ in targets)


class TestHome:
    def page(self) -> pages.HomePage:
        readings = (reading(GOAL, BY_GROUP), reading(RESTATED, ELSEWHERE), reading(GOAL, ALONE))
        return pages.home_page(board(*readings), roster.Edition(1, PUBLISHED, COALITION), unmeasured)

    def test_it_opens_with_the_answer_and_the_count(self) -> None:
        page = self.page()
        assert f"{page.headline.question} {page.headline.answer}" == "Are we there? Not yet."
        assert page.counting == "One target was missed. Two have no 2025 result yet."
        assert page.lead.endswith("That year is over.")

    def test_every_goal_has_its_three_places(self) -> None:
        page = self.page()
        assert [len(part) for part in (page.rules, page.panels, page.gaps)] == [3, 3, 3]
        assert page.rules[0].distance == "9.7 points short"
        assert page.panels[0].finding == "13.8 of the 23.5 points needed"

    def test_a_gap_nobody_reported_is_shown_as_unknown(self) -> None:
        own, borrowed, none = self.page().gaps
        assert (own.number, own.unit, own.badge) == ("12.8", "points", None)
        assert "The coalition’s own figures are not broken down by group." in borrowed.sentence
        assert none.badge is not None
        assert none.badge.word == "No figures by group"

    def test_it_names_who_signed(self) -> None:
        assert [one.name.text for one in self.page().signers] == ["Hartford Promise"]

    def test_a_team_without_a_metric_says_so(self) -> None:
        assert self.page().teams[0].badge.word == "No baseline or target on record"

    def test_years_nobody_reported_are_rows(self) -> None:
        rows = {row.head: [cell.text for cell in row.cells] for row in self.page().panels[0].table.rows}
        assert rows["2014"] == ["71.5", "71.5", "0.0"]
        assert rows["2020"] == ["not yet reported", "84.3", "not yet reported"]
        assert rows["2025"] == ["85.3", "95.0", "−9.7"]

    def test_what_was_published_of_figures_and_of_the_coalition_is_one_list_newest_first(self) -> None:
        published_at = datetime(2026, 11, 1, tzinfo=UTC)
        updates = tuple(
            roster.Update(number, published_at.replace(year=2020 + number), f"Edition {number}.")
            for number in (9, 8, 3, 2, 1)
        )
        edition = roster.Edition(9, updates[0].published_at, COALITION, updates)
        page = pages.home_page(board(reading(GOAL, ALONE)), edition, unmeasured)
        days = [update.published_at for update in page.updates]
        assert days == sorted(days, reverse=True)
        assert len(days) == 5
        assert page.updates[0].summary.text == "Edition 9."

    def test_an_empty_board_is_a_page_too(self) -> None:
        page = pages.home_page(
            Board(None, (), Definitions(), ()), roster.Edition(0, None, roster.Coalition()), unmeasured
        )
        assert page.headline.answer == "We cannot say yet."
        assert page.lead == "Nothing has been published on this board yet."


class TestGoal:
    def test_the_facts_under_the_title(self) -> None:
        facts = {fact.label: (fact.value, fact.note) for fact in goal_page(GOAL, BY_GROUP).facts}
        assert facts["Start"] == ("71.5%", "")
        assert facts["Class of 2025"] == ("85.3%", "")
        assert facts["Gap to target"] == ("9.7", "points")
        assert facts["Change since start"] == ("+13.8", "points")
        assert facts["In young people"] == ("116", "more graduates needed in a class of 1,194")

    def test_a_restated_start_shows_the_old_figure(self) -> None:
        page = goal_page(RESTATED, ELSEWHERE)
        assert page.facts[0].struck == ("50%",)
        assert page.notes[0].title == "The start changed."
        assert [one.badge.word for one in page.statements] == ["2025 not yet reported", "Not comparable"]

    def test_groups_side_by_side(self) -> None:
        (group_set,) = goal_page(GOAL, BY_GROUP).groups.sets
        assert group_set.year == "class of 2019"
        assert [(row.name, row.rate, row.to_best, row.to_target) for row in group_set.rows[:2]] == [
            ("Asian", "88.0", "highest", "7.0"),
            ("Black", "75.2", "12.8", "19.8"),
        ]
        withheld = group_set.rows[2]
        assert withheld.badge is not None
        assert withheld.badge.word == "Withheld to protect students’ privacy"
        assert not any(character.isdigit() for character in withheld.rate)

    def test_groups_of_another_indicator_have_no_target(self) -> None:
        groups = goal_page(RESTATED, ELSEWHERE).groups
        assert groups.intro[0].startswith("The coalition’s own figures are not broken down by group.")
        assert not groups.has_target
        assert {row.to_target for one in groups.sets for row in one.rows} == {""}

    def test_no_groups_at_all(self) -> None:
        groups = goal_page(GOAL, ALONE).groups
        assert groups.heading == "By group: not known"
        assert groups.sets == ()

    def test_the_state_beside_hartford(self) -> None:
        comparison = goal_page(GOAL, BY_GROUP).comparison
        assert comparison is not None
        assert comparison.heading == "16.0 points below Connecticut, up from 15.5"
        assert goal_page(GOAL, ALONE).comparison is None

    def test_the_method_card_carries_the_numbers(self) -> None:
        card = {line.name: (line.numbers, line.result) for line in goal_page(GOAL, BY_GROUP).card}
        assert card["Distance to the target"] == ("95 − 85.3", "9.7 points")
        assert card["Share of the way made"] == ("(85.3 − 71.5) ÷ (95 − 71.5)", "59%")

    def test_the_figure_to_explore_holds_the_same_values(self) -> None:
        drawn = pages.figure(published.GoalPage(RELEASE, reading(GOAL, BY_GROUP), None, None, ()))
        hartford = dict(zip(drawn["data"][0]["x"], drawn["data"][0]["y"], strict=True))
        assert (hartford[2014], hartford[2020], hartford[2025]) == (71.5, None, 85.3)


class TestHowToRead:
    def test_every_badge_is_shown_once_or_more(self) -> None:
        examples = pages.how_to_read().examples
        shapes = {example.badge.shape for example in examples}
        assert shapes == {"check", "cross", "clock", "up", "half", "down", "away", "level", "unequal", "veil", "bar"}
        assert all(isinstance(example.far, svg.Chart) for example in examples)


@pytest.mark.parametrize("figures", [BY_GROUP, ELSEWHERE, ALONE])
@pytest.mark.parametrize("goal", [GOAL, RESTATED])
def test_a_goal_page_has_one_heading_and_no_repeated_id(goal: GoalInfo, figures: Figures) -> None:
    request = RequestFactory().get("/goals/graduation/")
    html = render_to_string("pages/goal.html", {"page": goal_page(goal, figures)}, request)
    ids = [part.split('"')[0] for part in html.split(' id="')[1:]]
    assert html.count("<h1") == 1
    assert len(ids) == len(set(ids))
    assert 'href="#"' not in html
    assert "None" not in html
