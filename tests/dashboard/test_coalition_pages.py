"""The coalition's pages as they are built from an edition that does not exist. No database."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from coalition.roster import Coalition, Edition, Organization, Role, Sector, SignatureLine, State, When, Words
from coalition.rules.ledger import coverage
from dashboard.charts.svg.coverage import MOST_PARTS
from dashboard.charts.svg.coverage import coverage as drawn
from dashboard.charts.words import ledger as over_all
from dashboard.charts.words import promises as said
from dashboard.pages.coalition import compact as compacts
from dashboard.pages.coalition import organizations
from dashboard.pages.coalition.findings import Promise
from dashboard.pages.coalition.ledger import Row

from . import invented

NOTHING = Edition(0, None, Coalition())


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def coalition_page(coalition: Coalition | None = None) -> organizations.CoalitionPage:
    return organizations.coalition_page(Edition(2, invented.PUBLISHED, coalition or invented.coalition()))


def on_wall(page: organizations.CoalitionPage) -> list[str]:
    return [one.name.text for signers in page.wall for one in signers.organizations]


def organization(slug: str, coalition: Coalition | None = None) -> organizations.OrganizationPage:
    edition = Edition(2, invented.PUBLISHED, coalition or invented.coalition())
    page = organizations.organization_page(edition, slug)
    assert page is not None
    return page


def ledger(**query: str) -> compacts.LedgerPage:
    return compacts.ledger_page(invented.edition(), query)


def unassessed() -> Coalition:
    return replace(invented.coalition(), assessments=())


class TestWhoSigned:
    def test_the_title_answers_its_question(self):
        page = coalition_page()
        assert (page.headline.question, page.headline.answer) == ("Who signed?", "Eight organizations.")
        assert page.lead == (
            "They come from six of the seven kinds of organizations that the Compact calls on. "
            "One more is on record as taking part, without a signature."
        )

    def test_who_withdrew_is_not_on_the_wall_but_is_not_forgotten(self):
        page = coalition_page()
        assert "Sample Gone" not in on_wall(page)
        assert [(one.organization.name.text, one.what) for one in page.past] == [
            ("Sample Gone", "Withdrew its signature on September 1, 2026"),
            ("Sample Gone", "Member until September 1, 2026"),
        ]

    def test_a_new_version_takes_no_name_off_the_wall(self):
        coalition = invented.coalition()
        first = coalition.compacts[0]
        second = replace(first, number=2, is_current=True)
        page = coalition_page(replace(coalition, compacts=(second, replace(first, is_current=False))))
        assert len(on_wall(page)) == 8

    def test_every_sector_has_its_row_and_the_finding_counts_the_empty_ones(self):
        page = coalition_page()
        assert page.sectors_finding == "One of the seven sectors has no signatory"
        rows = {row.name: (len(row.signed), len(row.others)) for row in page.sectors}
        assert rows["Community leaders"] == (0, 0)
        assert rows["Education institutions"] == (2, 0)
        assert rows["Sector not known yet"] == (0, 1)
        assert len(rows) == 8

    @pytest.mark.parametrize(
        ("signed", "finding"),
        [
            ((), "No sector has a signatory"),
            (tuple(Sector)[:5], "Two of the seven sectors have no signatory"),
            (tuple(Sector)[:7], "Every sector has a signatory"),
        ],
    )
    def test_the_finding_follows_from_who_signed(self, signed, finding):
        organizations = tuple(invented.organization(f"Sample {sector}", sector) for sector in signed)
        page = coalition_page(Coalition(compacts=invented.coalition().compacts, organizations=organizations))
        assert page.sectors_finding == finding

    def test_those_who_came_together_are_named_together_with_their_source(self):
        roles = {role.name: role for role in coalition_page().roles}
        (holders,) = roles["Steering Committee"].holders
        assert [one.name.text for one in holders.organizations] == ["Sample College", "Sample School Network"]
        assert holders.since.text == "January 1, 2026"
        assert holders.source is not None
        assert holders.source.title.text == "Invented minutes"

    def test_an_unconfirmed_sector_is_said_so(self):
        one = replace(invented.organization("Sample", Sector.BUSINESS), sector_note="Our reading.")
        page = coalition_page(Coalition(compacts=invented.coalition().compacts, organizations=(one,)))
        assert page.sectors_note == "The sector of one organization is not confirmed; its page says what is unsure."

    def test_before_the_first_edition_nobody_has_signed(self):
        page = organizations.coalition_page(NOTHING)
        assert (page.headline.answer, page.headline.tone, page.wall) == ("Nobody yet.", "void", ())


class TestOneOrganization:
    def test_it_says_what_was_signed_promised_given_and_joined(self):
        page = organization("sample-college")
        assert page.sentence == "It signed the Compact. Seven commitments follow from that."
        assert page.finding == "Five of seven promises kept"
        assert [event.what for event in page.record] == ["Signed the Compact, version 1", "Steering Committee"]
        assert page.record[0].office.text == "Office of the Director"
        assert page.given is not None
        assert (page.given.total.promised, page.given.total.delivered) == ("$22,000", "$9,000")
        assert [(one.team.name.text, one.part) for one in page.teams] == [("Sample Team", "Leads the team")]
        assert [one.title for one in page.unknown] == ["What it shares"]

    def test_the_reply_stands_beside_the_assessment_word_for_word(self):
        contact = self.promise("sample-college", "6")
        assert contact.latest is not None
        assert contact.latest.badge.word == "Limited"
        assert contact.latest.reply.text == "We began in November. By the summer it will be done."
        assert contact.latest.replied_on == "January 28, 2027"

    def test_what_was_said_before_stays_with_the_reason(self):
        agenda = self.promise("sample-college", "2")
        assert agenda.latest is not None
        (before,) = agenda.latest.before
        assert (before.badge.word, before.said_on, before.why.text) == (
            "No evidence",
            "December 1, 2026",
            "The minutes came in late.",
        )

    def test_the_latest_year_comes_first_and_the_earlier_one_stays(self):
        purpose = self.promise("sample-insurer", "1")
        assert purpose.latest is not None
        assert (purpose.latest.year, [one.year for one in purpose.earlier]) == (2026, [2025])

    def test_a_funder_has_one_promise_more_and_shows_its_grants(self):
        page = organization("sample-foundation")
        assert [one.number for one in page.promises] == ["1", "2", "3", "4", "5", "6", "7", "F"]
        assert [(one.recipient.text, one.amount) for one in page.grants] == [("Sample Mentors", "$40,000")]
        assert [(one.part, one.until) for one in page.teams] == [("Was a member", "December 1, 2026")]

    def test_a_provider_shows_the_years_it_shared(self):
        assert [one.shared for one in organization("sample-youth-program").programs] == ["2024–25 and 2025–26"]

    def test_nothing_binds_who_withdrew_and_it_is_said_plainly(self):
        page = organization("sample-gone")
        assert page.sentence == "It signed the Compact and has withdrawn its signature."
        assert page.promises == ()
        assert page.record[1].what == "Withdrew its signature from the Compact, version 1"
        assert page.record[1].reason.text == "It closed its Sample branch."

    def test_what_was_said_of_a_withdrawn_promise_stays_on_record(self):
        coalition = invented.coalition()
        words = (*coalition.assessments, invented.word("sample-gone", "1", State.COMPLETE))
        page = organization("sample-gone", replace(coalition, assessments=words))
        assert [one.number for one in page.former] == ["1"]

    def test_who_never_signed_promised_nothing(self):
        page = organization("sample-neighbors")
        assert page.sentence == "It takes part in the coalition. No signature of the Compact is on record."
        assert (page.promises, bool(page.signed)) == ((), False)

    def test_nothing_reported_is_no_failing(self):
        page = organization("sample-insurer", unassessed())
        assert page.finding == "Seven promises, none assessed yet"
        assert {one.badge.word for one in page.promises} == {"Not assessed yet"}
        assert [one.text for one in page.unknown] == [
            "No contribution and no grant has been reported here yet.",
            "No program of its own has been registered here yet.",
            "No action team has named it as a member here yet.",
        ]

    def test_an_unknown_name_has_no_page(self):
        assert organizations.organization_page(invented.edition(), "nobody") is None

    def test_a_logo_says_whose_it_is(self):
        one = replace(invented.organization("Sample", Sector.BUSINESS), logo="abc")
        logo = organization("sample", Coalition(organizations=(one,))).logo
        assert logo is not None
        assert (logo.url, logo.alt) == ("/coalition/logos/abc.png", "Logo of Sample")

    def promise(self, slug: str, number: str) -> Promise:
        return next(one for one in organization(slug).promises if one.number == number)


class TestCompact:
    def page(self, coalition: Coalition | None = None) -> compacts.CompactPage:
        return compacts.compact_page(Edition(2, invented.PUBLISHED, coalition or invented.coalition()))

    def row(self, number: str, coalition: Coalition | None = None) -> compacts.PromiseRow:
        return next(row for group in self.page(coalition).groups for row in group.promises if row.number == number)

    def test_nine_things_for_three_kinds_of_signers(self):
        page = self.page()
        assert page.headline.answer == "Nine things."
        assert page.lead == (
            "Seven commitments bind everyone who signed. Program providers take on one more. "
            "Philanthropic organizations take on one more."
        )
        assert [(group.name, len(group.promises)) for group in page.groups] == [
            ("Everyone who signed", 7),
            ("Program providers also", 1),
            ("Philanthropic organizations also", 1),
        ]

    def test_coverage_is_the_default(self):
        # Column 6 of the invented grid, from the first line down: L C C C C C open E.
        row = self.row("6")
        assert (row.of_how_many, row.of_whom, row.done.text, row.besides) == (
            "5 of 7",
            "assessed:",
            "named a contact",
            "1 not assessed yet",
        )
        assert row.whom == "Bound eight signers in 2026."
        assert [words for _mark, words in row.counts] == [
            "5 complete",
            "1 limited",
            "1 without evidence",
        ]
        assert row.description == "5 kept it, 1 in part, 0 not; 1 without evidence, 1 not assessed yet."

    def test_only_providers_are_counted_where_only_they_are_bound(self):
        row = self.row("P")
        assert (row.of_how_many, row.besides) == ("1 of 1", "1 not assessed yet")
        assert row.whom == "Bound two signers in 2026, all program providers."

    def test_nobody_assessed_is_not_nobody_kept(self):
        row = self.row("6", unassessed())
        assert (row.of_how_many, row.unsaid, row.counts) == ("", "Not assessed yet", ())
        assert self.page(unassessed()).year is None

    def test_a_promise_that_binds_nobody_says_so(self):
        coalition = unassessed()
        signers = tuple(one for one in coalition.organizations if one.sector is Sector.BUSINESS)
        row = self.row("P", replace(coalition, organizations=signers))
        assert (row.unsaid, row.chart, row.whom) == ("Binds no program provider now", None, "")

    def test_a_version_says_how_many_stand_by_it(self):
        (version,) = self.page().versions
        assert (version.number, version.is_current, version.signers) == (1, True, "Eight organizations stand by it.")

    def test_before_the_first_edition_nothing_is_on_record(self):
        page = compacts.compact_page(NOTHING)
        assert (page.headline.answer, page.groups, page.versions) == ("Not on record.", (), ())


class TestLedger:
    def test_the_title_counts_each_promise_once_for_each_organization(self):
        # Eight organizations with seven promises, two providers and one funder with one more: 59.
        page = ledger()
        assert page.headline.question == "What came of it?"
        assert page.headline.answer == "32 of 51 assessed are kept."
        assert page.lead == (
            "In 2026 the Compact bound eight organizations to 59 promises. Eight have not been assessed yet."
        )
        assert sum(letter in "CS" for line in invented.GRID for letter in line) == 32

    def test_a_row_has_a_mark_for_every_commitment(self):
        row = self.row(ledger(), "Sample Foundation")
        assert [badge.shape for _number, badge in row.cells] == [
            "complete",
            "complete",
            "substantial",
            "limited",
            "complete",
            "complete",
            "complete",
            "none",
            "limited",
        ]

    def test_who_was_not_assessed_is_marked_so_and_never_as_not_started(self):
        row = self.row(ledger(), "Sample Mentors")
        assert {badge.word for number, badge in row.cells if number != "F"} == {"Not assessed yet"}

    def test_the_address_chooses_the_rows(self):
        assert self.names(ledger(sector="business")) == [
            "Sample Employer Group of the Greater Sample Region",
            "Sample Insurer",
        ]
        assert self.names(ledger(commitment="P")) == ["Sample Mentors", "Sample Youth Program"]
        assert self.names(ledger(state="unassessed")) == ["Sample Mentors"]
        assert self.names(ledger(commitment="6", state="no_evidence")) == ["Sample City Office"]
        assert self.names(ledger(sector="community_leader")) == []

    def test_one_commitment_shows_all_that_is_said(self):
        page = ledger(commitment="6")
        row = self.row(page, "Sample Insurer")
        assert row.finding is not None
        assert row.finding.from_data
        assert page.one_text.text.startswith("An invented promise about contact")
        assert self.row(ledger(), "Sample Insurer").finding is None

    def test_what_the_address_does_not_know_is_left_out(self):
        odd = ledger(year="²", version="x", sector="zz", commitment="99", state="bad", page="3")
        assert odd == ledger()
        assert not odd.is_narrowed

    def test_the_years_that_can_be_chosen_are_those_with_something_said(self):
        years = next(select for select in ledger().selects if select.name == "year")
        assert [(one.value, one.is_chosen) for one in years.choices] == [("2026", True), ("2025", False)]

    def test_of_a_year_before_it_signed_nothing_counts_but_what_was_said(self):
        page = ledger(year="2025")
        assert self.names(page) == ["Sample Insurer"]
        assert page.lead == "In 2025 the Compact bound one organization to one promise."

    def test_before_anything_is_assessed_it_shows_what_binds_whom(self):
        page = compacts.ledger_page(Edition(2, invented.PUBLISHED, unassessed()), {})
        assert page.headline.answer == "Not assessed yet."
        assert page.headline.tone == "void"
        assert page.is_empty
        assert (page.year, len(page.rows)) == (2027, 8)
        assert page.lead == (
            "In 2027 the Compact bound eight organizations to 59 promises. None has been assessed in public yet."
        )

    def test_what_needs_no_opinion_is_named(self):
        assert ledger().from_data == "Commitments 6, 7 and P need no opinion: they follow from data."

    def test_two_versions_can_be_told_apart(self):
        coalition = invented.coalition()
        second = replace(coalition.compacts[0], number=2)
        both = replace(coalition, compacts=(second, replace(coalition.compacts[0], is_current=False)))
        edition = Edition(2, invented.PUBLISHED, both)
        assert compacts.ledger_page(edition, {"version": "2"}).rows == ()
        assert len(compacts.ledger_page(edition, {"version": "1"}).rows) == 8

    def test_before_the_first_edition_there_is_a_page_without_rows(self):
        page = compacts.ledger_page(NOTHING, {"year": "2026", "commitment": "6"})
        assert (page.rows, page.selects, page.headline.answer) == ((), (), "Not assessed yet.")

    def names(self, page: compacts.LedgerPage) -> list[str]:
        return [row.organization.name.text for row in page.rows]

    def row(self, page: compacts.LedgerPage, name: str) -> Row:
        return next(row for row in page.rows if row.organization.name.text == name)


class TestWords:
    def test_no_tone_says_more_than_its_mark(self):
        tones = {state: said.badge(state).tone for state in State}
        assert [state for state, tone in tones.items() if tone == "bad"] == [State.NOT_STARTED]
        assert tones[State.NO_EVIDENCE] == "void", "it does not say that nothing was done"
        assert said.badge(None).tone == said.no_promise().tone == "void"
        marks = [said.badge(state).shape for state in (*State, None)] + [said.no_promise().shape]
        assert len(set(marks)) == 7

    @pytest.mark.parametrize(
        ("kept", "assessed", "tone"),
        [(0, 0, "void"), (0, 8, "void"), (3, 4, "void"), (4, 4, "void"), (0, 9, "bad"), (8, 9, "bad"), (9, 9, "good")],
    )
    def test_something_is_missing_only_once_everything_is_assessed(self, kept, assessed, tone):
        assert over_all.what_came_of_it(9, assessed, kept).tone == tone

    def test_a_bar_has_a_part_for_every_organization_until_there_are_too_many(self):
        # 8 organizations: 4 kept it (half of the bar), 2 in part, 1 not, 1 unknown.
        chart = drawn(kept=4, under_way=2, missing=1, unknown=1)
        assert [(band.look, band.x, band.width) for band in chart.bands] == [
            ("rep", "0%", "50%"),
            ("half", "50%", "25%"),
            ("rep", "50%", "25%"),
            ("mish", "75%", "12.5%"),
            ("voidh", "87.5%", "12.5%"),
        ]
        assert len(chart.rules) == 7
        assert drawn(kept=MOST_PARTS, under_way=0, missing=0, unknown=1).rules == ()

    def test_a_count_of_one_is_said_in_the_singular(self):
        one = coverage([("a", State.LIMITED)], {"a"})
        assert [words for _mark, words in compacts.counts(one)] == ["1 limited"]


class TestSpanish:
    def test_what_nobody_has_translated_is_marked_as_english(self):
        with translation.override("es"):
            page = organization("sample-foundation")
            promises = {one.number: one for one in page.promises}
            assert (page.name.text, page.name.lang) == ("Sample Foundation", "en")
            assert (promises["1"].short.text, promises["1"].short.lang) == ("Purpose (es)", "")
            assert promises["F"].short.lang == "en"
            assert page.record[0].when.lang == ""

    def test_the_words_of_a_source_for_a_day_stay_english(self):
        line = SignatureLine(1, False, When(None, "when its branch opened"), "", "", None, None)
        one = Organization("sample", "Sample", Sector.BUSINESS, "", "", Words(), "", (), (line,))
        with translation.override("es"):
            assert organization("sample", Coalition(organizations=(one,))).signed.lang == "en"


def test_a_page_speaks_of_the_day_of_its_edition_and_not_of_today():
    late = replace(invented.left(), slug="sample-late", signatures=())
    ended = late.roles[0].until
    assert ended == date(2026, 9, 1)
    before = Edition(1, datetime(2026, 8, 1, tzinfo=UTC), Coalition(organizations=(late,)))
    after = Edition(2, invented.PUBLISHED, Coalition(organizations=(late,)))
    assert [row.name for row in organizations.coalition_page(before).roles] == ["Members"]
    assert organizations.coalition_page(after).roles == ()
    assert Role.MEMBER in {one.role for one in late.roles}
