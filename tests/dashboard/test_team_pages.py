"""The action teams' pages: what they say of sample teams, of the two real ones, and what they cost."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

import msgspec
import pytest
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import timezone, translation
from django.utils.translation import get_language

from coalition import models
from coalition.roster import Coalition, Edition, LifeStep, Metric, Step, When, Words
from dashboard.charts import svg
from dashboard.pages.coalition.team import TeamPage, team_page
from dashboard.pages.coalition.teams import plan_page, teams_page
from metrics.published import Measure, Target

from .samples import DONE, EDITION, LIFE, MELT, PUBLISHED, SILENT, TUTORING, measures

D = Decimal


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def edition(*teams: Any) -> Edition:
    return Edition(7, PUBLISHED, replace(EDITION.coalition, teams=teams))


def page_of(slug: str) -> TeamPage:
    page = team_page(EDITION, measures, slug)
    assert page is not None
    return page


def printed(name: str, page: object, language: str = "en") -> str:
    with translation.override(language):
        request = RequestFactory().get("/")
        return " ".join(render_to_string(f"pages/coalition/{name}.html", {"page": page}, request=request).split())


class TestAllTeams:
    def test_the_answer_counts_them_by_where_they_stand(self) -> None:
        assert teams_page(EDITION, measures).answer == (
            "Five action teams are on record. One has met its target. One is on the path. One is not on the path. "
            "About one, nothing can be said yet. One has no baseline and target on record."
        )

    def test_they_come_by_the_last_step_of_their_life(self) -> None:
        sections = teams_page(EDITION, measures).sections
        assert [(one.key, [team.name.text for team in one.teams]) for one in sections] == [
            ("active", ["Sample Summer Team", "Sample Tutoring Team"]),
            ("reported", ["Sample Records Team"]),
            ("approved", ["Sample Waiting Team"]),
            ("over", ["Sample Attendance Team"]),
        ]

    def test_a_team_taken_up_again_is_at_work(self) -> None:
        again = replace(DONE, life=(*DONE.life, LifeStep(Step.ACTIVE, When(date(2026, 9, 1)), Words("Again."), None)))
        assert [one.key for one in teams_page(edition(again), measures).sections] == ["active"]

    def test_one_line_says_where_a_team_stands(self) -> None:
        line = teams_page(EDITION, measures).sections[0].teams[0]
        assert (line.stand.badge.word, line.stand.distance) == ("On the path", "5.0 points to go")
        assert line.stand.sentence == (
            "17.0% for the class of 2025. The path asked for 17.1%: 0.1 points ahead. 5.0 points to go by 2028."
        )
        assert line.size == "3 members, 4 strategies"

    def test_counts_are_told_in_students_and_never_in_points(self) -> None:
        stand = teams_page(EDITION, measures).sections[0].teams[1].stand
        assert stand.distance == "125 students to go"
        assert stand.sentence == (
            "75 for the 2024–25 school year. The path asked for 120: 45 students behind. "
            "63% of the gain due by then was made."
        )

    def test_a_team_without_a_metric_is_drawn_as_unknown(self) -> None:
        stand = teams_page(EDITION, measures).sections[1].teams[0].stand
        assert stand.badge.word == "No baseline or target on record"
        assert isinstance(stand.far, svg.Chart)
        assert [band.look for band in stand.far.bands] == ["voidh"]

    def test_a_metric_nobody_published_yet_is_not_called_missing(self) -> None:
        stand = teams_page(EDITION, measures).sections[2].teams[0].stand
        assert stand.badge.word == "No figure published yet"
        assert "has a baseline and a target" in stand.sentence

    def test_no_team_at_all_is_said(self) -> None:
        page = teams_page(Edition(0, None, Coalition()), measures)
        assert (page.answer, page.sections, page.as_of) == ("No action team is on record yet.", (), None)
        assert "No Collective Action Plan is on record here yet." in printed("teams", page)

    def test_teams_without_metrics_alone_are_counted_in_one_sentence(self) -> None:
        said = teams_page(edition(SILENT, replace(SILENT, slug="other")), measures).answer
        assert said == (
            "Two action teams are on record. None has a baseline and a target on record, so no distance can be shown."
        )


class TestOneTeam:
    def test_its_target_year_is_written_as_its_figures_are(self) -> None:
        # The figures of the tutoring team go by school years, those of the summer team by graduating classes.
        assert [page_of(one).life[-1].when.text for one in ("sample-tutoring", "sample-melt")] == ["2026–27", "2028"]

    def test_a_target_without_a_document_is_said_to_have_none(self) -> None:
        missing = {slug: [name for name, _text in page_of(slug).missing] for slug in ("sample-melt", "sample-waiting")}
        assert "Source" in missing["sample-waiting"]
        assert "Source" not in missing["sample-melt"]

    def test_it_opens_with_where_it_stands_and_what_it_set_out_for(self) -> None:
        page = page_of("sample-melt")
        assert page.stand.badge.word == "On the path"
        assert page.promise == ("17.0% for the class of 2025. The team set out from 24% to reach 12% by 2028.")
        assert "Lower is better." in printed("team", page)

    def test_the_three_steps(self) -> None:
        figures = page_of("sample-melt").figures
        assert [(one.title, one.value, one.text) for one in figures] == [
            ("One baseline", "24%", "for the class of 2021"),
            ("One target", "12%", "by the class of 2028"),
            ("Members realign", "3", "organizations belong to the team"),
        ]
        assert figures[1].source is not None

    def test_its_charts_are_those_of_the_goals_with_lower_as_better(self) -> None:
        page = page_of("sample-melt")
        assert page.way is not None
        assert page.way.finding == "7.0 of the 12 points needed"
        assert isinstance(page.stand.far, svg.Chart)
        # The bar ends at 30, the top of the team's own window: 12 is at 40 %, 17 at 56.67 %, 24 at 80 %.
        assert [(band.look, band.x, band.width) for band in page.stand.far.bands] == [
            ("trk", "0%", "100%"),
            ("gnd", "0%", "40%"),
            ("mish", "40%", "16.67%"),
            ("rep", "56.67%", "23.33%"),
        ]
        assert page.stand.far.description == (
            "Lower is better. A bar from 0 to 30%, hatched from the target at 12% to 17.0%, a gap of 5.0 points."
        )
        assert [row.head for row in page.way.table.rows] == [str(year) for year in range(2021, 2029)]

    def test_a_target_that_was_met_leaves_nothing_hatched(self) -> None:
        page = page_of("sample-done")
        assert page.stand.distance == "1.1 points to spare"
        assert isinstance(page.stand.far, svg.Chart)
        assert "mish" not in {band.look for band in page.stand.far.bands}
        assert page.stand.far.description == (
            "Lower is better. A bar from 0 to 50%, solid from the start, 40%, to 23.9%, past the target at 25%."
        )

    def test_a_count_has_no_percent_sign_anywhere(self) -> None:
        page = page_of("sample-tutoring")
        assert page.way is not None
        assert page.way.finding == "75 of the 200 students needed"
        assert "%" not in "".join(part.text for text in page.way.path.texts for part in text.parts)  # type: ignore[attr-defined]
        assert page.way.table.heads[1:] == ("Reported, students", "Required, students", "Difference, students")
        assert page.way.card == ()

    def test_milestones_are_told_as_of_the_edition_without_blame(self) -> None:
        stones = page_of("sample-melt").strategies[0].milestones
        assert [(stone.mark, stone.said) for stone in stones] == [
            ("done", "Reached on June 10, 2024."),
            ("over", "Was due on August 1, 2026; not reported as reached."),
            ("ahead", "Due on June 1, 2027."),
        ]

    def test_a_milestone_due_on_the_day_of_the_edition_is_not_over(self) -> None:
        stone = replace(MELT.strategies[0].milestones[1], due_on=PUBLISHED.date())
        team = replace(MELT, strategies=(replace(MELT.strategies[0], milestones=(stone,)),))
        page = team_page(edition(team), measures, "sample-melt")
        assert page is not None
        assert page.strategies[0].milestones[0].mark == "ahead"

    def test_strategies_say_where_they_stand_with_the_newest_line_first(self) -> None:
        page = page_of("sample-melt")
        assert page.strategies_heading == "One of four strategies done"
        assert [one.progress for one in page.strategies] == ["Running", "Done", "Planned", "No status on record"]
        assert [line.progress for line in page.strategies[0].log] == ["Running", "Planned"]

    def test_members_come_with_the_lead_first_and_those_who_left_apart(self) -> None:
        page = page_of("sample-melt")
        assert [(one.organization.name.text, one.is_lead, one.since.text) for one in page.members] == [
            ("Sample School Network", True, "June 1, 2022"),
            ("Sample College", False, "the team’s first summer"),
            ("Sample Foundation", False, "January 1, 2023"),
        ]
        assert [(one.organization.name.text, one.until) for one in page.former] == [
            ("Sample Employer Group", "June 30, 2024")
        ]

    def test_its_life_is_solid_where_known_hatched_where_not_and_dashed_ahead(self) -> None:
        assert [(one.mark, one.title) for one in page_of("sample-melt").life] == [
            ("known", "Proposed"),
            ("known", "Heard by the Steering Committee"),
            ("known", "Approved"),
            ("known", "Active"),
            ("promised", "Target year"),
        ]
        assert [(one.mark, one.title) for one in page_of("sample-silent").life] == [
            ("unknown", "Proposed, heard, approved"),
            ("known", "Reported as at work"),
        ]
        assert page_of("sample-done").life[-1].title == "Completed"

    def test_what_is_not_on_record_is_listed_once(self) -> None:
        assert page_of("sample-melt").missing == ()
        assert [name for name, _text in page_of("sample-silent").missing] == [
            "Baseline",
            "Target",
            "Members",
            "Goal",
            "Strategies",
            "Decisions",
            "Contributions",
        ]

    def test_contributions_to_the_team_add_up(self) -> None:
        gifts = page_of("sample-melt").gifts
        assert gifts is not None
        assert (gifts.total.promised, gifts.total.delivered) == ("$64,500", "$61,250.50")
        assert gifts.answer == "Three organizations have promised $64,500 and delivered $61,250.50 so far."
        assert [one.status.word for one in gifts.lines] == ["Delivered", "Delivered", "In part"]

    def test_a_metric_without_published_figures_is_printed_as_it_is_stated(self) -> None:
        page = page_of("sample-waiting")
        assert page.way is None
        assert [one.value for one in page.figures[:2]] == ["31.5", "45"]

    def test_nobody_finds_a_team_that_is_not_public(self) -> None:
        assert team_page(EDITION, measures, "sample-proposal") is None

    def test_a_target_that_lies_on_the_wrong_side_is_still_a_page(self) -> None:
        team = replace(TUTORING, metric=replace(TUTORING.metric or MELT.metric, target_value=D(0)))  # type: ignore[type-var]
        page = team_page(edition(replace(team, life=LIFE)), measures, team.slug)
        assert page is not None
        assert printed("team", page)


class TestLanguages:
    def test_a_text_only_in_english_is_marked_on_a_spanish_page(self) -> None:
        with translation.override("es"):
            page = team_page(EDITION, measures, "sample-melt")
        text = printed("team", page, "es")
        assert '<h1 lang="en">Sample Summer Team</h1>' in text
        assert "Equipo de verano de muestra" in text
        assert '<h3 lang="en">One shared checklist</h3>' in text
        assert "<h3>Mensajes de verano</h3>" in text
        assert 'lang="en">the team’s first summer</span>' in text

    def test_an_english_page_marks_nothing(self) -> None:
        main = printed("team", page_of("sample-melt")).partition("<main")[2].partition("</main>")[0]
        assert "lang=" not in main

    def test_a_drawing_made_in_one_language_is_never_shown_in_another(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def told(text: str) -> str:
            return f"{get_language()}~{text}"

        monkeypatch.setattr("dashboard.charts.words.charts._", told)
        drawn = {}
        for language in ("en", "es", "en"):
            with translation.override(language):
                page = page_of("sample-melt")
            assert page.way is not None
            drawn[language] = repr((page.way.path, page.stand.far))
        assert "en~start" in drawn["en"]
        assert "es~" not in drawn["en"]
        assert "es~start" in drawn["es"]
        assert "en~" not in drawn["es"]


class TestPlan:
    def test_it_lists_the_strategies_of_the_year_by_team(self) -> None:
        page = plan_page(EDITION, 2027)
        assert page is not None
        assert [(part.team.name.text, len(part.strategies)) for part in page.parts] == [
            ("Sample Summer Team", 3),
            ("Sample Tutoring Team", 1),
        ]
        assert page.answer == "4 strategies of 2 teams: 1 planned, 2 running, 1 without a status on record."
        assert [link.name.text for link in page.others] == ["Plan of 2026"]

    def test_a_strategy_of_a_team_that_is_not_public_stays_out(self) -> None:
        page = plan_page(EDITION, 2027)  # the plan names the strategy 99, which no public team has
        assert page is not None
        assert sum(len(part.strategies) for part in page.parts) == 4

    def test_a_year_without_a_plan_has_no_page(self) -> None:
        assert plan_page(EDITION, 2020) is None


class TestWords:
    def test_no_blame_no_mood_no_arrow(self) -> None:
        pages = [teams_page(EDITION, measures), *(page_of(team.slug) for team in EDITION.coalition.teams)]
        names = ["teams", *["team"] * len(EDITION.coalition.teams)]
        for name, page in zip(names, pages, strict=True):
            words = re.sub(r"<[^>]*>", " ", printed(name, page).partition("<main")[2])
            assert not re.search(r"\b(only|fail\w*|overdue|late|at risk|disappoint\w*|great)\b|→", words, re.IGNORECASE)


def publish(coalition: Coalition, number: int) -> None:
    content = msgspec.json.encode(coalition, order="deterministic").decode()
    staff, _created = User.objects.get_or_create(username="staff")
    models.Edition.objects.create(
        number=number,
        summary="A sample.",
        published_by=staff,
        published_at=timezone.now(),
        sha256=sha256(content.encode()).hexdigest(),
        content=content,
    )


def many(number: int) -> Coalition:
    """So many teams, each measured by the city's real chronic absence."""
    metric = Metric("chronic-absence", "0640011", "all-students", D(30), 2018, D(15), 2028, None)
    teams = tuple(replace(MELT, slug=f"team-{at}", number=at + 1, metric=metric) for at in range(number))
    return replace(EDITION.coalition, teams=teams)


@pytest.mark.django_db
class TestServed:
    @pytest.mark.parametrize("number", [2, 200])
    def test_the_queries_do_not_grow_with_the_teams(
        self, client: Client, number: int, django_assert_num_queries: Any
    ) -> None:
        publish(many(number), 2000 + number)
        for path in ("/action-teams/", "/action-teams/team-1/"):
            # the list is the first to read the edition's content; the page of a team asks for stories about it
            with django_assert_num_queries(4):  # which edition · its content, or the stories · the release · its cells
                assert client.get(path).status_code == 200
        with django_assert_num_queries(1):
            assert client.get("/action-teams/plan/2027/").status_code == 200

    def test_the_two_real_teams_say_what_is_known_and_what_is_not(self, client: Client) -> None:
        text = " ".join(client.get("/action-teams/").content.decode().split())
        assert "Two action teams are on record. None has a baseline and a target on record" in text
        for slug in ("reduce-summer-melt", "longitudinal-data-analysis-project"):
            page = " ".join(client.get(f"/action-teams/{slug}/").content.decode().split())
            assert "No baseline or target on record" in page
            assert "Achieve Hartford! on the first Stakeholder Caucus" in page
            assert "What is not on record" in page

    def test_spanish_pages_are_there(self, client: Client) -> None:
        for path in ("/es/action-teams/", "/es/action-teams/reduce-summer-melt/"):
            assert '<html lang="es"' in client.get(path).content.decode()

    def test_what_nobody_adopted_or_proposed_in_public_is_not_found(self, client: Client) -> None:
        assert client.get("/action-teams/plan/1999/").status_code == 404
        assert client.get("/action-teams/no-such-team/").status_code == 404


def test_the_real_door_and_the_samples_judge_alike() -> None:
    """The fake of these tests keeps to the shape of the door."""
    found = measures([Target("sample-melt", "0640011", "all-students", D(24), 2021, D(12), 2028)])
    assert isinstance(found[0], Measure)
    assert measures([Target("unheard-of", "0640011", "all-students", D(1), 2021, D(2), 2028)]) == (None,)
