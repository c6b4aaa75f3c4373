"""The wall and the record: who signed when, who withdrew, which version is in force, what was replied. No database."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from coalition.roster import (
    Coalition,
    Document,
    Edition,
    Organization,
    PastWord,
    Role,
    RoleHeld,
    Sector,
    SignatureLine,
    State,
    When,
)
from dashboard.charts.words.coalition import who_signed_lead
from dashboard.pages.coalition.compact import compact_page, ledger_page
from dashboard.pages.coalition.organizations import CoalitionPage, coalition_page, organization_page

from . import invented

LETTER = Document("Invented letter", "https://example.org/letter", "2027")
LATER = When(date(2027, 1, 12))
AFTER = datetime(2027, 2, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def edition(coalition: Coalition) -> Edition:
    return Edition(2, invented.PUBLISHED, coalition)


def signed(name: str, *lines: SignatureLine) -> Organization:
    return replace(invented.organization(name, Sector.BUSINESS), signatures=lines)


def line(moment: When, source: Document | None, *, version: int = 1, withdrew: bool = False) -> SignatureLine:
    return SignatureLine(version, withdrew, moment, "", "", source, None)


def page_of(*organizations: Organization) -> CoalitionPage:
    return coalition_page(edition(Coalition(invented.coalition().compacts, organizations)))


def wall(*organizations: Organization) -> list[tuple[list[str], str, str]]:
    return [
        (
            [one.name.text for one in signers.organizations],
            signers.when.text,
            signers.source.title.text if signers.source else "",
        )
        for signers in page_of(*organizations).wall
    ]


def printed(name: str, page: object) -> str:
    return " ".join(render_to_string(f"pages/coalition/{name}.html", {"page": page}, RequestFactory().get("/")).split())


FIRST, SECOND = (signed(f"Sample {name}", line(invented.SIGNED, invented.PAPER)) for name in ("A", "B"))


class TestTheWall:
    def test_those_who_signed_together_share_day_and_source(self):
        assert wall(FIRST, SECOND) == [(["Sample A", "Sample B"], "February 3, 2026", "Invented minutes")]

    def test_a_new_signer_takes_nobody_s_day_and_stands_under_nobody_s_source(self):
        third = signed("Sample C", line(LATER, LETTER))
        assert wall(FIRST, SECOND, third) == [
            (["Sample A", "Sample B"], "February 3, 2026", "Invented minutes"),
            (["Sample C"], "January 12, 2027", "Invented letter"),
        ]

    def test_a_signer_without_a_source_is_given_none(self):
        page = page_of(FIRST, signed("Sample C", line(LATER, None)))
        text = printed("coalition", page)
        assert text.count("Signed: ") == 2
        assert "Signed: January 12, 2027.</p>" in text

    def test_a_newer_version_changes_nothing_of_since_when_one_stands_by_it(self):
        again = signed("Sample A", line(invented.SIGNED, invented.PAPER), line(LATER, LETTER, version=2))
        assert wall(again) == [(["Sample A"], "February 3, 2026", "Invented minutes")]

    def test_who_withdrew_and_came_back_stands_by_it_since_then(self):
        back = signed(
            "Sample A",
            line(invented.SIGNED, invented.PAPER),
            line(When(date(2026, 9, 1)), None, withdrew=True),
            line(LATER, LETTER),
        )
        assert wall(back) == [(["Sample A"], "January 12, 2027", "Invented letter")]


class TestWhoWithdrewAndStillTakesPart:
    lines = invented.left().signatures
    gone = replace(invented.organization("Sample Gone", Sector.BUSINESS, Role.MEMBER), signatures=lines)
    never = invented.organization("Sample Never", Sector.BUSINESS, Role.MEMBER, signed=False)

    def test_it_is_not_said_that_it_never_signed(self):
        lead = page_of(FIRST, self.gone).lead
        assert lead.endswith("One more takes part that signed and has withdrawn.")
        assert "on record" not in lead

    def test_the_two_kinds_are_counted_apart(self):
        assert page_of(FIRST, self.gone, self.never).lead.endswith(
            "One more is on record as taking part, without a signature. "
            "One more takes part that signed and has withdrawn."
        )

    def test_several_are_counted_in_words(self):
        assert who_signed_lead(0, 7, never=0, withdrew=2) == "Two more take part that signed and have withdrawn."

    def test_nowhere_on_the_page_is_its_signature_called_missing(self):
        text = printed("coalition", page_of(self.gone))
        assert "no signature on record" not in text
        assert "signatory yet" not in text
        assert "takes part, no signature in force" in text


class TestVersions:
    def standing(self, current: int) -> list[tuple[int, str]]:
        first = invented.coalition().compacts[0]
        compacts = tuple(replace(first, number=number, is_current=number == current) for number in (3, 2, 1))
        page = compact_page(edition(replace(invented.coalition(), compacts=compacts)))
        return [(one.number, one.standing) for one in page.versions]

    def test_only_a_lower_number_is_an_earlier_one(self):
        assert self.standing(2) == [(3, "a newer one, not yet in force"), (2, "the current one"), (1, "an earlier one")]

    def test_without_a_current_one_none_is_called_earlier(self):
        assert {words for _number, words in self.standing(0)} == {"not in force"}


class TestTheRecord:
    def record(self, role: RoleHeld) -> str:
        one = replace(invented.organization("Sample", Sector.BUSINESS), roles=(role,))
        page = organization_page(edition(Coalition(invented.coalition().compacts, (one,))), "sample")
        return printed("organization", page)

    def test_a_part_says_since_when_and_until_when(self):
        text = self.record(RoleHeld(Role.PROGRAM_PROVIDER, When(date(2020, 3, 1)), date(2026, 6, 30), None))
        assert "<p>Since: March 1, 2020. Until: June 30, 2026.</p>" in text

    def test_one_that_goes_on_says_since_when(self):
        text = self.record(RoleHeld(Role.MEMBER, When(None, "October 2016, at the launch"), None, None))
        assert "<p>On record since: October 2016, at the launch.</p>" in text

    def test_who_plays_no_part_any_more_is_not_said_to_have_played_none(self):
        ended = RoleHeld(Role.PROGRAM_PROVIDER, When(date(2020, 3, 1)), date(2026, 6, 30), None)
        assert "No other part any more" in self.record(ended)

    def test_a_signature_is_of_one_day(self):
        assert "<p>February 3, 2026</p>" in self.record(RoleHeld(Role.MEMBER, invented.SIGNED, None, None))


class TestTheFactsOfAnOrganization:
    """One signed version 1, later version 2; the other withdrew."""

    def facts(self, *lines: SignatureLine) -> tuple[str, str]:
        first = invented.coalition().compacts[0]
        compacts = (replace(first, number=2), replace(first, number=1, is_current=False))
        one = signed("Sample", *lines)
        page = organization_page(replace(edition(Coalition(compacts, (one,))), published_at=AFTER), one.slug)
        return page.signed_label, page.signed.text

    def test_the_signature_that_counts_now_is_the_one_shown(self):
        first, second = line(invented.SIGNED, None), line(LATER, LETTER, version=2)
        assert self.facts(first, second) == ("Signed", "January 12, 2027")
        assert self.facts(first) == ("Signed", "February 3, 2026")

    def test_of_who_withdrew_the_withdrawal_is_shown(self):
        gone = line(LATER, None, withdrew=True)
        assert self.facts(line(invented.SIGNED, None), gone) == ("Withdrew", "January 12, 2027")


class TestTheReplyToAnEarlierWord:
    past = PastWord(
        State.NO_EVIDENCE, date(2026, 12, 1), "It came in late.", "It is in our minutes.", date(2026, 12, 9)
    )
    word = replace(invented.word("sample-college", "6", State.COMPLETE), history=(past,))
    shown = edition(replace(invented.coalition(), assessments=(word,)))

    def test_it_stands_beside_that_word_on_the_page_of_the_organization(self):
        page = organization_page(self.shown, "sample-college")
        text = printed("organization", page)
        assert "<blockquote><p>It is in our minutes.</p></blockquote>" in text
        assert "Replied December 9, 2026; printed word for word." in text

    def test_and_in_the_ledger(self):
        assert "<p>It is in our minutes.</p>" in printed("ledger", ledger_page(self.shown, {"commitment": "6"}))

    def test_where_nobody_replied_nothing_is_printed(self):
        silent = replace(self.word, history=(replace(self.past, reply="", replied_on=None),))
        page = organization_page(edition(replace(invented.coalition(), assessments=(silent,))), "sample-college")
        assert "<blockquote" not in printed("organization", page)


class TestTheColumnsOfTheLedger:
    def test_their_numbers_are_spelled_out_above_the_grid(self):
        text = printed("ledger", ledger_page(invented.edition(), {}))
        key = text.partition('<ul class="heads"')[2].partition("</ul>")[0]
        assert "<b>1</b> Purpose" in key
        assert key.count("<li>") == 9

    def test_one_commitment_alone_needs_no_key(self):
        assert 'class="heads"' not in printed("ledger", ledger_page(invented.edition(), {"commitment": "6"}))
