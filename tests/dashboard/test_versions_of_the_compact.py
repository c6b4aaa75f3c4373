"""What was said in public stays said: after a new version of the Compact, and after a withdrawal. No database."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from coalition.roster import Assessment, Coalition, Edition, SignatureLine, State, When
from dashboard.pages.coalition.compact import CompactPage, LedgerPage, PromiseRow, compact_page, ledger_page
from dashboard.pages.coalition.organizations import OrganizationPage, coalition_page, organization_page

from . import invented

ALL = ["Sample Academy", "Sample Library", "Sample Museum"]


def signs(version: int, day: date) -> SignatureLine:
    return SignatureLine(version, False, When(day), "", "", None, None)


def withdraws(version: int, day: date | None = None, text: str = "") -> SignatureLine:
    return SignatureLine(version, True, When(day, text), "", "", None, None)


#: What the first of the three did after it had signed version 1 in February 2026 and was assessed for that year.
LATER = {
    "nobody signed version 2": (),
    "one signed version 2 in the next year": (signs(2, date(2027, 1, 20)),),
    "one withdrew in the next year": (withdraws(1, date(2027, 1, 20)),),
    "one withdrew within the year": (withdraws(1, date(2026, 10, 1)),),
    "one withdrew, dated in words": (withdraws(1, text="fall 2026"),),
    "one withdrew, nobody knows when": (withdraws(1, text="when its branch closed"),),
}
GONE = [name for name in LATER if "withdrew" in name]

every = pytest.mark.parametrize("later", LATER.values(), ids=LATER)
gone = pytest.mark.parametrize("later", [LATER[name] for name in GONE], ids=GONE)


def later_edition(coalition: Coalition) -> Edition:
    """One of the year after the next, when something may be said of 2027 too."""
    return Edition(3, datetime(2028, 3, 1, 17, tzinfo=UTC), coalition)


def of_version_2(slug: str, number: str, year: int = 2027) -> Assessment:
    return replace(invented.word(slug, number, State.COMPLETE, year), version=2)


def edition(coalition: Coalition) -> Edition:
    return Edition(2, invented.PUBLISHED, coalition)


def ledger(coalition: Coalition, **query: str) -> LedgerPage:
    return ledger_page(edition(coalition), query)


def compact(coalition: Coalition) -> CompactPage:
    return compact_page(edition(coalition))


def row(page: CompactPage, number: str) -> PromiseRow:
    return next(row for group in page.groups for row in group.promises if row.number == number)


def academy(coalition: Coalition) -> OrganizationPage:
    page = organization_page(edition(coalition), "sample-academy")
    assert page is not None
    return page


def names(page: LedgerPage) -> list[str]:
    return [row.organization.name.text for row in page.rows]


def chosen(page: LedgerPage, name: str) -> list[str]:
    return [one.value for select in page.selects if select.name == name for one in select.choices if one.is_chosen]


class TestWhateverHappenedLater:
    @every
    def test_the_ledger_opens_with_what_was_said(self, later):
        page = ledger(invented.second(*later))
        assert page.headline.answer == "9 of 21 kept."
        assert page.lead == "In 2026 the Compact bound three organizations to 21 promises."
        assert (page.year, chosen(page, "version"), names(page)) == (2026, ["1"], ALL)
        assert page.tally == "3 organizations, 21 promises:"
        assert not page.is_empty

    @every
    def test_the_compact_counts_what_was_said(self, later):
        page = compact(invented.second(*later))
        assert (page.year, page.headline.answer) == (2026, "Seven things.")
        assert page.lead == (
            "Seven commitments bind everyone who signed. This is version 1; the current one is version 2."
        )
        first, last = row(page, "1"), row(page, "7")
        assert (first.of_how_many, last.of_how_many) == ("3 of 3", "0 of 3")
        assert {first.whom, last.whom} == {"Bound three signers in 2026."}
        assert last.description == "0 kept it, 3 in part, 0 not; 0 without evidence, 0 not assessed yet."

    @every
    def test_the_organization_keeps_what_was_said_of_it(self, later):
        page = academy(invented.second(*later))
        said = [one for one in (*page.promises, *page.former) if one.latest]
        assert [(one.number, one.latest.year) for one in said if one.latest] == [(str(n), 2026) for n in range(1, 8)]
        assert "none assessed yet" not in page.finding or "of version 2" in page.finding


class TestWhoWithdrew:
    @gone
    def test_it_is_told_as_gone_on_every_page(self, later):
        coalition = invented.second(*later)
        assert academy(coalition).sentence == "It signed the Compact and has withdrawn its signature."
        page = coalition_page(edition(coalition))
        assert page.headline.answer == "Two organizations."
        assert [one.organization.name.text for one in page.past] == ["Sample Academy"]
        assert [one.name.text for one in compact(coalition).signers] == ["Sample Library", "Sample Museum"]

    @gone
    def test_its_promises_are_former_ones_and_nothing_is_counted_over_them(self, later):
        page = academy(invented.second(*later))
        assert (page.promises, len(page.former), page.finding) == ((), 7, "")

    @gone
    def test_nobody_counts_it_for_a_year_after_it(self, later):
        page = ledger(replace(invented.second(*later), assessments=()))
        assert page.lead == (
            "In 2027 the Compact bound two organizations to 14 promises. None has been assessed in public yet."
        )

    def test_of_what_was_not_assessed_before_it_left_within_the_year_nothing_is_counted(self):
        coalition = invented.second(withdraws(1, date(2026, 10, 1)))
        words = tuple(
            one for one in coalition.assessments if one.organization != "sample-academy" or one.commitment == "1"
        )
        page = ledger(replace(coalition, assessments=words))
        assert page.lead == "In 2026 the Compact bound three organizations to 15 promises."

    def test_who_takes_back_the_latest_version_stands_on_no_page_by_the_one_before(self):
        coalition = invented.second(signs(2, date(2026, 11, 20)), withdraws(2, date(2027, 2, 1)))
        assert academy(coalition).sentence == "It signed the Compact and has withdrawn its signature."
        page = coalition_page(edition(coalition))
        assert (page.headline.answer, page.past[0].what) == (
            "Two organizations.",
            "Withdrew its signature on February 1, 2027",
        )
        assert [(one.number, one.signers) for one in compact(coalition).versions] == [
            (2, "Nobody stands by it now."),
            (1, "Two organizations stand by it."),
        ]

    def test_when_all_have_gone_the_compact_binds_nobody(self):
        coalition = replace(invented.second(), assessments=())
        organizations = tuple(
            replace(one, signatures=(*one.signatures, withdraws(1, date(2026, 9, 1))))
            for one in coalition.organizations
        )
        page = ledger(replace(coalition, organizations=organizations))
        assert (page.headline.answer, page.lead) == ("Not assessed yet.", "In 2027 the Compact bound nobody.")


class TestSignedByOneOfThree:
    coalition = invented.second(signs(2, date(2026, 11, 20)))

    def test_within_the_year_it_is_bound_by_both_and_the_title_counts_both(self):
        page = ledger(self.coalition)
        assert page.headline.answer == "9 of 21 assessed are kept."
        assert page.lead == (
            "In 2026 the Compact bound three organizations to 24 promises. Three have not been assessed yet. "
            "Below stand the promises of version 1."
        )
        assert names(page) == ALL

    def test_the_version_without_a_word_does_not_say_that_nobody_was_assessed(self):
        late_in_the_year = Edition(2, datetime(2026, 12, 1, 17, tzinfo=UTC), self.coalition)
        page = ledger_page(late_in_the_year, {"version": "2"})
        assert (page.year, page.headline.answer, names(page)) == (
            2026,
            "9 of 21 assessed are kept.",
            ["Sample Academy"],
        )
        assert "None has been assessed" not in page.lead
        assert page.lead.endswith("Below stand the promises of version 2.")
        assert page.is_empty  # what is below it is

    def test_a_year_of_which_nothing_is_said_of_any_version_says_so(self):
        page = ledger(self.coalition, version="2")
        assert (page.year, page.headline.answer) == (2027, "Not assessed yet.")
        assert page.lead == (
            "In 2027 the Compact bound three organizations to 17 promises. None has been assessed in public yet. "
            "Below stand the promises of version 2."
        )

    def test_its_page_tells_the_versions_apart(self):
        page = academy(self.coalition)
        assert page.sentence == "It signed the Compact. Three commitments follow from that."
        assert page.finding == "Three promises of version 2, none assessed yet"
        assert [one.number for one in page.promises] == ["1", "2", "3"]
        assert [one.number for one in page.former] == ["1", "2", "3", "4", "5", "6", "7"]

    def test_nobody_leaves_the_wall(self):
        assert [one.name.text for one in compact(self.coalition).signers] == ALL
        assert [(one.number, one.signers) for one in compact(self.coalition).versions] == [
            (2, "One organization stands by it."),
            (1, "Three organizations stand by it."),
        ]


class TestOnceTheNewVersionIsAssessed:
    coalition = invented.second(signs(2, date(2027, 1, 20)), words=[of_version_2("sample-academy", "1")])

    def test_ledger_and_compact_open_with_it(self):
        page = ledger_page(later_edition(self.coalition), {})
        assert (page.year, chosen(page, "version"), names(page)) == (2027, ["2"], ["Sample Academy"])
        shown = compact_page(later_edition(self.coalition))
        assert (shown.year, shown.lead) == (2027, "Three commitments bind everyone who signed.")
        assert (row(shown, "1").of_how_many, row(shown, "1").whom) == ("1 of 1", "Bound one signer in 2027.")

    def test_each_version_can_be_read(self):
        pages = {version: compact_page(later_edition(self.coalition), version) for version in ("", "1", "2", "3", "x")}
        shown = {version: [one.number for one in page.versions if one.is_shown] for version, page in pages.items()}
        assert shown == {"": [2], "1": [1], "2": [2], "3": [2], "x": [2]}
        assert len(pages["1"].groups[0].promises) > len(pages["2"].groups[0].promises)

    def test_the_title_counts_those_who_stayed_with_the_first_too(self):
        page = ledger_page(later_edition(self.coalition), {})
        assert page.headline.answer == "1 of 1 assessed is kept."
        assert page.lead == (
            "In 2027 the Compact bound three organizations to 17 promises. 16 have not been assessed yet. "
            "Below stand the promises of version 2."
        )

    @pytest.mark.parametrize("query", [{"version": "1"}, {"year": "2026"}, {"version": "1", "year": "2027"}])
    def test_what_was_said_before_is_one_choice_away(self, query):
        page = ledger_page(later_edition(self.coalition), query)
        assert (page.year, chosen(page, "version"), page.headline.answer) == (2026, ["1"], "9 of 21 kept.")

    def test_its_page_counts_what_binds_it_and_keeps_the_rest(self):
        page = organization_page(later_edition(self.coalition), "sample-academy")
        assert page is not None
        assert (page.finding, len(page.former)) == ("Of three promises, one is assessed and kept", 7)


class TestBeforeAnythingIsAssessed:
    def test_a_version_that_nobody_signed_hides_nobody_who_is_bound(self):
        coalition = replace(invented.second(), assessments=())
        page = ledger(coalition)
        assert page.lead == (
            "In 2027 the Compact bound three organizations to 21 promises. None has been assessed in public yet."
        )
        assert (names(page), chosen(page, "version")) == (ALL, ["1"])
        shown = compact(coalition)
        assert (shown.year, row(shown, "1").whom) == (None, "Binds three signers.")

    def test_once_somebody_signed_the_new_version_it_comes_first(self):
        coalition = replace(invented.second(signs(2, date(2027, 1, 20))), assessments=())
        assert chosen(ledger(coalition), "version") == ["2"]
        assert compact(coalition).lead == "Three commitments bind everyone who signed."

    def test_a_promise_that_binds_nobody_says_nothing_of_who_signed_another_version(self):
        coalition = invented.second(signs(2, date(2027, 1, 20)))
        providers = replace(coalition.compacts[0], commitments=invented.commitments())
        page = compact(replace(coalition, assessments=(), compacts=(providers, coalition.compacts[1])))
        assert row(page, "P").unsaid == "Binds nobody now"


def test_a_promise_that_bound_nobody_in_a_year_that_is_over_says_so():
    page = compact(replace(invented.coalition(), organizations=invented.coalition().organizations[:1]))
    assert (row(page, "P").unsaid, row(page, "P").whom) == ("Bound nobody in 2026", "")
