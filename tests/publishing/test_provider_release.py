"""Providers' figures in a release: the board's own rule stands between what was accepted and what is public."""

import json
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from metrics.intake import providers
from metrics.intake.by_hand import enter
from metrics.models import Observation, Place, PublishedCell, Release, Source
from metrics.publishing import freeze
from metrics.publishing.told import FROM_21_TO_39, WITHHELD
from tests import releases

pytestmark = pytest.mark.django_db

HEADER = "group,served,accepted,enrolled,persisted,completed"
CODE = "program-1"


@pytest.fixture
def clerk() -> User:
    return User.objects.create_user("clerk")


def sent(by: User, *lines: str, code: str = CODE, year: int = 2025) -> int:
    providers.open_place(code=code, program=f"ZZ-PROGRAM {code}", provider=f"ZZ-PROVIDER {code}")
    data = "\n".join([HEADER, *lines]).encode()
    received = providers.receive(code=code, year=year, name="sheet.csv", data=data, by=by)
    assert received.problems == ()
    return received.batch


def accepted(by: User, *lines: str, reason: str = "", **more) -> None:
    providers.accept(batch=sent(by, *lines, **more), by=by, reason=reason)


def release(by: User) -> Release:
    return releases.published("Figures of programs.")


def shown(code: str = CODE) -> dict[tuple[str, str], PublishedCell]:
    cells = PublishedCell.objects.filter(place=code, last_release=None)
    return {(cell.indicator.removeprefix("program-"), cell.group): cell for cell in cells}


def said(cell: PublishedCell) -> tuple[object, ...]:
    return None if cell.value is None else str(cell.value.normalize()), cell.numerator, cell.denominator, cell.status


NOTHING = (None, None, None, "suppressed")


class TestWhatTheRuleLeaves:
    def test_a_large_program_is_published_with_its_counts_in_whole_percent(self, clerk):
        accepted(clerk, "all-students,120,100,80,60,30", "female,70,60,50,40,18", "male,50,40,30,20,12")
        release(clerk)
        cells = shown()
        assert said(cells["served", "all-students"]) == ("1.2E+2", None, None, "final")
        assert said(cells["accepted", "all-students"]) == ("83", 100, 120, "final")
        assert said(cells["enrolled", "female"]) == ("71", 50, 70, "final")
        assert cells["enrolled", "female"].note == ""

    def test_a_small_program_holds_no_number_anywhere(self, clerk):
        accepted(clerk, "all-students,20,15,10,8,N/A", "female,11,8,7,6,")
        release(clerk)
        assert said(shown()["completed", "all-students"]) == (None, None, None, "not_applicable")
        cells = [cell for key, cell in shown().items() if key != ("completed", "all-students")]
        assert {said(cell) for cell in cells} == {NOTHING}
        assert {cell.note for cell in cells} == {WITHHELD}

    def test_few_in_one_group_hide_the_stage_in_its_breakdown_alone(self, clerk):
        accepted(
            clerk,
            "all-students,120,100,80,,",
            "female,70,66,50,,",  # four who were not accepted
            "male,50,34,30,,",
            "english-learners,60,50,40,,",
            "not-english-learners,60,50,40,,",
        )
        release(clerk)
        cells = shown()
        hidden = {key for key, cell in cells.items() if cell.value is None}
        assert hidden == {("accepted", "female"), ("accepted", "male")}
        assert {said(cells[key]) for key in hidden} == {NOTHING}

    def test_three_students_in_no_group_hide_the_breakdown(self, clerk):
        accepted(clerk, "all-students,120,100,80,,", "female,70,60,48,,", "male,47,38,30,,")
        release(clerk)
        assert {group for (_stage, group), cell in shown().items() if cell.value is None} == {"male"}

    def test_from_21_to_39_students_shares_are_shown_and_no_counts(self, clerk):
        accepted(clerk, "all-students,39,26,,,")
        release(clerk)
        assert said(shown()["served", "all-students"]) == NOTHING
        assert shown()["served", "all-students"].note == FROM_21_TO_39
        assert said(shown()["accepted", "all-students"]) == ("67", None, None, "final")

    def test_what_the_provider_withheld_looks_like_what_is_withheld_here(self, clerk):
        accepted(clerk, "all-students,120,100,*,,", "female,70,60,*,,", "male,50,40,*,,")
        release(clerk)
        assert {said(shown()["enrolled", group]) for group in ("all-students", "female", "male")} == {NOTHING}
        assert {shown()["enrolled", group].note for group in ("all-students", "female")} == {WITHHELD}

    def test_the_years_and_the_programs_are_judged_each_by_itself(self, clerk):
        accepted(clerk, "all-students,10,5,,,")
        accepted(clerk, "all-students,100,50,,,", year=2024)
        accepted(clerk, "all-students,100,50,,,", code="program-2")
        release(clerk)
        found = {(c.place, c.period): c.value is None for c in PublishedCell.objects.filter(indicator="program-served")}
        assert found == {(CODE, 2025): True, (CODE, 2024): False, ("program-2", 2025): False}


class TestWhatIsWithheldSaysNothing:
    def test_neither_do_the_note_nor_the_reason_of_a_correction(self, clerk):
        accepted(clerk, "all-students,120,100,,,")
        release(clerk)
        accepted(clerk, "all-students,18,4,,,", reason="ZZ-REASON: 18 of them, 4 accepted.")
        release(clerk)
        cells = shown().values()
        assert {(*said(cell), cell.note, cell.reason) for cell in cells} == {(*NOTHING, WITHHELD, WITHHELD)}

    def test_a_change_behind_it_is_no_change_to_the_public(self, clerk):
        accepted(clerk, "all-students,18,4,,,")
        release(clerk)
        accepted(clerk, "all-students,17,5,,,", reason="Counted anew.")
        assert not releases.would_change()

    def test_a_figure_entered_by_hand_passes_the_rule_whatever_source_it_names(self, clerk):
        accepted(clerk, "all-students,120,100,80,,")
        cells = {"indicator": "program-completed", "place": CODE, "group": "all-students", "period": "2025",
                 "value": "2.5", "numerator": "3", "denominator": "120", "status": "final",
                 "source": "edsight-graduation-4yr", "note": "Three of them."}  # fmt: skip
        enter(cells=cells, by=clerk)
        release(clerk)
        assert said(shown()["completed", "all-students"]) == NOTHING
        assert shown()["completed", "all-students"].note == WITHHELD

    def test_any_source_can_be_put_under_the_rule(self, clerk):
        place = Place.objects.get(code="0640011")
        Source.objects.filter(slug="ey-parthenon-2019").update(own_rule=True)
        before = Observation.objects.current().filter(source__slug="ey-parthenon-2019", place=place)
        assert before.exists()
        changed = {cell.source for cell in releases.would_change() if cell.replaces}
        assert changed <= {"ey-parthenon-2019"}


class TestTwoReleasesSideBySide:
    """“120 served” and later “118 served” tell of two students, though neither figure does."""

    def test_a_correction_by_two_students_withholds_the_year_until_enough_have_changed(self, clerk):
        male = "male,50,40,30,20,12"
        accepted(clerk, "all-students,120,100,80,60,30", "female,70,60,50,40,18", male)
        accepted(clerk, "all-students,100,50,,,", year=2024)
        release(clerk)
        accepted(clerk, "all-students,118,99,80,60,30", "female,68,59,50,40,18", male, reason="Counted twice.")
        release(clerk)
        moved = [cell for (_stage, group), cell in shown().items() if group != "male" and cell.period == 2025]
        assert said(shown()["accepted", "male"]) == ("8E+1", 40, 50, "final"), "nobody changed there"
        assert {said(shown()[stage, "all-students"]) for stage in ("served", "accepted")} == {NOTHING}
        assert {said(cell) for cell in moved if cell.denominator} == set(), "each of them is out of those served"
        assert PublishedCell.objects.get(indicator="program-served", place=CODE, period=2024).value == 100
        accepted(clerk, "all-students,121,100,80,60,30", "female,71,60,50,40,18", male, reason="One more.")
        assert not releases.would_change(), "121 beside the 120 of the first release is no better"
        accepted(clerk, "all-students,126,100,80,60,30", "female,76,60,50,40,18", male, reason="A class was missing.")
        release(clerk)
        assert said(shown()["accepted", "all-students"]) == ("79", 100, 126, "final")

    def test_a_stage_that_is_withheld_now_is_not_given_away_by_the_release_that_showed_it(self, clerk):
        accepted(clerk, "all-students,120,100,80,77,30")
        release(clerk)
        assert said(shown()["persisted", "all-students"]) == NOTHING, "three did not persist"
        accepted(clerk, "all-students,120,83,80,77,30", reason="Accepted was counted twice.")
        release(clerk)
        assert said(shown()["persisted", "all-students"]) == NOTHING, "77 beside the 80 who enrolled"
        assert said(shown()["accepted", "all-students"]) == ("69", 83, 120, "final")

    def test_neither_is_a_group_that_no_sheet_names_any_more(self, clerk):
        accepted(clerk, "all-students,120,80,,,", "black,50,35,,,", "hispanic,40,25,,,")
        release(clerk)
        sheet = ("all-students,120,80,,,", "black,50,35,,,", "hispanic,N/A,N/A,,,", "white,27,18,,,")
        accepted(clerk, *sheet, reason="Another breakdown.")
        release(clerk)
        hidden = {group for (_stage, group), cell in shown().items() if said(cell) == NOTHING}
        assert hidden == {"white"}, "120 less 50, 40 and 27 are three in no group"

    def test_a_correction_by_many_is_shown(self, clerk):
        accepted(clerk, "all-students,120,100,80,60,30")
        release(clerk)
        accepted(clerk, "all-students,140,110,80,60,30", reason="A class was missing.")
        release(clerk)
        assert said(shown()["accepted", "all-students"]) == ("79", 110, 140, "final")

    def test_a_stage_that_is_shared_later_withholds_nothing(self, clerk):
        accepted(clerk, "all-students,120,100,,,")
        release(clerk)
        accepted(clerk, "all-students,120,100,80,,", reason="Enrolled is known now.")
        release(clerk)
        assert said(shown()["enrolled", "all-students"]) == ("67", 80, 120, "final")


class TestTheRestOfTheBoard:
    def test_no_figure_of_the_state_changes(self, clerk):
        before = set(PublishedCell.objects.filter(last_release=None).values_list("pk", flat=True))
        accepted(clerk, "all-students,120,100,80,60,30")
        assert not [cell for cell in releases.would_change() if cell.replaces]
        release(clerk)
        assert before <= set(PublishedCell.objects.filter(last_release=None).values_list("pk", flat=True))

    def test_the_number_of_queries_does_not_grow_with_the_programs(self, clerk):
        def queries() -> int:
            with CaptureQueriesContext(connection) as asked:
                releases.would_change()
            return len(asked)

        accepted(clerk, "all-students,120,100,80,60,30")
        one = queries()
        for number in range(2, 6):
            accepted(clerk, "all-students,120,100,80,60,30", code=f"program-{number}")
        assert queries() == one


class TestNames:
    """That a provider sent something is nobody's business before it was accepted."""

    def test_a_program_is_not_named_before_a_figure_of_it_was_accepted(self, clerk):
        batch = sent(clerk, "all-students,120,100,80,60,30")
        assert "ZZ-PRO" not in freeze()
        assert CODE not in freeze()
        providers.accept(batch=batch, by=clerk)
        names = {row["fields"].get("name") or row["fields"].get("title") for row in json.loads(freeze())}
        assert f"ZZ-PROGRAM {CODE}" in names

    def test_one_that_was_given_back_is_not_named_either(self, clerk):
        providers.discard(batch=sent(clerk, "all-students,120,100,80,60,30"), by=clerk)
        assert "ZZ-PRO" not in freeze()

    def test_the_definitions_can_be_read_while_a_sheet_waits(self, clerk):
        from metrics import published

        sent(clerk, "all-students,120,100,80,60,30")
        release(clerk)
        found = published.board().definitions
        assert found.indicators["program-enrolled"].source.publisher == "ALL IN! Coalition"
        assert CODE not in found.places

    def test_a_published_program_is_found_by_its_place(self, clerk):
        from metrics import published

        accepted(clerk, "all-students,120,100,80,60,30")
        release(clerk)
        target = published.Target("program-enrolled", CODE, "all-students", Decimal(50), 2024, Decimal(80), 2027)
        (measure,) = published.measures([target])
        assert str(measure.series.latest.value) == "67"
        assert measure.place.kind == "program"
