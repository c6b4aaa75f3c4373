"""The ledger: a word on a promise, the right to reply before anybody else reads it, and its history."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from coalition.actions import ledger
from coalition.actions.errors import CoalitionError
from coalition.actions.ledger import assess, derive, discard, release, reply, send, stage
from coalition.actions.signatures import withdraw
from coalition.models import (
    ActionTeam,
    Assessment,
    Attendance,
    Commitment,
    CompactVersion,
    Contact,
    Interest,
    Meeting,
    Organization,
    Program,
    RolePeriod,
    Sector,
    Signature,
    StoredFile,
    TeamEvent,
    Upload,
)
from coalition.promises import due, promises
from coalition.rules.ledger import Stage
from coalition.waiting import waiting
from tests.at_once import at_once

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    turn_to(TODAY, monkeypatch)


def turn_to(day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets it be this day for everything that asks."""
    monkeypatch.setattr(timezone, "localdate", lambda *_args: day)


@pytest.fixture
def staff() -> User:
    return User.objects.create_user("staff")


def organization(slug: str = "hartford-promise") -> Organization:
    found: Organization = Organization.objects.get(slug=slug)
    return found


def commitment(number: str, version: int = 1) -> Commitment:
    found: Commitment = Commitment.objects.get(version__number=version, number=number)
    return found


def contact(
    slug: str = "hartford-promise", *, email: str = "", since: date = date(2026, 1, 1), until: date | None = None
) -> Contact:
    account = User.objects.create_user(email or f"contact@{slug}.example.org")
    return Contact.objects.create(
        organization=organization(slug),
        name="Contact",
        email=account.username,
        since=since,
        until=until,
        user=account,
        recorded_at=timezone.make_aware(datetime.combine(TODAY, time(12))),
    )


def give_role(slug: str, role: str, *, since: date = date(2020, 1, 1), until: date | None = None) -> None:
    RolePeriod.objects.create(organization=organization(slug), role=role, since=since, until=until)


@pytest.fixture
def say(staff: User) -> Callable[..., Assessment]:
    """Assesses commitment 1 of Hartford Promise for 2026, unless told otherwise."""

    def say(number: str = "1", **words: Any) -> Assessment:
        given = {"year": 2026, "state": "limited", "evidence": "Two programs now plan together.", **words}
        slug = given.pop("slug", "hartford-promise")
        return assess(organization=organization(slug), commitment=commitment(number), by=staff, **given)

    return say


def stored_file(by: User) -> StoredFile:
    now = timezone.now()
    return StoredFile.objects.create(
        sha256="0" * 64, name="a.pdf", content_type="application/pdf", data=b"%PDF", stored_by=by, stored_at=now
    )


class TestAssessing:
    def test_a_word_is_a_draft_that_only_the_staff_sees(self, say, staff):
        word = say(evidence="  Two programs now plan together. ", evidence_url="https://example.org/plan")
        assert (word.state, word.evidence, word.from_data) == ("limited", "Two programs now plan together.", False)
        assert (word.assessed_by, word.supersedes, word.reason) == (staff, None, "")
        assert stage(word, on=TODAY) == Stage.DRAFT
        assert not Assessment.objects.public().exists()

    @pytest.mark.parametrize(
        ("number", "words", "field", "says"),
        [
            ("P", {}, "commitment", "Commitment P does not bind Hartford Promise in 2026: it was no program provider."),
            ("F", {}, "commitment", "it was no philanthropic organization"),
            ("1", {"slug": "moveup"}, "commitment", "no signature of it stands"),
            ("1", {"year": 2015}, "commitment", "no signature of it stands"),  # signed in October 2016
            ("1", {"year": 2027}, "year", "2027 lies ahead."),
            ("6", {}, "commitment", "Commitment 6 follows from whether a contact is named; nobody’s opinion is asked."),
            ("7", {}, "commitment", "follows from the meetings attended in the year"),
            ("1", {"state": "perfect"}, "state", "five words"),
            ("1", {"state": "limited", "evidence": " "}, "evidence", "“limited” needs evidence"),
            ("1", {"state": "substantial", "evidence": ""}, "evidence", "“substantial” needs evidence"),
            ("1", {"state": "complete", "evidence": ""}, "evidence", "“complete” needs evidence"),
            ("1", {"evidence": "x" * 1001}, "evidence", "longer than 1000 letters"),
            ("1", {"evidence": "Ask office@example.org."}, "evidence", "take the e-mail address"),
            ("1", {"evidence": "Ask (860) 555-0100."}, "evidence", "telephone number"),
            ("1", {"reason": "x" * 301}, "reason", "longer than 300 letters"),
            ("1", {"evidence_url": "javascript:alert(1)"}, "evidence_url", "whole web address"),
            ("1", {"evidence_url": "example.org"}, "evidence_url", "whole web address"),
        ],
    )
    def test_what_is_refused(self, say, number, words, field, says):
        with pytest.raises(CoalitionError) as refused:
            say(number, **words)
        assert says in str(refused.value)
        assert refused.value.field == field
        assert not Assessment.objects.exists()

    @pytest.mark.parametrize("state", ["no_evidence", "not_started"])
    def test_a_word_that_says_nothing_was_done_needs_no_evidence(self, say, state):
        assert say(state=state, evidence="").state == state

    def test_an_address_or_a_file_is_evidence_too(self, say, staff):
        assert say("1", evidence="", evidence_url="https://example.org/").pk
        assert say("2", evidence="", evidence_file=stored_file(staff)).pk

    def test_an_organization_that_was_merged_is_assessed_under_its_new_name(self, say):
        organization().merged.model.objects.filter(slug="hartford-promise").update(
            merged_into=organization("achieve-hartford")
        )
        with pytest.raises(CoalitionError, match="was merged into Achieve Hartford!"):
            say()


class TestWhoIsBound:
    def test_a_role_held_on_one_day_of_the_year_is_enough(self, say):
        give_role("hartford-promise", "philanthropic", since=date(2024, 1, 1), until=date(2025, 1, 1))
        assert say("F", year=2025).pk
        with pytest.raises(CoalitionError, match="no philanthropic organization"):
            say("F", year=2026)

    def test_a_role_without_a_signature_binds_to_nothing(self, say):
        with pytest.raises(CoalitionError, match="no signature of it stands"):
            say("F", slug="readyct")

    def test_who_withdrew_in_the_year_is_not_bound_in_it_and_was_the_year_before(self, say):
        first = Signature.objects.get(organization=organization(), version__number=1)
        Signature.objects.create(
            organization=organization(),
            version=first.version,
            kind=Signature.Kind.WITHDRAWN,
            happened_on=date(2026, 3, 1),
            follows=first,
        )
        with pytest.raises(CoalitionError, match="no signature of it stands"):
            say(year=2026)
        assert say(year=2025).pk

    def test_who_signed_a_later_version_is_held_to_that_one(self, say):
        document = CompactVersion.objects.get(number=1).document
        later = CompactVersion.objects.create(number=2, document=document, since=date(2026, 1, 1))
        Signature.objects.create(organization=organization(), version=later, happened_on=date(2026, 5, 1))
        with pytest.raises(CoalitionError, match="held to another version of the Compact"):
            say(year=2026)
        assert say(year=2025).pk

    def test_the_seven_signers_have_seven_promises_each_and_the_foundation_one_more(self):
        bound = promises(year=2026, today=TODAY)
        assert len(bound) == 50
        assert [one.organization.slug for one in bound if one.commitment.number == "F"] == [
            "lincoln-financial-foundation"
        ]
        assert promises(year=2015, today=TODAY) == []


class TestReplacing:
    def test_a_word_is_replaced_with_a_reason_and_both_are_kept(self, say):
        first = say()
        second = say(state="substantial", reason="The shared plan was adopted in May.")
        assert second.supersedes == first
        assert list(Assessment.objects.current()) == [second]

    def test_without_a_reason_nothing_is_replaced(self, say):
        say()
        with pytest.raises(CoalitionError, match="say why it changes") as refused:
            say(state="substantial")
        assert refused.value.field == "reason"

    def test_the_same_word_again_is_nothing_new(self, say):
        say()
        with pytest.raises(CoalitionError, match="exactly what is said already"):
            say(reason="Said again.")

    def test_who_looked_at_an_older_word_is_told_so(self, say):
        first = say()
        second = say(state="substantial", reason="The plan was adopted.", seen=first.pk)
        with pytest.raises(CoalitionError, match="Somebody else said something of this promise meanwhile"):
            say(state="complete", reason="All of it.", seen=first.pk)
        assert say(state="complete", reason="All of it.", seen=second.pk).supersedes == second

    def test_a_new_draft_takes_no_public_word_away(self, say, staff, monkeypatch):
        def public() -> list[str]:
            return [word.state for word in Assessment.objects.public()]

        contact()
        first = say()
        send(assessments=[first], by=staff)
        turn_to(TODAY + timedelta(days=22), monkeypatch)
        release(assessments=[first], by=staff)
        say(state="substantial", reason="The plan was adopted.")
        assert public() == ["limited"]  # released ← draft
        third = say(state="complete", reason="It is carried out.")
        assert public() == ["limited"]  # released ← draft ← draft
        send(assessments=[third], by=staff)
        turn_to(TODAY + timedelta(days=60), monkeypatch)
        release(assessments=[third], by=staff)
        assert public() == ["complete"]  # released ← draft ← released
        say(state="limited", reason="It was given up.")
        assert public() == ["complete"]  # … ← draft

    def test_words_released_in_the_same_moment_leave_one_public(self, say, staff):
        # A merge or a restored file may bring equal times; the later row of the chain is the word.
        now = timezone.now()
        say()
        say(state="complete", reason="All of it.")
        Assessment.objects.update(sent_by=staff, sent_at=now, reply_until=TODAY, released_by=staff, released_at=now)
        assert [word.state for word in Assessment.objects.public()] == ["complete"]


class TestTheRightOfReply:
    def test_the_organization_has_three_weeks_and_the_last_day_is_its_own(self, say, staff):
        contact()
        word = say()
        assert send(assessments=[word], by=staff) == 1
        word.refresh_from_db()
        assert word.reply_until == date(2026, 12, 16)
        assert stage(word, on=date(2026, 12, 16)) == Stage.WITH_ORGANIZATION
        assert stage(word, on=date(2026, 12, 17)) == Stage.READY

    def test_where_nobody_can_sign_in_nothing_is_sent_and_all_of_those_are_named(self, say, staff):
        contact("achieve-hartford")
        contact(until=TODAY - timedelta(days=1))
        words = [say(slug="achieve-hartford"), say(), say(slug="office-of-the-mayor")]
        with pytest.raises(CoalitionError) as refused:
            send(assessments=words, by=staff, told=" ")
        assert str(refused.value) == (
            "Nobody can sign in for Hartford Promise and Office of the Mayor of Hartford: name a contact and invite "
            "it, or say how it was told."
        )
        assert Assessment.objects.drafts().count() == 3

    def test_who_can_only_be_told_in_another_way_has_the_same_days_and_replies_by_naming_a_contact(self, say, staff):
        """Who breaks its promise to name a contact (6) cannot escape the ledger by that."""
        contact("achieve-hartford")
        read, told = say(slug="achieve-hartford"), say()
        assert send(assessments=[read, told], by=staff, told="Letter to its office") == 2
        for word, how in ((read, ""), (told, "Letter to its office")):
            word.refresh_from_db()
            assert (word.told, word.reply_until) == (how, date(2026, 12, 16))
        assert reply(assessment=told, text="We are here.", by=contact().user)
        assert release(assessments=[told], by=staff) == 1

    def test_what_was_sent_is_not_sent_again(self, say, staff):
        contact()
        word = say()
        send(assessments=[word], by=staff)
        with pytest.raises(CoalitionError, match="was sent before"):
            send(assessments=[word], by=staff)

    def test_no_day_at_all_is_no_right_of_reply(self, say, staff):
        contact()
        with pytest.raises(CoalitionError, match="one day at least"):
            send(assessments=[say()], by=staff, days=0)

    def test_a_contact_replies_word_for_word_and_may_say_it_anew_until_it_is_public(self, say, staff):
        account = contact().user
        word = say()
        send(assessments=[word], by=staff)
        reply(assessment=word, text=" Three programs do. ", by=account)
        reply(assessment=word, text="Three programs do, since June.", by=account)
        assert [one.text for one in word.replies.all()] == ["Three programs do.", "Three programs do, since June."]
        assert release(assessments=[word], by=staff) == 1
        with pytest.raises(CoalitionError, match="is public"):
            reply(assessment=word, text="Four programs do.", by=account)

    def test_a_late_reply_counts_while_the_word_is_not_public(self, say, staff, monkeypatch):
        account = contact().user
        word = say()
        send(assessments=[word], by=staff)
        turn_to(TODAY + timedelta(days=30), monkeypatch)
        assert reply(assessment=word, text="Three programs do.", by=account).pk

    def test_nobody_else_replies(self, say, staff, monkeypatch):
        account, stranger = contact().user, contact("achieve-hartford").user
        word = say()
        send(assessments=[word], by=staff)
        for other in (staff, stranger):
            with pytest.raises(CoalitionError, match="Only a contact of Hartford Promise can reply"):
                reply(assessment=word, text="Three programs do.", by=other)
        Contact.objects.filter(user=account).update(until=TODAY)
        turn_to(TODAY + timedelta(days=1), monkeypatch)
        with pytest.raises(CoalitionError, match="Only a contact of Hartford Promise can reply"):
            reply(assessment=word, text="Three programs do.", by=account)

    @pytest.mark.parametrize(
        ("text", "says"),
        [(" ", "Write what"), ("x" * 1501, "1500 letters"), ("Write to me@example.org.", "e-mail address")],
    )
    def test_a_reply_that_cannot_be_shown_is_refused(self, say, staff, text, says):
        account = contact().user
        word = say()
        send(assessments=[word], by=staff)
        with pytest.raises(CoalitionError, match=says) as refused:
            reply(assessment=word, text=text, by=account)
        assert refused.value.field == "text"

    def test_before_it_is_sent_there_is_nothing_to_reply_to(self, say):
        account = contact().user
        with pytest.raises(CoalitionError, match="has not been sent"):
            reply(assessment=say(), text="Three programs do.", by=account)

    def test_a_new_word_starts_the_right_of_reply_anew(self, say, staff):
        account = contact().user
        first = say()
        send(assessments=[first], by=staff)
        reply(assessment=first, text="Three programs do.", by=account)
        second = say(state="substantial", reason="Three programs do.")
        assert stage(second, on=TODAY) == Stage.DRAFT
        for act in (
            lambda: reply(assessment=first, text="Four programs do.", by=account),
            lambda: release(assessments=[first], by=staff),
            lambda: send(assessments=[first], by=staff),
        ):
            with pytest.raises(CoalitionError, match="was replaced by a newer one"):
                act()


class TestReleasing:
    def test_only_what_is_ready_is_released_and_then_all_of_it_or_nothing(self, say, staff):
        account = contact().user
        ready, waits, draft = say("1"), say("2"), say("3")
        send(assessments=[ready, waits], by=staff)
        reply(assessment=ready, text="So it is.", by=account)
        with pytest.raises(CoalitionError, match="the organization may reply until Dec"):
            release(assessments=[ready, waits], by=staff)
        with pytest.raises(CoalitionError, match="the organization has not seen it"):
            release(assessments=[ready, draft], by=staff)
        assert not Assessment.objects.public().exists()
        assert release(assessments=[ready], by=staff) == 1
        assert list(Assessment.objects.public()) == [ready]
        with pytest.raises(CoalitionError, match="was released before"):
            release(assessments=[ready], by=staff)

    def test_the_lists_of_the_staff_say_the_same_as_the_stage(self, say, staff, monkeypatch):
        account = contact().user
        words = [say(number) for number in "12345"]
        send(assessments=words[1:], by=staff)
        reply(assessment=words[2], text="So it is.", by=account)
        reply(assessment=words[3], text="So it is.", by=account)
        release(assessments=[words[3]], by=staff)
        for day in (TODAY, TODAY + timedelta(days=21), TODAY + timedelta(days=22)):
            by_stage: dict[Stage, set[int]] = {one: set() for one in Stage}
            for word in Assessment.objects.all():
                by_stage[stage(word, on=day)].add(word.pk)
            lists = {
                Stage.DRAFT: Assessment.objects.drafts(),
                Stage.WITH_ORGANIZATION: Assessment.objects.with_organization(day),
                Stage.READY: Assessment.objects.ready(day),
                Stage.PUBLIC: Assessment.objects.public(),
            }
            assert {key: {word.pk for word in found} for key, found in lists.items()} == by_stage


class TestADraftThatIsTakenBack:
    def test_it_is_gone_and_what_it_was_to_replace_stands_again(self, say, staff):
        contact()
        first = say()
        send(assessments=[first], by=staff)
        draft = say(state="complete", reason="All of it.")
        discard(assessment=draft)
        assert list(Assessment.objects.current()) == [first]

    def test_what_the_organization_has_seen_is_history(self, say, staff):
        contact()
        word = say()
        send(assessments=[word], by=staff)
        with pytest.raises(CoalitionError, match="was sent to the organization; say something else of it instead"):
            discard(assessment=word)
        replaced = say(state="complete", reason="All of it.")
        say(state="limited", reason="Not all.")
        with pytest.raises(CoalitionError, match="was replaced by a newer one"):
            discard(assessment=replaced)
        assert Assessment.objects.count() == 3


class TestWhatDoesNotBindAnyMore:
    """A signature taken back, with a day in the past, while a word on it is on its way."""

    def withdrawn(self, staff: User) -> None:
        version = CompactVersion.objects.get(number=1)
        withdraw(organization=organization(), version=version, on=date(2026, 2, 1), by=staff)

    def test_is_not_sent(self, say, staff):
        contact()
        word = say()
        self.withdrawn(staff)
        with pytest.raises(CoalitionError, match="does not bind Hartford Promise in 2026: no signature of it stands"):
            send(assessments=[word], by=staff)
        discard(assessment=word)

    def test_is_not_released(self, say, staff):
        account = contact().user
        word = say()
        send(assessments=[word], by=staff)
        reply(assessment=word, text="So it is.", by=account)
        self.withdrawn(staff)
        with pytest.raises(CoalitionError, match="does not bind Hartford Promise in 2026"):
            release(assessments=[word], by=staff)


class TestWordsThatFollowFromData:
    def of(self, made: list[Assessment], number: str) -> dict[str, str]:
        return {word.organization.slug: word.state for word in made if word.commitment.number == number}

    def test_a_contact_is_named_or_not_at_the_end_of_the_year(self, staff):
        contact(until=date(2026, 12, 31))
        contact("achieve-hartford", until=date(2025, 12, 30), since=date(2025, 1, 1))
        said = self.of(derive(year=2026, by=staff), "6")
        assert len(said) == 7
        assert [slug for slug, state in said.items() if state == "complete"] == ["hartford-promise"]
        assert set(said.values()) == {"complete", "not_started"}

    def test_of_a_year_before_contacts_were_kept_here_nobody_is_told_to_have_none(self, staff):
        contact("achieve-hartford", since=date(2025, 1, 1))
        said = self.of(derive(year=2025, by=staff), "6")
        assert said.pop("achieve-hartford") == "complete"
        assert set(said.values()) == {"no_evidence"}

    def test_nobody_is_blamed_for_meetings_nobody_was_asked_to(self, staff):
        meetings = [Meeting.objects.create(held_on=date(2026, month, 1), title="Caucus") for month in (2, 5, 9)]
        ahead = Meeting.objects.create(held_on=date(2026, 12, 1), title="Caucus")
        came = {"hartford-promise": 3, "achieve-hartford": 2, "office-of-the-mayor": 1, "hartford-public-schools": 0}
        for slug, times in came.items():
            for number, meeting in enumerate(meetings):
                Attendance.objects.create(meeting=meeting, organization=organization(slug), present=number < times)
            Attendance.objects.create(meeting=ahead, organization=organization(slug))  # has not been held
        assert self.of(derive(year=2026, by=staff), "7") == {
            "hartford-promise": "complete",
            "achieve-hartford": "substantial",
            "office-of-the-mayor": "limited",
            "hartford-public-schools": "not_started",
        }

    def test_a_provider_is_judged_by_the_programs_that_ran_in_the_year(self, staff):
        for slug in ("hartford-promise", "achieve-hartford", "office-of-the-mayor"):
            give_role(slug, "program_provider")
        ended = {"since": date(2020, 1, 1), "until": date(2025, 6, 30)}
        for slug, name, years in (
            ("hartford-promise", "Mentors", {}),
            ("hartford-promise", "Summer", {}),
            ("hartford-promise", "Ended", ended),
            ("achieve-hartford", "Advising", {}),
        ):
            Program.objects.create(organization=organization(slug), slug=name.lower(), name=name, **years)
        share(staff, "mentors", 2026)
        share(staff, "summer", 2026, state="sent")
        assert self.of(derive(year=2026, by=staff), "P") == {
            "hartford-promise": "limited",  # one of two; the one that ended is not asked for
            "achieve-hartford": "no_evidence",
            "office-of-the-mayor": "no_evidence",
        }

    def test_who_ran_no_program_in_the_school_year_owes_no_figures_for_it(self, staff):
        """A program since September 2025 first runs in the school year 2025-26, which is judged as 2026."""
        one = organization()
        RolePeriod.objects.create(organization=one, role="program_provider", since=date(2025, 9, 1))
        (owed,) = (one for one in due(year=2025, today=TODAY) if one.commitment.number == "P")
        assert owed.organization == one, "it may run a program that is not registered here"
        Program.objects.create(organization=one, slug="mentors", name="Mentors", since=date(2025, 9, 1))
        assert not [one for one in due(year=2025, today=TODAY) if one.commitment.number == "P"]
        assert self.of(derive(year=2025, by=staff), "P") == {}
        assert self.of(derive(year=2026, by=staff), "P") == {one.slug: "no_evidence"}

    def test_a_demo_contact_speaks_for_no_organization(self, staff):
        contact(email="demo-member@example.org")
        assert {one.state for one in derive(year=2026, by=staff) if one.commitment.number == "6"} == {"not_started"}

    def test_what_follows_from_data_says_so_and_names_nobody(self, staff):
        contact()
        word = next(one for one in derive(year=2026, by=staff) if one.organization.slug == "hartford-promise")
        assert (word.from_data, word.evidence, word.supersedes) == (True, "A contact is named.", None)
        assert stage(word, on=TODAY) == Stage.DRAFT

    def test_a_word_whose_evidence_has_changed_is_said_anew(self, staff):
        for month in (2, 5, 9):
            meeting = Meeting.objects.create(held_on=date(2026, month, 1), title="Caucus")
            Attendance.objects.create(meeting=meeting, organization=organization(), present=month > 2)
        before = next(one for one in derive(year=2026, by=staff) if one.commitment.number == "7")
        assert (before.state, before.evidence) == ("substantial", "Meetings attended: 2 of 3.")
        meeting = Meeting.objects.create(held_on=date(2026, 11, 1), title="Caucus")
        Attendance.objects.create(meeting=meeting, organization=organization(), present=True)
        (word,) = derive(year=2026, by=staff)
        assert (word.state, word.evidence, word.supersedes) == ("substantial", "Meetings attended: 3 of 4.", before)

    def test_what_is_said_already_is_not_said_again(self, staff):
        assert len(derive(year=2026, by=staff)) == 7
        assert derive(year=2026, by=staff) == []
        contact()
        (word,) = derive(year=2026, by=staff)
        assert (word.state, word.supersedes.state) == ("complete", "not_started")
        assert word.reason == "What it follows from has changed."

    def test_a_year_ahead_has_nothing_to_follow_from(self, staff):
        with pytest.raises(CoalitionError, match="2027 lies ahead"):
            derive(year=2027, by=staff)


def share(by: User, program: str, year: int, *, state: str = "accepted") -> Upload:
    number = Upload.objects.count()
    now = timezone.now()
    file = apps.get_model("metrics", "SourceFile").objects.create(
        sha256=f"{number:064d}", name="a.csv", size=1, layout="tidy", received_by=by, received_at=now
    )
    decided = {} if state == "sent" else {"decided_by": by, "decided_at": now, "comment": "Thank you."}
    return Upload.objects.create(
        program=Program.objects.get(slug=program),
        year=year,
        number=Upload.objects.count() + 1,
        state=state,
        batch=apps.get_model("metrics", "Batch").objects.create(source_file=file, rows_read=1),
        file_name="a.csv",
        rows=1,
        sent_by=by,
        sent_at=now,
        **decided,
    )


class TestWhatWaits:
    def test_on_the_first_day_promises_are_due_and_contacts_are_missing(self):
        found = {one.key: one for one in waiting(on=TODAY)}
        # 43 promises: of seven signers, without the seven on meetings that nobody was asked to.
        assert {key: one.count for key, one in found.items()} == {"contacts": 7, "due": 43}
        assert found["due"].sentence == "Nothing has been said yet of 43 promises for 2025."
        assert found["contacts"].sentence == "7 organizations that signed have no contact."

    def test_everything_that_waits_is_counted_once(self, say, staff):
        account = contact().user
        words = [say(number) for number in "1234"]
        send(assessments=[words[1]], by=staff, days=3)
        send(assessments=words[2:], by=staff)
        reply(assessment=words[3], text="So it is.", by=account)
        Program.objects.create(organization=organization(), slug="mentors", name="Mentors")
        share(staff, "mentors", 2024, state="returned")
        share(staff, "mentors", 2025, state="returned")
        share(staff, "mentors", 2025, state="sent")
        team = ActionTeam.objects.create(slug="a-team", name="A team", summary="It would work on something.")
        first = TeamEvent.objects.create(team=team, step="proposed", happened_on=TODAY)
        TeamEvent.objects.create(team=team, step="heard", happened_on=TODAY, follows=first)
        team = ActionTeam.objects.create(slug="b-team", name="B team", summary="It would work on another thing.")
        TeamEvent.objects.create(team=team, step="proposed", happened_on=TODAY)
        Interest.objects.create(
            kind="member", organization="O", name="N", email="n@example.org", language="en", consent="Y",
            sent_at=timezone.now(),
        )  # fmt: skip
        found = {one.key: one for one in waiting(on=TODAY)}
        assert {key: one.count for key, one in found.items()} == {
            "replies": 2,
            "ready": 1,
            "drafts": 1,
            "uploads": 1,
            "returned": 1,
            "proposals": 1,
            "heard": 1,
            "interest": 1,
            "contacts": 6,
            "due": 43,
        }
        assert (found["replies"].soonest, found["replies"].days) == (date(2026, 11, 28), 3)
        assert found["replies"].sentence == (
            "2 assessments are with their organizations, which may reply. The next last day is in 3 days."
        )

    def test_the_last_day_is_called_today(self, say, staff):
        contact()
        send(assessments=[say()], by=staff)
        (one,) = (one for one in waiting(on=date(2026, 12, 16)) if one.key == "replies")
        assert one.sentence == "1 assessment is with its organization, which may reply. The next last day is today."

    def test_a_promise_with_a_draft_is_not_due_any_more(self, say):
        before = len(due(year=2025, today=TODAY))
        say(year=2025)
        assert len(due(year=2025, today=TODAY)) == before - 1

    def test_it_costs_as_much_for_seven_hundred_organizations_as_for_seven(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ):
        with django_assert_num_queries(16):
            waiting(on=TODAY)
        version = CompactVersion.objects.get(number=1)
        many = Organization.objects.bulk_create(
            Organization(slug=f"organization-{n}", name=f"Organization {n}", sector=Sector.NONPROFIT)
            for n in range(693)
        )
        Signature.objects.bulk_create(
            Signature(organization=one, version=version, happened_on=date(2020, 1, 1)) for one in many
        )
        with django_assert_num_queries(16):
            found = {one.key: one.count for one in waiting(on=TODAY)}
        assert found["contacts"] == 700
        assert found["due"] == 43 + 693 * 6


def test_every_verb_leaves_nothing_behind_when_it_refuses(say, staff):
    # The savepoint of a refused word must not break the transaction around it.
    word = say()
    with pytest.raises(CoalitionError):
        say(state="complete", reason="")
    with pytest.raises(CoalitionError):
        release(assessments=[word], by=staff)
    assert connection.needs_rollback is False
    assert Assessment.objects.count() == 1
    assert ledger.REPLY_DAYS == 21


class TestTwoPeopleAtOnce:
    @pytest.fixture
    def _django_db_helper(self, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
        """No transaction around the test: other threads must see what is written. It is taken away by hand."""
        with django_db_blocker.unblock():
            yield
            Assessment.objects.filter(supersedes__isnull=False).delete()
            Assessment.objects.all().delete()
            User.objects.filter(username="staff").delete()

    def test_one_first_word_is_said_and_the_others_are_told(self, say):
        got = at_once(*[say] * 6)
        assert sum(isinstance(one, Assessment) for one in got) == 1, got
        told = [str(one) for one in got if isinstance(one, CoalitionError)]
        assert len(told) == 5, got
        assert all("meanwhile" in one or "already" in one for one in told), told

    def test_one_word_replaces_the_one_they_all_looked_at(self, say):
        first = say()
        got = at_once(*[lambda: say(state="complete", reason="All of it.", seen=first.pk)] * 6)
        assert sum(isinstance(one, Assessment) for one in got) == 1, got
        told = [str(one) for one in got if isinstance(one, CoalitionError)]
        assert len(told) == 5, got
        assert all("meanwhile" in one for one in told), told

    def test_what_follows_from_data_is_said_once(self, staff):
        got = at_once(*[lambda: derive(year=2026, by=staff)] * 6)
        assert sum(len(made) for made in got if isinstance(made, list)) == 7, got
        assert Assessment.objects.count() == 7
