"""While some promises are not assessed yet, no page takes them for broken ones. No database."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from django.utils import translation

from coalition.roster import Assessment, Coalition, Edition, State
from coalition.rules.ledger import Coverage, coverage
from dashboard.charts.words import ledger as over_all
from dashboard.charts.words import promises as said
from dashboard.charts.words.coalition import promises_finding
from dashboard.pages.coalition.compact import PromiseRow, compact_page, ledger_page
from dashboard.pages.coalition.organizations import organization_page

from . import invented


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def told(*words: Assessment) -> Edition:
    """Eight signers with 59 promises, and nothing said of them but `words`."""
    return Edition(2, invented.PUBLISHED, replace(invented.coalition(), assessments=words))


ONE = told(invented.word("sample-college", "1", State.LIMITED))


def row(edition: Edition, number: str) -> PromiseRow:
    return next(row for group in compact_page(edition).groups for row in group.promises if row.number == number)


def covered(states: Iterable[State], bound: int) -> Coverage:
    return coverage([(str(at), state) for at, state in enumerate(states)], {str(at) for at in range(bound)})


class TestOneWordOf59:
    """The first word that is released is “limited”; 58 promises have not been looked at."""

    def test_the_ledger_says_how_many_were_assessed_and_not_that_none_was_kept(self):
        page = ledger_page(ONE, {})
        assert (page.headline.answer, page.headline.tone) == ("One of 59 assessed so far.", "void")
        assert page.lead == (
            "In 2026 the Compact bound eight organizations to 59 promises. 58 have not been assessed yet."
        )

    def test_so_does_the_page_of_the_organization(self):
        page = organization_page(ONE, "sample-college")
        assert page is not None
        assert page.finding == "Of seven promises, one is assessed so far"

    def test_so_does_the_compact(self):
        one = row(ONE, "1")
        assert (one.of_how_many, one.of_whom, one.done.text, one.besides) == ("1 of 8", "assessed so far", "", "")
        assert [words for _mark, words in one.counts] == ["1 limited", "7 not assessed yet"]

    def test_once_something_is_kept_it_is_counted_among_those_assessed(self):
        edition = told(invented.word("sample-college", "1", State.COMPLETE))
        one = row(edition, "1")
        assert (one.of_how_many, one.of_whom, one.done.text, one.besides) == (
            "1 of 1",
            "assessed:",
            "aligned their efforts",
            "7 not assessed yet",
        )
        assert ledger_page(edition, {}).headline.answer == "1 of 1 assessed is kept."

    def test_what_nobody_was_assessed_on_stays_as_it_was(self):
        assert (row(ONE, "2").of_how_many, row(ONE, "2").unsaid) == ("", "Not assessed yet")


class TestTheHeadline:
    @pytest.mark.parametrize(
        ("bound", "assessed", "kept", "answer", "tone"),
        [
            (59, 0, 0, "Not assessed yet.", "void"),
            (59, 1, 0, "One of 59 assessed so far.", "void"),
            (59, 12, 0, "12 of 59 assessed so far.", "void"),
            (59, 5, 1, "1 of 5 assessed is kept.", "void"),
            (59, 5, 3, "3 of 5 assessed are kept.", "void"),
            (59, 5, 5, "5 of 5 assessed are kept.", "void"),
            (59, 59, 0, "0 of 59 kept.", "bad"),
            (59, 59, 34, "34 of 59 kept.", "bad"),
            (59, 59, 59, "59 of 59 kept.", "good"),
        ],
    )
    def test_it_counts_only_what_is_assessed(self, bound, assessed, kept, answer, tone):
        headline = over_all.what_came_of_it(bound, assessed, kept)
        assert (headline.answer, headline.tone) == (answer, tone)


class TestOverTheOrganization:
    @pytest.mark.parametrize(
        ("number", "assessed", "kept", "finding"),
        [
            (1, 0, 0, "One promise, not assessed yet"),
            (1, 1, 0, "One promise, not kept"),
            (1, 1, 1, "One promise, kept"),
            (9, 0, 0, "Nine promises, none assessed yet"),
            (9, 1, 0, "Of nine promises, one is assessed so far"),
            (9, 4, 0, "Of nine promises, four are assessed so far"),
            (9, 1, 1, "Of nine promises, one is assessed and kept"),
            (9, 4, 1, "Of nine promises, four are assessed and one of them kept"),
            (9, 4, 3, "Of nine promises, four are assessed and three of them kept"),
            (9, 4, 4, "Of nine promises, four are assessed and all of them kept"),
            (9, 9, 0, "None of nine promises kept"),
            (9, 9, 5, "Five of nine promises kept"),
        ],
    )
    def test_it_counts_only_what_is_assessed(self, number, assessed, kept, finding):
        assert promises_finding(number, assessed, kept) == finding


class TestBesideAPromise:
    def test_once_everybody_is_assessed_nothing_is_said_between(self):
        every = covered([State.COMPLETE] * 4 + [State.LIMITED] * 3, 7)
        assert (said.of_how_many(every), said.of_whom(every), said.besides(every)) == ("4 of 7", "", "")

    def test_none_kept_is_said_once_everybody_is_assessed(self):
        every = covered([State.NOT_STARTED] * 7, 7)
        assert (said.of_how_many(every), said.of_whom(every)) == ("0 of 7", "")

    def test_until_then_those_who_are_open_stand_beside(self):
        some = covered([State.COMPLETE, State.COMPLETE, State.LIMITED], 7)
        assert (said.of_how_many(some), said.of_whom(some), said.besides(some)) == (
            "2 of 3",
            "assessed:",
            "4 not assessed yet",
        )


def test_a_coalition_without_signers_is_assessed_of_nothing():
    page = ledger_page(Edition(2, invented.PUBLISHED, Coalition(compacts=invented.coalition().compacts)), {})
    assert (page.headline.answer, page.headline.tone) == ("Not assessed yet.", "void")
