"""Any indicator, through the door: what is shown of it, beside whom, and in how many queries."""

from decimal import Decimal as D

import pytest

from metrics import published
from metrics.calc.cells import Known, Theme
from metrics.calc.direction import Direction
from metrics.intake.by_hand import enter
from metrics.models import Indicator, PublishedCell, Release, ReleaseAct
from metrics.published import CONNECTICUT, HARTFORD, Asked
from tests.releases import of_role
from tests.releases import published as release

pytestmark = pytest.mark.django_db

GRADUATION = "graduation-4yr"


def reading(slug: str = GRADUATION, **asked: tuple[str, ...]) -> published.IndicatorReading:
    found = published.indicator_page(slug, Asked(**asked))
    assert found is not None
    return found


def correct() -> None:
    """The class of 2024 is revised, and that is public."""
    cells = {"indicator": GRADUATION, "place": HARTFORD, "group": "all-students", "period": "2024"}
    said = {"value": "78.7", "status": "final", "source": "edsight-graduation-4yr"}
    enter(cells={**cells, **said}, by=of_role("data entry"), reason="The state revised the class of 2024.")
    release("Corrected.", reason="The state revised the class of 2024.")


class TestAllOfThem:
    def test_every_definition_of_a_release_is_listed_but_what_programs_report(self):
        found = published.indicators()
        slugs = [one.indicator.slug for one in found.lines]
        assert len(slugs) == Indicator.objects.exclude(slug__startswith="program-").count()
        assert sum(one.hartford.latest is not None for one in found.lines) == 20

    def test_a_line_has_hartford_connecticut_and_the_last_movement(self):
        line = next(one for one in published.indicators().lines if one.indicator.slug == GRADUATION)
        assert line.hartford.latest.value == D("85.3")
        assert line.state.latest.value == D("91.3")
        assert line.latest.direction is Direction.IMPROVING
        assert (line.latest.since, line.latest.difference) == (2024, D("6.7"))
        assert line.goal.slug == "graduation"
        assert line.indicator.theme is Theme.GRADUATION

    def test_every_indicator_stands_under_a_theme(self):
        assert [one.indicator.slug for one in published.indicators().lines if one.indicator.theme is Theme.OTHER] == []

    def test_two_queries_make_the_list(self, django_assert_num_queries):
        with django_assert_num_queries(2):  # the release with its definitions · the cells
            published.indicators()

    def test_before_the_first_release_there_is_none(self):
        for model in (PublishedCell, ReleaseAct, Release):
            model.objects.all().delete()
        assert published.indicators() is None
        assert published.indicator_page(GRADUATION, Asked()) is None


class TestOne:
    def test_hartford_and_connecticut_are_what_is_shown_unless_asked_otherwise(self):
        assert [(one.place.code, one.group.slug) for one in reading().chosen] == [
            (HARTFORD, "all-students"),
            (CONNECTICUT, "all-students"),
        ]

    def test_places_and_groups_are_shown_each_with_each_where_there_are_figures(self):
        found = reading(places=(HARTFORD, "0620011"), groups=("all-students", "white"))
        shown = [(one.place.name, one.group.slug) for one in found.chosen]
        assert shown == [
            ("Hartford School District", "all-students"),
            ("Hartford School District", "white"),
            ("Hamden School District", "all-students"),
        ]

    def test_what_no_release_defines_is_left_out(self):
        assert reading(places=("nowhere",), groups=("nobody",)).chosen == ()

    def test_hartford_stands_among_the_town_districts_with_those_around_it(self):
        found = reading().ranking
        assert (found.rank.year, found.rank.place, found.rank.of) == (2025, 93, 102)
        assert [(one.position, one.value) for one in found.around] == [
            (89, D("86.0")),
            (91, D("85.9")),
            (92, D("85.7")),
            (93, D("85.3")),
            (94, D("85.1")),
            (95, D("84.7")),
            (96, D("83.2")),
        ]
        assert found.around[3].place.code == HARTFORD

    def test_a_group_stands_beside_the_same_group_of_connecticut(self):
        beside = reading().beside_state
        # class of 2019: Hartford 64.3, Connecticut 80.2 (Hispanic); 92.4 and 93.3 (White)
        assert beside["hispanic"] == D("64.3") - D("80.2") == D("-15.9")
        assert beside["white"] == D("-0.9")
        assert "american-indian" not in beside, "what is withheld has no distance"

    def test_groups_of_what_is_no_rate_have_no_gap(self):
        assert reading("spending-per-pupil").breakdowns == ()
        assert reading("spending-per-pupil").comparison is None

    def test_the_next_figure_is_told_where_the_publisher_has_a_habit(self):
        coming = reading().coming
        assert (coming.year, coming.day.isoformat()) == (2026, "2027-05-30")
        assert reading("completion-6yr-nsc").coming is None

    def test_where_lower_is_better_the_lowest_group_is_the_best(self):
        race = next(one for one in reading("chronic-absence").breakdowns if one.dimension.slug == "race")
        assert (race.gap.best, race.gap.best_value) == ("asian", D("7.6"))
        assert (race.gap.worst, race.gap.worst_value) == ("hispanic", D("27.8"))

    def test_what_was_corrected_is_told(self):
        correct()
        (one,) = reading().revisions
        assert isinstance(one.old.cell, Known)
        assert (one.year, one.old.value, one.new.value) == (2024, D("78.6"), D("78.7"))

    def test_four_queries_make_it_however_much_is_asked(self, django_assert_num_queries):
        with django_assert_num_queries(3):  # release · cells of the places · places that have figures
            reading()
        correct()
        every = tuple(place.code for place in reading().places)
        with django_assert_num_queries(4):  # and the dates of corrections
            reading(places=every, groups=("all-students", "white", "hispanic"))

    def test_a_figure_of_a_program_is_no_indicator_of_hartford(self):
        assert published.indicator_page("program-served", Asked()) is None

    def test_an_unknown_indicator_is_none(self):
        assert published.indicator_page("nothing", Asked()) is None
