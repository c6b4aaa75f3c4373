"""The staff at work on the records: buttons, small forms, and what they leave behind."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings

from coalition import models
from coalition.actions import giving, interest, joining, organizations, teams
from coalition.models import Organization
from tests.coalition.desk import desk, text, url
from tests.coalition.records import clerk, compact, contact, organization, picture, report, signed

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def publisher() -> Client:
    return desk("publisher")


def wrong(response: Any, field: str | None = None) -> str:
    """The one sentence beside `field`, or above the form."""
    assert response.status_code == 200
    errors = response.context["form"].errors
    assert set(errors) == {field or "__all__"}, errors
    (sentence,) = errors[field or "__all__"]
    return str(sentence)


def history(record: Any) -> list[str]:
    entries = LogEntry.objects.filter(object_id=str(record.pk), content_type__model=record._meta.model_name)
    return [entry.change_message for entry in entries]


class TestAnOrganization:
    def test_a_new_one_leads_to_its_own_page_where_the_next_step_is(self, publisher: Client) -> None:
        page = publisher.post(
            url("organization_add"), {"name": "Invented House", "slug": "invented-house"}, follow=True
        )
        one = Organization.objects.get(slug="invented-house")
        assert page.redirect_chain == [(url("organization_change", one.pk), 302)]
        assert url("organization_sign", one.pk) in text(page)
        assert "Public with the next edition of the coalition’s pages, not before." in text(page)

    def test_a_role_is_given_and_ended_with_a_button_each_and_both_are_in_the_history(self, publisher: Client) -> None:
        one = organization("Invented House")
        page = publisher.post(
            url("organization_give_role", one.pk), {"role": "member", "since": "2024-05-01"}, follow=True
        )
        assert "Invented House: member." in text(page)
        period = one.role_periods.get()
        end = url("organization_end_role", one.pk, period.pk)
        assert end in text(page)
        assert wrong(publisher.post(end, {"until": "2024-04-30"}), "until").endswith("before it began: May 1, 2024.")
        assert "Member until May 31, 2025." in text(publisher.post(end, {"until": "2025-05-31"}, follow=True))
        assert [line.split(":")[0] for line in history(one)] == ["End", "Give a role"]
        assert publisher.get(end, follow=True).redirect_chain, "what is over cannot be ended again"

    def test_a_signature_that_cannot_be_is_refused_beside_its_field(self, publisher: Client) -> None:
        one, sign = organization(), ""
        sign = url("organization_sign", one.pk)
        ahead = (timezone.localdate() + timedelta(days=1)).isoformat()
        assert "has not come yet" in wrong(publisher.post(sign, {"version": compact().pk, "on": ahead}), "on")
        assert "say in words" in wrong(publisher.post(sign, {"version": compact().pk}), "on")
        publisher.post(sign, {"version": compact().pk, "text": "in the spring of 2020", "office": "President"})
        assert "already" in wrong(publisher.post(sign, {"version": compact().pk, "on": "2021-01-01"}))

    def test_who_signed_may_withdraw_and_both_stay_in_the_list(self, publisher: Client) -> None:
        one = organization()
        event = signed(one, date(2020, 5, 1))
        page = publisher.post(
            url("organization_withdraw", one.pk, event.pk), {"on": "2024-01-01", "reason": "It closed."}, follow=True
        )
        rows = text(page).split('id="signatures"')[1].split("</section>", 1)[0]
        assert "May 1, 2020" in rows
        assert "It closed." in rows
        assert "Withdrew from version 1, Jan. 1, 2024" in text(page)

    def test_an_invitation_goes_to_the_contact_and_through_no_hands(
        self, publisher: Client, mailoutbox: list[EmailMessage]
    ) -> None:
        one = organization("Invented House")
        named = contact(one)
        assert publisher.get(url("organization_hand_over", one.pk, named.pk)).status_code == 302, "no link is shown"
        page = text(publisher.post(url("organization_invite", one.pk, named.pk), follow=True))
        (mail,) = mailoutbox
        assert (mail.to, mail.subject.split(" / ")[0]) == ([named.email], "Your invitation to the members’ area")
        link = mail.body.split("Choose your password: ")[1].split()[0]
        assert link.startswith("http://127.0.0.1:8000/members/invitation/")
        assert "Invented House named you as its contact" in mail.body
        assert "The link works once, within 3 days." in mail.body
        assert "An invitation went to liaison@example.org." in page
        assert "/members/invitation/" not in page
        assert Client().get(link.removeprefix("http://127.0.0.1:8000"), follow=True).status_code == 200

    def test_when_the_mail_server_is_away_nobody_is_invited(self, publisher: Client, settings: Settings) -> None:
        settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1
        one = organization()
        named = contact(one)
        said = wrong(publisher.post(url("organization_invite", one.pk, named.pk)))
        assert said.startswith("The mail server did not take the message to liaison@example.org; nothing was changed")
        named.refresh_from_db()
        assert named.user is None

    def test_without_mail_a_publisher_hands_over_a_link_that_works_and_stands_in_no_history(
        self, publisher: Client, settings: Settings
    ) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
        one = organization()
        named = contact(one)
        hand_over = url("organization_hand_over", one.pk, named.pk)
        page = publisher.post(hand_over)
        link = text(page).split('value="http://testserver')[1].split('"')[0]
        assert Client().get(link, follow=True).status_code == 200
        # Whoever has chosen a password is not replaced by whoever holds a link.
        chosen = User.objects.get(username=named.email)
        chosen.set_password("four words nobody guesses")
        chosen.save()
        assert publisher.post(hand_over).status_code == 302
        chosen.refresh_from_db()
        assert chosen.check_password("four words nobody guesses")
        assert not LogEntry.objects.filter(change_message__contains=link).exists()
        named.refresh_from_db()
        assert (named.user.username, named.user.is_staff) == ("liaison@example.org", False)
        assert history(one) == [], "the history of an organization is read by those who know no contacts"
        assert len(history(named)) == 1

    def test_a_logo_is_put_in_shown_and_taken_away(self, publisher: Client) -> None:
        one = organization()
        put = url("organization_set_logo", one.pk)
        assert "not a picture" in wrong(publisher.post(put, {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")}), "file")
        page = publisher.post(put, {"file": SimpleUploadedFile("a.png", picture())}, follow=True)
        assert 'src="data:image/png;base64,' in text(page)
        page = publisher.post(url("organization_remove_logo", one.pk), follow=True)
        assert "It has no logo." in text(page)

    def test_a_merge_says_first_what_would_move(self, publisher: Client) -> None:
        old, one = organization("Invented House, Inc."), organization("Invented House")
        signed(old, date(2020, 5, 1))
        merge = url("organization_merge", old.pk)
        assert "What moves" not in text(publisher.get(merge))
        page = text(publisher.get(merge, {"into": one.pk}))
        assert "Merge into Invented House" in page
        assert "Signatures" in page
        old.refresh_from_db()
        assert old.merged_into is None, "looking moves nothing"
        done = publisher.post(merge, {"into": one.pk}, follow=True)
        assert done.redirect_chain == [(url("organization_change", one.pk), 302)]
        assert one.signatures.count() == 1
        listed = text(publisher.get(url("organization_changelist"), {"q": "Invented House"}))
        assert "Invented House, Inc." not in listed
        assert "An old address of Invented House" in text(publisher.get(url("organization_change", old.pk)))

    @pytest.mark.parametrize("into", ["", "abc", "0", "9" * 40, "💥"])
    def test_an_odd_choice_of_what_to_merge_into_is_answered_calmly(self, publisher: Client, into: str) -> None:
        one = organization()
        assert publisher.get(url("organization_merge", one.pk), {"into": into}).status_code == 200
        assert publisher.post(url("organization_merge", one.pk), {"into": into}).status_code == 200

    def test_an_organization_is_not_merged_with_itself(self, publisher: Client) -> None:
        one = organization()
        page = publisher.post(url("organization_merge", one.pk), {"into": one.pk})
        assert wrong(page, "into") == "An organization cannot be merged with itself."
        assert "An organization cannot be merged with itself." in text(page)

    def test_the_list_finds_those_who_signed_and_named_nobody(self, publisher: Client) -> None:
        one, other = organization("Invented Silent House"), organization("Invented Named House")
        for each in (one, other):
            signed(each, date(2020, 5, 1))
        contact(other)
        page = text(publisher.get(url("organization_changelist"), {"contact": "none", "q": "Invented"}))
        assert "Invented Silent House" in page
        assert "Invented Named House" not in page

    def test_a_list_of_many_takes_as_many_queries_as_a_list_of_one(self, publisher: Client) -> None:
        def more(numbers: range) -> None:
            for number in numbers:
                one = organization(f"Invented Number {number}")
                signed(one, date(2020, 5, 1))
                organizations.give_role(organization=one, role="member", since=date(2020, 5, 1), by=clerk())
                contact(one, email=f"liaison{number}@example.org")

        def queries() -> int:
            with CaptureQueriesContext(connection) as found:
                publisher.get(url("organization_changelist"), {"q": "Invented Number"})
            return len(found)

        more(range(1))
        first = queries()
        more(range(1, 20))
        assert queries() == first

    def test_the_directory_goes_out_comes_in_again_and_is_previewed_first(self, publisher: Client) -> None:
        one = organization("Invented House", slug="invented-house")
        file = SimpleUploadedFile("directory.csv", b"slug,website\ninvented-house,https://house.example\n")
        page = publisher.post(url("organization_import"), {"import_file": file, "format": "0", "resource": "0"})
        assert "Nothing is written yet" in text(page)
        one.refresh_from_db()
        assert one.url == ""
        sent = {field.name: field.value() for field in page.context["confirm_form"]}
        publisher.post(url("organization_process_import"), {key: value or "" for key, value in sent.items()})
        one.refresh_from_db()
        assert one.url == "https://house.example"

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [(b"name,shoe\nA,42\n", "The list of organizations has no column"), (b"slug,sector\nx,moon\n", "Line 2: ")],
    )
    def test_a_directory_that_cannot_be_taken_says_why_in_one_sentence(
        self, publisher: Client, data: bytes, sentence: str
    ) -> None:
        file = SimpleUploadedFile("directory.csv", data)
        page = publisher.post(url("organization_import"), {"import_file": file, "format": "0", "resource": "0"})
        assert sentence in text(page)
        assert "Take these lines in" not in text(page)


class TestAnActionTeam:
    @pytest.fixture
    def team(self) -> models.ActionTeam:
        made: models.ActionTeam = models.ActionTeam.objects.create(
            slug="invented-team", name="Invented Team", summary="x"
        )
        return made

    def offered(self, publisher: Client, team: models.ActionTeam) -> list[str]:
        page = publisher.get(url("actionteam_change", team.pk))
        return [str(button.words) for button in page.context["offers"]]

    def test_only_the_steps_that_may_follow_are_buttons(self, publisher: Client, team: models.ActionTeam) -> None:
        assert self.offered(publisher, team) == ["Propose it", "It is at work already"]
        publisher.post(url("actionteam_proposed", team.pk), {"on": "2026-01-10"})
        assert self.offered(publisher, team) == [
            "The Steering Committee heard it",
            "It was declined",
            "Recorded by mistake",
        ]
        publisher.post(url("actionteam_heard", team.pk), {"on": "2026-02-10"})
        publisher.post(url("actionteam_approved", team.pk), {"on": "2026-02-10", "decision": "Approved."})
        team.refresh_from_db()
        assert team.number is not None
        assert self.offered(publisher, team) == [
            "It begins its work",
            "It ended before it was done",
            "Recorded by mistake",
        ]
        refused = wrong(publisher.post(url("actionteam_active", team.pk), {"on": "2026-03-01"}))
        assert refused.startswith("Before a team is active it has to say")

    def test_a_step_that_may_not_follow_leads_back_with_a_word(
        self, publisher: Client, team: models.ActionTeam
    ) -> None:
        page = publisher.post(url("actionteam_completed", team.pk), {"on": "2026-01-10"}, follow=True)
        assert "is not possible now" in text(page)
        assert not team.events.exists()

    def test_members_join_and_leave(self, publisher: Client, team: models.ActionTeam) -> None:
        one = organization("Invented House")
        publisher.post(
            url("actionteam_join", team.pk), {"organization": one.pk, "since": "2026-01-01", "is_lead": "on"}
        )
        member = team.memberships.get()
        assert member.is_lead
        leave = url("actionteam_leave", team.pk, member.pk)
        assert "cannot leave before" in wrong(publisher.post(leave, {"until": "2025-12-31"}), "until")
        publisher.post(leave, {"until": "2026-02-01"})
        member.refresh_from_db()
        assert member.until == date(2026, 2, 1)

    def test_a_strategy_is_logged_and_a_plan_adopted(self, publisher: Client, team: models.ActionTeam) -> None:
        teams.take_step(team=team, step="reported", text="in 2026", source=report(), by=clerk())
        strategy = models.Strategy.objects.create(team=team, title="Evenings")
        page = publisher.post(
            url("strategy_log", strategy.pk), {"progress": "running", "on": "2026-01-01"}, follow=True
        )
        assert "“Evenings” is running since Jan. 1, 2026." in text(page)
        publisher.post(url("plan_add"), {"year": "2027", "title": "Invented Plan", "strategies": [strategy.pk]})
        plan = models.Plan.objects.get(year=2027)
        assert list(plan.strategies.all()) == [strategy]
        publisher.post(url("plan_adopt", plan.pk), {"on": "2026-06-01"})
        plan.refresh_from_db()
        assert plan.adopted_on == date(2026, 6, 1)

    def test_a_new_strategy_starts_with_its_team(self, publisher: Client, team: models.ActionTeam) -> None:
        page = publisher.get(url("strategy_add"), {"team": team.pk})
        assert f'<option value="{team.pk}" selected>' in text(page)


class TestGiving:
    def test_a_value_in_kind_says_how_it_was_reached(self, publisher: Client) -> None:
        one = organization("Invented House")
        given = {"organization": one.pk, "year": "2026", "kind": "in_kind", "what": "Rooms", "promised": "400"}
        refused = wrong(publisher.post(url("contribution_record"), given), "valuation")
        assert refused == "Say how the value of what is given in kind was reached."
        page = publisher.post(url("contribution_record"), {**given, "valuation": "4 at $100"}, follow=True)
        assert "Recorded: Invented House, Rooms." in text(page)

    def test_the_foot_of_the_list_adds_up_what_is_listed_and_counts_what_nobody_knows(self, publisher: Client) -> None:
        one = organization("Invented House")
        for promised in (Decimal("1000.10"), Decimal("2000.20"), None):
            giving.contribute(
                organization=one, year=2026, kind="fiscal", what=f"Money {promised}", promised=promised, by=clerk()
            )
        page = publisher.get(url("contribution_changelist"), {"q": "Invented House"})
        assert dict(page.context["foot"]) == {
            "Promised": "$3,000.30",
            "Delivered": "not known",
            "Promise not known": "1 line",
            "Delivery not known": "3 lines",
        }

    def test_a_grant_of_who_is_no_funder_is_refused(self, publisher: Client) -> None:
        one = organization()
        given = {"organization": one.pk, "recipient": "x", "year": "2026", "purpose": "x"}
        assert "Select a valid choice" in wrong(publisher.post(url("grant_record"), given), "organization")

    def test_what_was_recorded_for_whom_and_when_stays(self, publisher: Client) -> None:
        given = giving.contribute(organization=organization(), year=2026, kind="fiscal", what="x", by=clerk())
        other = organization()
        publisher.post(
            url("contribution_change", given.pk),
            {"organization": other.pk, "year": "2020", "what": "Rooms", "promised": "5"},
        )
        given.refresh_from_db()
        assert (given.what, given.promised, given.year) == ("Rooms", Decimal(5), 2026)
        assert given.organization != other


class TestTheInbox:
    @pytest.fixture
    def message(self) -> models.Interest:
        return interest.record(
            kind="member", organization="An Invented Library", sector="nonprofit", name="The sender",
            email="sender@example.org", phone="", message="x", language="en", consent="x",
        )  # fmt: skip

    def test_a_message_is_handled_with_a_word_on_what_came_of_it(
        self, publisher: Client, message: models.Interest
    ) -> None:
        assert "An Invented Library" in text(publisher.get(url("interest_changelist"), {"handled": "no"}))
        publisher.post(url("interest_handle", message.pk), {"outcome": "We met."})
        assert "An Invented Library" not in text(publisher.get(url("interest_changelist"), {"handled": "no"}))
        page = publisher.get(url("interest_handle", message.pk), follow=True)
        assert "is not possible now" in text(page)

    def test_an_organization_is_made_of_it_and_knows_nothing_of_the_sender(
        self, publisher: Client, message: models.Interest
    ) -> None:
        make = url("interest_make_organization", message.pk)
        offered = publisher.get(make).context["form"]
        page = publisher.post(make, {name: offered[name].value() for name in offered.fields}, follow=True)
        made = Organization.objects.get(slug="an-invented-library")
        assert page.redirect_chain == [(url("organization_change", made.pk), 302)]
        assert not made.contacts.exists()
        assert "sender" not in " ".join(history(made))
        message.refresh_from_db()
        assert message.handled_at is not None

    def test_a_name_that_is_taken_is_refused_beside_its_field(
        self, publisher: Client, message: models.Interest
    ) -> None:
        organization("Somebody Else", slug="taken")
        given = {"name": "New Name", "slug": "taken", "sector": "", "outcome": "x"}
        assert "already exists" in wrong(publisher.post(url("interest_make_organization", message.pk), given), "slug")
        message.refresh_from_db()
        assert message.handled_at is None


def test_a_meeting_leads_to_the_list_of_who_came_and_one_save_keeps_it(publisher: Client) -> None:
    one, other = organization("Invented House"), organization("Invented Hall")
    for each in (one, other):
        signed(each, date(2020, 5, 1))
    page = publisher.post(url("meeting_add"), {"held_on": "2026-05-14", "title": "Invented Caucus"}, follow=True)
    meeting = models.Meeting.objects.get(title="Invented Caucus")
    assert page.redirect_chain == [(url("meeting_attendance", meeting.pk), 302)]
    names = list(page.context["form"].fields)
    assert {page.context["form"][name].value() for name in names} == {""}, "nothing is answered beforehand"
    attendance = url("meeting_attendance", meeting.pk)
    refused = wrong(publisher.post(attendance, {f"of-{one.pk}": "came"}))
    assert refused.startswith("Say also of ")
    assert refused.endswith(": came, did not come, or was not asked.")
    assert "Invented Hall" in refused
    assert "Invented House" not in refused
    assert not meeting.attendances.exists(), "all are recorded or none"
    answers = {**dict.fromkeys(names, "asked"), f"of-{one.pk}": "came", f"of-{other.pk}": "not_asked"}
    publisher.post(attendance, answers)
    again = publisher.get(attendance).context["form"]
    assert {name: again[name].value() for name in names} == answers, "it opens as it was entered"
    attended = dict(meeting.attendances.values_list("organization__name", "present"))
    assert attended["Invented House"]
    assert "Invented Hall" not in attended
    assert len(attended) == 8  # the seven signers of the fixtures and one of ours
    assert "1 of 8" in text(publisher.get(url("meeting_changelist")))


def test_the_current_compact_is_changed_with_a_button_and_has_commitments_first(publisher: Client) -> None:
    document = models.Document.objects.all()[0]
    second = models.CompactVersion.objects.create(number=2, document=document, since=date(2026, 1, 1))
    refused = wrong(publisher.post(url("compactversion_make_current", second.pk)))
    assert refused == "Version 2 has no commitments yet; write down first what its signers promise."
    models.Commitment.objects.create(
        version=second, number="1", position=1, short="x", text="x", done="x", binds="everyone"
    )
    publisher.post(url("compactversion_make_current", second.pk))
    assert list(models.CompactVersion.objects.filter(is_current=True)) == [second]


def test_the_steps_a_program_serves_are_ticked(publisher: Client) -> None:
    one = organization()
    given = {"organization": one.pk, "name": "Invented Program", "slug": "invented-program"}
    publisher.post(url("program_add"), {**given, "serves": ["summer", "career"]})
    program = models.Program.objects.get(slug="invented-program")
    assert set(program.steps.values_list("step", flat=True)) == {"summer", "career"}
    publisher.post(url("program_change", program.pk), {**given, "serves": ["summer"]})
    assert list(program.steps.values_list("step", flat=True)) == ["summer"]


def test_every_form_says_who_will_read_it(publisher: Client) -> None:
    one = organization()
    joining.join(team=models.ActionTeam.objects.all()[0], organization=one, since=date(2026, 1, 1), by=clerk())
    for name in (
        "organization_add",
        "actionteam_add",
        "strategy_add",
        "program_add",
        "document_add",
        "compactversion_add",
    ):
        assert "Public with the next edition" in text(publisher.get(url(name))), name
    assert "Never public" in text(publisher.get(url("contact_change", contact(one).pk)))
