"""Two records of one organization become one: nothing is forgotten, and what both held is settled and said."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import models

from coalition.actions import merging, signatures
from coalition.actions.organizations import end_role, give_role, invite, merge, set_logo
from coalition.actions.signatures import withdraw
from coalition.compiling import coalition
from coalition.models import (
    ActionTeam,
    Assessment,
    Attendance,
    Commitment,
    Contact,
    Contribution,
    Document,
    Grant,
    Meeting,
    Organization,
    Program,
    Reply,
    RolePeriod,
    Signature,
    TeamMembership,
)
from tests.coalition.records import clerk, compact, contact, organization, picture, refused, signed

pytestmark = pytest.mark.django_db

EARLY, LATE = date(2018, 5, 1), date(2021, 5, 1)
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def old() -> Organization:
    return organization("Example St. Assoc.", slug="example-st")


@pytest.fixture
def kept() -> Organization:
    return organization("Example Street Association", slug="example-street")


def become_one(old: Organization, kept: Organization) -> None:
    merge(duplicate=old, into=kept, by=clerk())


def history(one: Organization) -> str:
    return str(LogEntry.objects.get(object_id=str(one.pk)).change_message)


class TestNothingIsForgotten:
    """A model that is added later must not slip through: the relations are asked for, not listed."""

    ROWS: dict[str, Any] = {
        "roleperiod": lambda one: give_role(organization=one, role="member", since=EARLY, by=clerk()),
        "contact": contact,
        "signature": lambda one: signed(one, EARLY),
        "assessment": lambda one: word(one, "limited"),
        "attendance": lambda one: Attendance.objects.create(meeting=meeting(), organization=one),
        "teammembership": lambda one: TeamMembership.objects.create(team=team(), organization=one, since=EARLY),
        "contribution": lambda one: Contribution.objects.create(organization=one, year=2026, kind="fiscal", what="x"),
        "grant": lambda one: Grant.objects.create(organization=one, recipient="x", year=2026, purpose="x"),
        "program": lambda one: Program.objects.create(organization=one, slug="coach", name="Coach"),
    }

    def pointing_here(self) -> dict[str, models.Field]:
        """Every column of the whole site that holds an organization, found without the help of the verb."""
        from django.apps import apps

        return {
            model._meta.model_name or "": field
            for model in apps.get_models(include_auto_created=True)
            for field in model._meta.local_fields
            if field.is_relation and field.related_model is Organization and field.name != "merged_into"
        }

    def test_every_column_that_holds_an_organization_is_known_to_the_verb_and_to_this_test(self):
        here = self.pointing_here()
        assert {relation.related_model._meta.model_name for relation in merging.relations()} == set(here)
        assert set(self.ROWS) == set(here), "a new relation: write a row for it above"

    def test_every_rule_by_which_two_rows_may_clash_has_an_answer(self):
        settled = {model._meta.model_name for model in merging.SETTLE}
        for name, field in self.pointing_here().items():
            meta = field.model._meta
            unique = [one.fields for one in meta.constraints if isinstance(one, models.UniqueConstraint)]
            unique += [*meta.unique_together, *((one.name,) for one in meta.local_fields if one.unique)]
            assert not any(field.name in names for names in unique) or name in settled, name

    @pytest.mark.parametrize("name", ROWS)
    def test_a_row_of_each_kind_moves(self, name, old, kept):
        row = self.ROWS[name](old)
        become_one(old, kept)
        assert type(row).objects.get(pk=row.pk).organization == kept
        assert not type(row).objects.filter(organization=old).exists()

    def test_all_of_them_move_at_once(self, old, kept):
        for make in self.ROWS.values():
            make(old)
        become_one(old, kept)
        for name, field in self.pointing_here().items():
            assert field.model._base_manager.filter(**{field.name: kept}).count() == 1, name


class TestRefused:
    def test_with_itself(self, old):
        said = refused(merge, "into", duplicate=old, into=Organization.objects.get(pk=old.pk), by=clerk())
        assert said == "An organization cannot be merged with itself."
        assert Organization.objects.get(pk=old.pk).merged_into is None

    def test_into_an_old_address_and_from_one(self, old, kept):
        become_one(old, kept)
        third = organization("Third Example")
        said = refused(merge, "into", duplicate=third, into=old, by=clerk())
        assert said == "Example St. Assoc. was merged into Example Street Association already."
        refused(merge, "duplicate", duplicate=old, into=third, by=clerk())
        refused(merge, "into", duplicate=kept, into=old, by=clerk())

    def test_a_signature_from_before_the_other_one_existed(self, old, kept):
        Organization.objects.filter(pk=kept.pk).update(exists_since=date(2020, 1, 1))
        signed(old, EARLY)
        said = refused(merge, "into", duplicate=old, into=kept, by=clerk())
        assert said == (
            "Example Street Association existed before Jan. 1, 2020: something is recorded of it for May 1, 2018."
        )
        assert Signature.objects.get(happened_on=EARLY).organization == old


class TestTheAddress:
    def test_the_old_address_leads_to_the_new_one_and_is_no_organization_any_more(self, old, kept):
        signed(old, EARLY)
        become_one(old, kept)
        found = coalition()
        assert ("example-st", "example-street") in found.moved
        assert "example-st" not in {one.slug for one in found.organizations}

    def test_an_old_address_of_an_organization_that_nobody_knows_of_is_not_public(self):
        """Neither of the two has a part in the coalition."""
        hidden, other = organization("Hidden", slug="hidden"), organization("Other", slug="other")
        become_one(hidden, other)
        assert "hidden" not in dict(coalition().moved)

    def test_a_chain_of_merges_leads_to_its_end(self, old, kept):
        last = organization("Example Association", slug="example")
        signed(old, EARLY)
        become_one(old, kept)
        become_one(kept, last)
        assert dict(coalition().moved) == {"example-st": "example", "example-street": "example"}

    def test_what_it_says_of_itself_fills_what_the_other_leaves_open(self, old, kept):
        Organization.objects.filter(pk=old.pk).update(
            url="https://old.example.org", sector="civic", sector_note="Sure.", exists_since=EARLY, what_it_does="Old."
        )
        Organization.objects.filter(pk=kept.pk).update(what_it_does="New.", exists_since=LATE)
        set_logo(organization=old, name="x.png", data=picture(), by=clerk())
        become_one(old, kept)
        one = Organization.objects.get(pk=kept.pk)
        assert (one.url, one.sector, one.sector_note) == ("https://old.example.org", "civic", "Sure.")
        assert (one.what_it_does, one.what_it_does_es, one.exists_since) == ("New.", "", EARLY)
        assert one.logo is not None

    def test_a_contact_sees_the_one_that_stays(self, old, kept):
        named = contact(old)
        user = invite(contact=named, by=clerk())
        become_one(old, kept)
        assert Contact.objects.current().get(user=user).organization == kept

    def test_who_did_it_is_written_down(self, old, kept):
        become_one(old, kept)
        entry = LogEntry.objects.get(object_id=str(kept.pk))
        assert (entry.user, entry.change_message) == (clerk(), "Example St. Assoc. was merged into it.")


class TestRoles:
    def test_of_one_role_held_by_both_the_earlier_beginning_stays(self, old, kept):
        give_role(organization=old, role="member", since=EARLY, by=clerk())
        give_role(organization=kept, role="member", since=LATE, by=clerk())
        become_one(old, kept)
        period = RolePeriod.objects.get(organization__in=(old, kept))
        assert (period.organization, period.since, period.until) == (kept, EARLY, None)
        assert "Both records held the role “member”; one since May 1, 2021." in history(kept)

    def test_whichever_of_the_two_it_was(self, old, kept):
        give_role(organization=old, role="member", since=LATE, by=clerk())
        give_role(organization=kept, role="member", since_text="October 2016", by=clerk())
        become_one(old, kept)
        assert RolePeriod.objects.get(organization=kept).since_text == "October 2016"

    def test_other_roles_and_periods_that_are_over_all_stay(self, old, kept):
        end_role(period=give_role(organization=old, role="member", since=EARLY, by=clerk()), until=LATE, by=clerk())
        give_role(organization=old, role="philanthropic", since=EARLY, by=clerk())
        give_role(organization=kept, role="member", since=LATE, by=clerk())
        become_one(old, kept)
        held = RolePeriod.objects.filter(organization=kept).values_list("role", "since", "until")
        assert set(held) == {("member", EARLY, LATE), ("philanthropic", EARLY, None), ("member", LATE, None)}


class TestSignatures:
    def events(self, one: Organization) -> list[tuple[str, date | None, str]]:
        found = one.signatures.order_by("pk")
        chain = list(found)
        assert [event.follows for event in chain] == [None, *chain[:-1]], "one chain, in the order of its rows"
        return [(event.kind, event.happened_on, event.happened_text) for event in chain]

    def test_both_signed_one_version_and_the_events_come_in_the_order_in_which_they_happened(self, old, kept):
        signed(kept, LATE)
        signed(old, EARLY)
        become_one(old, kept)
        assert self.events(kept) == [("signed", EARLY, ""), ("signed", LATE, "")]
        assert Signature.objects.standing().filter(organization=kept).count() == 1

    def test_a_withdrawal_after_the_last_signature_withdraws(self, old, kept):
        signed(old, EARLY)
        withdraw(organization=old, version=compact(), on=LATE, reason="Closed.", by=clerk())
        signed(kept, text="October 2016")
        become_one(old, kept)
        assert self.events(kept) == [
            ("signed", None, "October 2016"),
            ("signed", EARLY, ""),
            ("withdrawn", LATE, ""),
        ]
        assert not Signature.objects.standing().filter(organization=kept).exists()
        assert kept.signatures.get(kind="withdrawn").reason == "Closed."

    def test_a_signature_after_the_withdrawal_stands(self, old, kept):
        signed(kept, LATE)
        signed(old, text="October 2016")
        withdraw(organization=old, version=compact(), text="spring 2018", by=clerk())
        become_one(old, kept)
        assert [kind for kind, _on, _text in self.events(kept)] == ["signed", "withdrawn", "signed"]
        assert Signature.objects.standing().filter(organization=kept).count() == 1

    def test_one_event_told_twice_is_one_event(self, old, kept):
        signed(old, text="October 2016")
        signed(kept, text="October 2016")
        become_one(old, kept)
        assert self.events(kept) == [("signed", None, "October 2016")]
        assert "Both records held the same signature, October 2016." in history(kept)

    def test_words_for_a_day_are_put_where_their_year_is(self, old, kept):
        signed(kept, LATE)
        signed(old, text="fall 2016")
        withdraw(organization=old, version=compact(), text="in 2024", by=clerk())
        become_one(old, kept)
        assert self.events(kept) == [
            ("signed", None, "fall 2016"),
            ("signed", LATE, ""),
            ("withdrawn", None, "in 2024"),
        ]

    def test_what_only_the_folded_event_said_stays_and_what_both_said_otherwise_is_told(self, old, kept):
        one, two = Document.objects.all()[:2]
        sign = {"version": compact(), "text": "October 2016", "by": clerk()}
        signatures.sign(organization=kept, office="President", **sign)
        signatures.sign(organization=old, office="Superintendent", source=one, **sign)
        third = organization("Example Street")
        signatures.sign(organization=third, source=two, **sign)
        become_one(old, kept)
        event = kept.signatures.get()
        assert (event.office, event.source) == ("President", one)
        assert "the one that went said: signer's office: Superintendent." in history(kept)
        become_one(third, kept)
        told = LogEntry.objects.filter(object_id=str(kept.pk)).latest("pk").change_message
        assert f"reported in: {two}" in told

    def test_an_edition_tells_them_in_that_order(self, old, kept):
        signed(kept, LATE)
        signed(old, EARLY)
        become_one(old, kept)
        (one,) = (one for one in coalition().organizations if one.slug == "example-street")
        assert [line.when.day for line in one.signatures] == [EARLY, LATE]

    def test_who_recorded_an_event_and_when_goes_with_it(self, old, kept):
        signed(old, EARLY)
        signed(kept, LATE)
        before = Signature.objects.get(organization=old).recorded_at
        become_one(old, kept)
        event = kept.signatures.get(happened_on=EARLY)
        assert (event.recorded_by, event.recorded_at) == (clerk(), before)


def word(one: Organization, state: str = "limited", before: Assessment | None = None, **more: Any) -> Assessment:
    made: Assessment = Assessment.objects.create(
        organization=one,
        commitment=Commitment.objects.get(number="3"),
        year=2026,
        state=state,
        assessed_by=clerk(),
        assessed_at=NOON + timedelta(hours=Assessment.objects.count()),
        supersedes=before,
        reason="More is known." if before else "",
        **more,
    )
    return made


def released(hours: int) -> dict[str, Any]:
    at = NOON + timedelta(hours=hours)
    return {"sent_by": clerk(), "sent_at": NOON, "reply_until": EARLY, "released_by": clerk(), "released_at": at}


class TestWords:
    def chain(self, rows: Iterable[Assessment]) -> None:
        found = list(Assessment.objects.order_by("pk"))
        assert found == list(rows), "nothing is lost"
        assert [one.supersedes for one in found] == [None, *found[:-1]]

    def test_both_were_assessed_for_one_promise_and_year_and_the_chains_become_one(self, old, kept):
        first, second = word(old), word(kept)
        third, fourth = word(old, "complete", first), word(kept, "substantial", second)
        become_one(old, kept)
        self.chain([first, second, third, fourth])
        assert Assessment.objects.current().get() == fourth
        assert set(Assessment.objects.values_list("organization", flat=True)) == {kept.pk}
        reasons = Assessment.objects.order_by("pk").values_list("reason", flat=True)
        assert list(reasons) == ["", "Two records of one organization became one.", "More is known.", "More is known."]

    def test_the_public_reads_the_latest_released_word_and_before_it_the_other(self, old, kept):
        word(old, "limited", **released(1))
        word(kept, "substantial", **released(2))
        become_one(old, kept)
        (one,) = coalition().assessments
        assert (one.organization, one.state, [past.state for past in one.history]) == (
            "example-street",
            "substantial",
            ["limited"],
        )
        assert one.history[0].why_changed == "Two records of one organization became one."

    @pytest.mark.parametrize("first_recorded", ["old", "kept"])
    def test_a_word_that_was_public_last_stays_public_whichever_was_recorded_first(self, old, kept, first_recorded):
        records = {"old": old, "kept": kept}
        first = word(records.pop(first_recorded), "complete", **released(9))
        (other,) = records.values()
        second = word(other, "limited", **released(8))
        third = word(other, "substantial", second)
        become_one(old, kept)
        (one,) = coalition().assessments
        assert (one.state, [past.state for past in one.history]) == ("complete", ["limited"])
        assert list(Assessment.objects.filter(supersedes=None)) == [second]
        assert list(Assessment.objects.current()) == [first]
        assert Assessment.objects.get(pk=third.pk).supersedes == second

    def test_a_draft_of_the_one_hides_nothing_that_is_public_of_the_other(self, old, kept):
        word(old, "limited", **released(1))
        draft = word(kept, "substantial")
        become_one(old, kept)
        assert [one.state for one in coalition().assessments] == ["limited"]
        assert Assessment.objects.current().get() == draft

    def test_a_reply_stays_beside_the_word_it_replies_to(self, old, kept):
        Reply.objects.create(assessment=word(old), text="We did.", written_by=clerk(), written_at=NOON)
        word(kept)
        become_one(old, kept)
        assert Reply.objects.get().assessment == Assessment.objects.order_by("pk")[0]

    def test_other_years_and_promises_are_chains_of_their_own(self, old, kept):
        word(old)
        Assessment.objects.update(year=2025)
        word(kept)
        become_one(old, kept)
        assert Assessment.objects.current().filter(organization=kept).count() == 2


def meeting() -> Meeting:
    return Meeting.objects.get_or_create(held_on=EARLY, title="Stakeholder Caucus")[0]


def team() -> ActionTeam:
    found: ActionTeam = ActionTeam.objects.get(number=1)
    return found


class TestTheRest:
    @pytest.mark.parametrize(
        ("one", "other", "came"), [(True, False, True), (False, True, True), (False, False, False)]
    )
    def test_both_were_asked_to_one_meeting_and_it_came_when_either_did(self, one, other, came, old, kept):
        Attendance.objects.create(meeting=meeting(), organization=old, present=one)
        Attendance.objects.create(meeting=meeting(), organization=kept, present=other)
        become_one(old, kept)
        row = Attendance.objects.get(meeting=meeting())
        assert (row.organization, row.present) == (kept, came)

    def test_both_are_in_one_team_and_it_leads_when_either_does(self, old, kept):
        TeamMembership.objects.create(team=team(), organization=old, since=EARLY, is_lead=True)
        TeamMembership.objects.create(team=team(), organization=kept, since=LATE)
        become_one(old, kept)
        row = TeamMembership.objects.get(team=team())
        assert (row.organization, row.since, row.is_lead) == (kept, EARLY, True)
        assert "Both records were in the team “Reduce Summer Melt”; one since May 1, 2021." in history(kept)

    def test_times_in_a_team_that_are_over_all_stay(self, old, kept):
        TeamMembership.objects.create(team=team(), organization=old, since=EARLY, until=LATE)
        TeamMembership.objects.create(team=team(), organization=kept, since=LATE)
        become_one(old, kept)
        assert TeamMembership.objects.filter(organization=kept).count() == 2

    @pytest.mark.parametrize("name", ["Coach", "x" * 120])
    def test_two_programs_of_one_name_stay_two(self, name, old, kept):
        first = Program.objects.create(organization=old, slug="coach", name=name)
        Program.objects.create(organization=kept, slug="coach-2", name=name)
        become_one(old, kept)
        assert Program.objects.filter(organization=kept).count() == 2
        renamed = Program.objects.get(pk=first.pk)
        assert renamed.slug == "coach"
        assert renamed.name == name[: 120 - len(" (example-st)")] + " (example-st)"

    def test_what_was_given_adds_up(self, old, kept):
        for one, amount in ((old, 100), (kept, 50)):
            Contribution.objects.create(organization=one, year=2026, kind="fiscal", what="Money", promised=amount)
        become_one(old, kept)
        assert sum(one.promised or 0 for one in Contribution.objects.filter(organization=kept)) == 150
