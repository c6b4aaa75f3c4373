"""What a release changed, as the door tells it."""

import pytest
from django.db import connection

from metrics import published, publishing
from metrics.calc.cells import Known
from metrics.models import Group, PublishedCell, Release
from metrics.published import Kind
from tests import releases
from tests.history.boards import REASON, correct, corrected

pytestmark = pytest.mark.django_db


def lines(kind: Kind, release: int | None = None) -> list[published.Change]:
    return list(published.changes(published.now().definitions, kind, release=release))


def is_ours(one: published.Change) -> bool:
    return (one.indicator, one.place, one.group, one.year) == ("graduation-4yr", "0640011", "all-students", 2024)


def value(cell: object) -> str:
    return str(cell.value) if isinstance(cell, Known) else type(cell).__name__


class TestOneRelease:
    def test_the_first_release_only_brings_new_figures(self):
        assert sum(one.new for one in published.tally(1)) == PublishedCell.objects.count()
        assert not any(one.changed or one.ended for one in published.tally(1))

    def test_a_corrected_figure_is_told_with_both_values_and_the_reason(self):
        corrected()
        (change,) = lines(Kind.CHANGED, 2)
        assert (change.indicator, change.place, change.group, change.year) == (
            "graduation-4yr", "0640011", "all-students", 2024,
        )  # fmt: skip
        assert (value(change.old), value(change.new), change.reason) == ("78.6", "78.7", REASON)
        assert (change.place_name, change.group_name) == ("Hartford School District", "All Students")
        assert change.published_at == Release.objects.get(number=2).published_at
        (tally,) = published.tally(2)
        assert (tally.indicator, tally.changed, tally.ended, tally.new) == ("graduation-4yr", 1, 0, 0)

    def test_a_figure_that_is_withheld_from_now_on_keeps_what_it_said(self):
        correct("", status="suppressed", numerator="", denominator="")
        releases.published()
        told = {one.place: (value(one.old), value(one.new)) for one in lines(Kind.CHANGED, 2)}
        assert told["0640011"] == ("78.6", "Withheld")
        assert told["00000CT-0640011"][1] == "Withheld", "Connecticut’s count without Hartford’s would give it away"

    def test_a_figure_whose_name_is_gone_is_shown_no_more(self):
        Group.objects.filter(slug="female").update(slug="women")
        releases.published(reason="The group has another name.")
        ended, new = lines(Kind.ENDED, 2), lines(Kind.NEW, 2)
        assert {one.group for one in ended} == {"female"}
        assert {one.group for one in new} == {"women"}
        assert len(ended) == len(new) > 0
        assert all(one.new is None and one.old is not None for one in ended)
        assert all(one.old is None and one.new is not None for one in new)
        assert {one.reason for one in ended} == {"The group has another name."}
        assert {one.group_name for one in ended} == {"female"}, "today’s definitions know its code only"
        assert sum(one.ended for one in published.tally(2)) == len(ended)
        assert sum(one.new for one in published.tally(2)) == len(new)

    def test_a_release_does_not_tell_of_another_one(self):
        corrected("78.7")
        corrected("78.8")
        assert [(value(one.old), value(one.new)) for one in lines(Kind.CHANGED, 2)] == [("78.6", "78.7")]
        assert [(value(one.old), value(one.new)) for one in lines(Kind.CHANGED, 3)] == [("78.7", "78.8")]


class TestAllReleases:
    def test_the_newest_comes_first(self):
        corrected("78.7")
        corrected("78.8")
        assert [(one.release, value(one.old), value(one.new)) for one in lines(Kind.CHANGED)] == [
            (3, "78.7", "78.8"), (2, "78.6", "78.7"),
        ]  # fmt: skip

    def test_within_a_release_its_own_page_begins_with_the_first_figure_and_the_log_with_the_last(self):
        for year in (2012, 2013):
            correct(f"70.{year % 10}", year=year)
        releases.published("Two years.")
        assert [one.year for one in lines(Kind.CHANGED, 2)] == [2012, 2013]
        assert [one.year for one in lines(Kind.CHANGED)] == [2013, 2012]

    def test_a_page_of_it_is_one_query_and_its_length_another(self, django_assert_num_queries):
        for number in range(5):
            corrected(f"78.{number}")
        all_of_them = published.changes(published.now().definitions, Kind.CHANGED)
        assert connection.features.supports_json_field  # SQLite is asked once a connection, with three statements
        with django_assert_num_queries(2):
            assert [value(one.new) for one in all_of_them[1:3]] == ["78.3", "78.2"]
            assert len(all_of_them) == 5

    def test_an_entry_knows_how_many_it_corrected_and_the_first_of_them(self, django_assert_num_queries):
        for year in range(2012, 2019):
            correct(f"70.{year % 10}", year=year)
        releases.published("Seven years.")
        corrected("78.8")
        definitions = published.now().definitions
        assert connection.features.supports_json_field
        with django_assert_num_queries(2):  # how many, and the first of each: for any number of releases
            found = published.corrections(definitions, [1, 2, 3])
        assert {number: one.count for number, one in found.items()} == {2: 7, 3: 1}
        assert [change.year for change in found[2].first] == [2012, 2013, 2014, 2015, 2016]
        assert [change.year for change in found[3].first] == [2024]


class TestTakenBack:
    def withdrawn(self) -> None:
        release = corrected("78.7")
        publishing.withdraw(release=release, by=release.approved_by, reason="The file was last year’s.")

    def test_its_figures_are_in_no_list(self):
        self.withdrawn()
        told = [(value(one.old), value(one.new)) for kind in Kind for one in lines(kind) if is_ours(one)]
        assert told == [("NoneType", "78.6"), ("NoneType", "78.6")], "shown again, and shown first"
        assert published.tally(2) == ()

    def test_what_it_replaced_comes_back_in_place_of_a_figure_that_was_taken_back(self):
        self.withdrawn()
        (change,) = lines(Kind.CHANGED)
        assert (change.release, change.old, value(change.new), change.taken_back) == (3, None, "78.6", True)
        assert change.reason == "The file was last year’s."

    def test_a_figure_that_only_it_showed_is_in_no_list_either(self):
        correct("90.1", year=2026)
        release = releases.published()
        publishing.withdraw(release=release, by=release.approved_by, reason="Too early.")
        assert lines(Kind.ENDED) == []
        assert {one.year for one in lines(Kind.NEW)} & {2026} == set()

    def test_the_page_of_the_goal_does_not_tell_of_it(self):
        self.withdrawn()
        assert published.goal_page("graduation").revisions == ()
        assert published.goal_page("graduation", published.as_of(1)).revisions == ()

    def test_the_release_after_it_says_what_it_takes_back(self):
        self.withdrawn()
        assert [(one.number, one.corrects, one.takes_back) for one in published.entries()] == [
            (3, None, 2), (1, None, None),
        ]  # fmt: skip


class TestOneFigure:
    KEY = ("graduation-4yr", "0640011", "all-students", 2024)

    def test_it_keeps_everything_that_was_ever_shown(self, django_assert_num_queries):
        corrected("78.7")
        corrected("78.8")
        with django_assert_num_queries(3):  # the release with its definitions; all that was shown; what is shown
            figure = published.figure_history(*self.KEY)
        assert [(value(one.cell), one.release, one.until) for one in figure.versions] == [
            ("78.8", 3, None), ("78.7", 2, 2), ("78.6", 1, 1),
        ]  # fmt: skip
        assert value(figure.shown.cell) == "78.8"

    def test_seen_from_an_old_release_it_says_what_stood_then_and_what_stands_today(self):
        corrected("78.7")
        figure = published.figure_history(*self.KEY, published.as_of(1))
        assert (value(figure.shown.cell), value(figure.today.cell)) == ("78.6", "78.7")

    def test_one_that_nobody_ever_showed_is_none(self):
        assert published.figure_history("graduation-4yr", "0640011", "all-students", 1999) is None
        assert published.figure_history("graduation-4yr", "nowhere", "all-students", 2024) is None

    def test_one_whose_name_is_gone_is_still_found(self):
        Group.objects.filter(slug="female").update(slug="women")
        releases.published(reason="The group has another name.")
        figure = published.figure_history("graduation-4yr", "0640011", "female", 2019)
        assert (figure.shown, figure.today, figure.group.name) == (None, None, "Female")
        assert [(one.release, one.until) for one in figure.versions] == [(1, 1)]

    def test_what_was_taken_back_is_not_among_it(self):
        release = corrected("78.7")
        publishing.withdraw(release=release, by=release.approved_by, reason="A mistake.")
        figure = published.figure_history(*self.KEY)
        assert [(value(one.cell), one.release) for one in figure.versions] == [("78.6", 3), ("78.6", 1)]
