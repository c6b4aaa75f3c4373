"""The staff area for somebody who has never seen it: slips of the keyboard are caught, and every sentence is true."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from coalition import editions, models
from coalition.actions import giving, interest, ledger, organizations, signatures, teams
from coalition.admin.words import Speaker
from coalition.editions import Line
from coalition.files import MEGABYTE
from coalition.models import Assessment, Commitment, Organization
from coalition.templatetags.coalition_staff import WHOSE
from coalition.waiting import KINDS
from tests.coalition.desk import desk, text, url
from tests.coalition.records import clerk, compact, everything, organization, reachable, report, signed

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
YEAR = TODAY.year - 1
AHEAD = "2033-03-01"
NO_MAIL = "django.core.mail.backends.dummy.EmailBackend"


@pytest.fixture
def publisher() -> Client:
    return desk("publisher")


@pytest.fixture
def house() -> Organization:
    one = organization("Invented House")
    signed(one, date(2020, 5, 1))
    return one


@pytest.fixture
def team() -> models.ActionTeam:
    made: models.ActionTeam = models.ActionTeam.objects.create(slug="invented-team", name="Invented Team", summary="x")
    return made


def wrong(response: Any, field: str) -> str:
    errors = response.context["form"].errors
    assert set(errors) == {field}, errors
    (sentence,) = errors[field]
    return str(sentence)


def large(megabytes: int) -> SimpleUploadedFile:
    return SimpleUploadedFile("large.pdf", b"%PDF-1.7 ".ljust(megabytes * MEGABYTE))


def draft(one: Organization, **more: Any) -> Assessment:
    promise = Commitment.objects.get(version__number=1, number="1")
    given = {"state": "limited", "evidence": "It said so.", **more}
    return ledger.assess(organization=one, commitment=promise, year=YEAR, by=clerk(), **given)


class TestALargeFile:
    """Of more than ten megabytes only the name and the size arrive: it is not empty, it is too large."""

    @pytest.mark.parametrize("megabytes", [6, 50])
    def test_evidence_is_called_too_large_and_what_was_typed_stays(
        self, publisher: Client, house: Organization, megabytes: int
    ) -> None:
        promise = Commitment.objects.get(version__number=1, number="1")
        typed = {"organization": house.pk, "year": YEAR, "commitment": promise.pk, "state": "limited"}
        page = publisher.post(
            url("assessment_assess"), {**typed, "evidence": "Minutes of May.", "file": large(megabytes)}
        )
        assert wrong(page, "file") == f"The file has {megabytes} MB; at most 5 MB are taken."
        assert "Minutes of May." in text(page)
        assert not house.assessments.exists()

    def test_so_is_a_logo(self, publisher: Client, house: Organization) -> None:
        page = publisher.post(url("organization_set_logo", house.pk), {"file": large(50)})
        assert wrong(page, "file") == "The file has 50 MB; at most 1 MB are taken."

    def test_and_a_directory(self, publisher: Client) -> None:
        page = publisher.post(url("organization_import"), {"import_file": large(50), "format": "0", "resource": "0"})
        assert wrong(page, "import_file") == "The file has 50 MB; at most 1 MB are taken."


class TestARole:
    @pytest.mark.parametrize(
        ("since", "said"), [({"since": AHEAD}, "March 1, 2033"), ({"since_text": "fall 2033"}, "fall 2033")]
    )
    def test_it_does_not_begin_ahead(
        self, publisher: Client, house: Organization, since: dict[str, str], said: str
    ) -> None:
        page = publisher.post(url("organization_give_role", house.pk), {"role": "member", **since})
        assert wrong(page, "since") == f"{said} has not come yet."
        assert not house.role_periods.exists()

    def test_one_that_was_recorded_ahead_before_can_be_ended_and_taken_out(
        self, publisher: Client, house: Organization
    ) -> None:
        period = models.RolePeriod.objects.create(organization=house, role="member", since=date(2033, 3, 1))
        page = text(publisher.get(url("organization_change", house.pk)))
        assert url("organization_end_role", house.pk, period.pk) in page
        take_back = url("organization_take_back_role", house.pk, period.pk)
        assert take_back in page
        done = text(publisher.post(take_back, follow=True))
        assert "“Member” is taken out; it was recorded by mistake." in done
        assert not house.role_periods.exists()

    def test_one_that_a_grant_or_a_word_rests_on_is_ended_instead(self, publisher: Client, house: Organization) -> None:
        period = organizations.give_role(organization=house, role="philanthropic", since=date(2020, 1, 1), by=clerk())
        giving.grant(organization=house, recipient="x", year=2024, purpose="x", by=clerk())
        page = publisher.post(url("organization_take_back_role", house.pk, period.pk))
        assert "Grants or assessments of Invented House rest on this role; end it instead." in text(page)
        assert house.role_periods.exists()

    def test_who_withdrew_is_not_said_never_to_have_signed(self, publisher: Client, house: Organization) -> None:
        signatures.withdraw(organization=house, version=compact(), on=date(2024, 3, 1), by=clerk())
        page = publisher.get(url("organization_change", house.pk))
        assert page.context["standing"] == "Withdrew from version 1, March 1, 2024"


class TestDaysThatCannotBe:
    @pytest.fixture
    def meeting(self) -> models.Meeting:
        made: models.Meeting = models.Meeting.objects.create(held_on=date(2031, 1, 1), title="Invented Caucus")
        return made

    def test_who_came_is_entered_from_the_day_of_the_meeting_on(
        self, publisher: Client, house: Organization, meeting: models.Meeting
    ) -> None:
        page = publisher.get(url("meeting_change", meeting.pk))
        assert page.context["standing"] == ("It has not taken place yet. From Jan. 1, 2031 on, enter here who came.")
        assert url("meeting_attendance", meeting.pk) not in text(page)
        publisher.post(url("meeting_attendance", meeting.pk), {f"of-{house.pk}": "came"})
        assert not meeting.attendances.exists()
        models.Meeting.objects.filter(pk=meeting.pk).update(held_on=TODAY)
        assert url("meeting_attendance", meeting.pk) in text(publisher.get(url("meeting_change", meeting.pk)))

    def test_a_meeting_ahead_leads_to_its_own_page(self, publisher: Client) -> None:
        page = publisher.post(url("meeting_add"), {"held_on": "2031-01-01", "title": "Invented"}, follow=True)
        made = models.Meeting.objects.get(title="Invented")
        assert page.redirect_chain == [(url("meeting_change", made.pk), 302)]

    def test_a_meeting_somebody_came_to_is_not_moved_ahead(self, publisher: Client, house: Organization) -> None:
        held = models.Meeting.objects.create(held_on=date(2026, 5, 1), title="x")
        held.attendances.create(organization=house, present=True)
        page = publisher.post(url("meeting_change", held.pk), {"held_on": "2031-01-01", "title": "x"})
        (sentence,) = page.context["adminform"].form.errors["held_on"]
        assert sentence == "Who came is entered already; the meeting cannot lie ahead."

    def test_a_milestone_is_not_reached_ahead(self, publisher: Client, team: models.ActionTeam) -> None:
        strategy = models.Strategy.objects.create(team=team, title="Evenings")
        sent = {
            "position": "0", "title": "Evenings", "title_es": "", "text": "", "text_es": "",
            "milestones-TOTAL_FORMS": "1", "milestones-INITIAL_FORMS": "0", "milestones-0-text": "A first evening",
            "milestones-0-due_on": "2031-05-01", "milestones-0-done_on": "2031-05-01",
        }  # fmt: skip
        page = text(publisher.post(url("strategy_change", strategy.pk), sent))
        assert "May 1, 2031 has not come yet." in page
        assert not strategy.milestones.exists()
        publisher.post(url("strategy_change", strategy.pk), {**sent, "milestones-0-done_on": "2026-05-01"})
        assert strategy.milestones.exists()

    @pytest.mark.parametrize("since", [{"since": "2012-01-01"}, {"since_text": "fall 2012"}])
    def test_nobody_is_in_a_team_before_it_was_proposed(
        self, publisher: Client, house: Organization, team: models.ActionTeam, since: dict[str, str]
    ) -> None:
        teams.take_step(team=team, step="proposed", text="in 2026", by=clerk())
        page = publisher.post(url("actionteam_join", team.pk), {"organization": house.pk, **since})
        assert wrong(page, "since") == "The team was first proposed in 2026; nobody joined it before that."
        assert not team.memberships.exists()

    def test_a_team_reported_as_at_work_had_members_before_the_report(
        self, publisher: Client, house: Organization, team: models.ActionTeam
    ) -> None:
        teams.take_step(team=team, step="reported", text="in 2017", source=report(), by=clerk())
        publisher.post(url("actionteam_join", team.pk), {"organization": house.pk, "since_text": "2015"})
        assert team.memberships.exists()

    def test_an_organization_does_not_exist_only_from_some_day_on(self, publisher: Client) -> None:
        page = publisher.post(url("organization_add"), {"name": "House", "slug": "house", "exists_since": AHEAD})
        (sentence,) = page.context["adminform"].form.errors["exists_since"]
        assert sentence == "March 1, 2033 has not come yet."


class TestWithoutMail:
    def test_the_page_that_sends_promises_no_message(
        self, publisher: Client, house: Organization, settings: Settings
    ) -> None:
        word = draft(house)
        reachable(house)
        with_mail = text(publisher.get(url("assessment_send")))
        assert "Its contact gets a message." in with_mail
        assert "is reminded a week and a day before the end" in with_mail
        settings.EMAIL_BACKEND = NO_MAIL
        for address in (url("assessment_send"), url("assessment_send_one", word.pk)):
            page = text(publisher.get(address))
            assert "The board sends no mail: tell its contact yourself." in page
            assert "is reminded" not in page
            assert "gets a message" not in page
        done = text(publisher.post(url("assessment_send_one", word.pk), {"days": "21"}, follow=True))
        assert "No message went out: tell the contacts yourself." in done
        assert "None: the board sends no mail. Tell the contact." in done


class TestTheLedgerInPlainWords:
    def test_each_state_says_what_it_means(self, publisher: Client, house: Organization) -> None:
        page = text(publisher.get(url("assessment_assess"), {"organization": house.pk, "year": YEAR}))
        for meaning in ("Most of it was done.", "A part of it was done.", "Nothing was found either way."):
            assert meaning in page

    def test_a_list_names_the_promise_and_only_what_is_sent_is_ticked_beforehand(
        self, publisher: Client, house: Organization
    ) -> None:
        word = draft(house)
        reachable(house)
        page = publisher.get(url("assessment_send"))
        assert f"Invented House, 1 {word.commitment.short}, {YEAR}: limited" in text(page)
        assert list(page.context["form"]["assessments"].value()) == [word.pk]
        at = timezone.now()
        Assessment.objects.filter(pk=word.pk).update(sent_by=clerk(), sent_at=at, reply_until=TODAY - timedelta(days=1))
        page = publisher.get(url("assessment_release"))
        assert f"Invented House, 1 {word.commitment.short}, {YEAR}: limited" in text(page)
        assert not page.context["form"]["assessments"].value()

    def test_who_cannot_send_is_told_who_does(self, house: Organization) -> None:
        promise = Commitment.objects.get(version__number=1, number="1")
        given = {"organization": house.pk, "year": YEAR, "commitment": promise.pk, "state": "limited", "evidence": "x"}
        page = text(desk("data entry").post(url("assessment_assess"), given, follow=True))
        assert "Nobody else sees it until it is sent to the organization. A publisher sends it." in page


class TestWhatNeedsYou:
    @pytest.mark.parametrize("role", ["committee", "data entry", "publisher"])
    def test_everybody_who_may_see_proposals_is_led_to_those_that_wait_to_be_heard(
        self, role: str, team: models.ActionTeam
    ) -> None:
        teams.take_step(team=team, step="proposed", on=date(2026, 1, 1), by=clerk())
        reader = desk(role)
        page = text(reader.get("/staff/"))
        assert "1 proposed action team is to be heard by the Steering Committee." in page
        listed = url("actionteam_changelist") + "?step=proposed"
        assert f'href="{listed}"' in page
        assert "Invented Team" in text(reader.get(listed))

    @pytest.mark.parametrize("role", ["committee", "data entry", "publisher"])
    def test_a_team_that_was_heard_waits_for_the_decision_and_whoever_records_it_is_told(
        self, role: str, team: models.ActionTeam
    ) -> None:
        for step in ("proposed", "heard"):
            teams.take_step(team=team, step=step, on=date(2026, 1, 1), by=clerk())
        page = text(desk(role).get("/staff/"))
        assert ("1 action team was heard" in page) is (role == "publisher")

    def test_of_everything_that_can_wait_it_is_known_whose_it_is(self) -> None:
        assert set(WHOSE) == set(KINDS)


class TestTheLife:
    def test_a_team_is_public_when_an_edition_shows_it_and_not_at_once(
        self, publisher: Client, team: models.ActionTeam
    ) -> None:
        teams.take_step(team=team, step="reported", text="in 2026", source=report(), by=clerk())
        page = publisher.get(url("actionteam_change", team.pk))
        assert page.context["standing"] == "Reported as at work. Public with the next edition, not before."
        editions.publish(by=clerk(), summary="A team.")
        page = publisher.get(url("actionteam_change", team.pk))
        assert page.context["standing"] == "Reported as at work. Public."

    @pytest.mark.parametrize(
        ("step", "label"),
        [("proposed", "What is proposed"), ("reported", "What the document says of it")],
    )
    def test_each_step_asks_for_its_own_sentence(
        self, publisher: Client, team: models.ActionTeam, step: str, label: str
    ) -> None:
        page = publisher.get(url(f"actionteam_{step}", team.pk))
        assert page.context["form"].fields["decision"].label == label
        assert page.context["form"].fields["decision"].help_text.endswith(".")


@pytest.mark.parametrize("name", ["organization", "actionteam", "program", "document"])
def test_what_names_a_page_is_called_so_and_says_that_it_stays(publisher: Client, name: str) -> None:
    everything()
    model = {"actionteam": models.ActionTeam}.get(name) or getattr(models, name.capitalize())
    for address in (url(f"{name}_add"), url(f"{name}_change", model.objects.all()[0].pk)):
        page = text(publisher.get(address))
        assert "It cannot be changed once it is saved." in page
        assert "Do not rename" not in page


def test_accounts_are_named_and_not_linked_to_a_page_that_is_shut(publisher: Client) -> None:
    everything()
    upload = models.Upload.objects.order_by("-pk")[0]
    edition = editions.publish(by=clerk(), summary="All of it.")
    message = models.Interest.objects.order_by("-pk")[0]
    models.Interest.objects.filter(pk=message.pk).update(handled_by=clerk(), handled_at=timezone.now(), outcome="x")
    for address in (
        url("upload_change", upload.pk),
        url("edition_change", edition.pk),
        url("interest_change", message.pk),
    ):
        page = text(publisher.get(address))
        assert "clerk" in page, address
        assert "/auth/user/" not in page, address


class TestRemarks:
    """What may be right and often is a slip is said once, and not refused."""

    def test_a_program_of_who_is_no_provider(self, publisher: Client, house: Organization) -> None:
        given = {"organization": house.pk, "name": "Invented Program", "slug": "invented-program"}
        page = text(publisher.post(url("program_add"), given, follow=True))
        assert "Invented House does not hold the role “program provider”" in page
        way = url("organization_give_role", house.pk) + "?role=program_provider"
        assert f'href="{way}"' in page
        assert publisher.get(way).context["form"]["role"].value() == "program_provider"
        organizations.give_role(organization=house, role="program_provider", since=date(2020, 1, 1), by=clerk())
        given = {"organization": house.pk, "name": "Another Program", "slug": "another-program"}
        assert "does not hold the role" not in text(publisher.post(url("program_add"), given, follow=True))

    def test_more_delivered_than_promised(self, publisher: Client, house: Organization) -> None:
        given = {"organization": house.pk, "year": "2026", "kind": "fiscal", "what": "Money"}
        sentence = "More was delivered ($500) than promised ($50). Is that right?"
        page = publisher.post(url("contribution_record"), {**given, "promised": "50", "delivered": "500"}, follow=True)
        assert sentence in text(page)
        one = models.Contribution.objects.get(what="Money")
        assert f'href="{url("contribution_change", one.pk)}"' in text(page)
        again = {"what": "Money", "promised": "50", "delivered": "500"}
        assert sentence in text(publisher.post(url("contribution_change", one.pk), again, follow=True))
        again["delivered"] = "50"
        assert "More was delivered" not in text(publisher.post(url("contribution_change", one.pk), again, follow=True))

    def test_the_writer_of_a_message_is_offered_as_the_contact_and_stands_in_no_history(
        self, publisher: Client
    ) -> None:
        message = interest.record(
            kind="member", organization="An Invented Library", sector="nonprofit", name="The Sender",
            email="sender@example.org", phone="", message="x", language="en", consent="x",
        )  # fmt: skip
        make = url("interest_make_organization", message.pk)
        offered = publisher.get(make).context["form"]
        page = publisher.post(make, {name: offered[name].value() for name in offered.fields}, follow=True)
        made = Organization.objects.get(name="An Invented Library")
        way = url("organization_name_contact", made.pk) + f"?message={message.pk}"
        assert f'href="{way}"' in text(page)
        form = publisher.get(way).context["form"]
        assert (form["name"].value(), form["email"].value()) == ("The Sender", "sender@example.org")
        for odd in ("x", "0", "9" * 18):
            asked = publisher.get(url("organization_name_contact", made.pk), {"message": odd})
            assert not asked.context["form"]["name"].value()
        assert "Sender" not in text(publisher.get(url("organization_history", made.pk)))


class TestTheDirectory:
    def send(self, client: Client, data: bytes) -> Any:
        file = SimpleUploadedFile("directory.csv", data)
        return client.post(url("organization_import"), {"import_file": file, "format": "0", "resource": "0"})

    def test_its_export_is_a_file_that_comes_back_in(self, publisher: Client) -> None:
        page = publisher.get(url("organization_export"))
        assert [words for _value, words in page.context["form"].fields["format"].choices if words] == ["csv"]
        out = publisher.post(url("organization_export"), {"format": "0", "resource": "0"})
        preview = text(self.send(publisher, out.content))
        assert "Take these lines in" in preview
        head = preview.split("<thead>")[1].split("</thead>", 1)[0]
        assert "roles" not in head, "what is only told is not shown as if it went away"
        assert "signed" not in head

    def test_a_damaged_workbook_is_told_what_to_do(self, publisher: Client) -> None:
        page = self.send(publisher, b"PK\x03\x04 a workbook")
        assert "The workbook is damaged; open it in Excel and save it again as .xlsx." in text(page)
        assert "<code>what_it_does</code>" in text(page), "the columns are named on every page"

    def test_the_page_says_that_roles_and_signatures_are_not_read(self, publisher: Client) -> None:
        assert "Roles and signatures are not read from the file" in text(publisher.get(url("organization_import")))

    def test_everything_that_is_wrong_with_a_line_is_named(self, publisher: Client) -> None:
        page = text(self.send(publisher, b"name,sector,website,exists_since\nA,moon,no address,2033-03-01\n"))
        for sentence in (
            "Line 2: sector: “moon” is not known",
            "Line 2: website: Enter a valid URL.",
            "Line 2: March 1, 2033 has not come yet.",
        ):
            assert sentence in page

    def test_what_was_done_is_said_in_plain_words(self, publisher: Client) -> None:
        organization("Invented House", slug="invented-house")
        page = self.send(publisher, b"name,website\nInvented House,https://house.example\nInvented Hall,\n")
        sent = {field.name: field.value() or "" for field in page.context["confirm_form"]}
        done = text(publisher.post(url("organization_process_import"), sent, follow=True))
        assert "1 line is new. 1 has changed. 0 stay as they were." in done


class TestTheNextEdition:
    def said(self, *line: Any) -> tuple[str, tuple[str, ...]]:
        change = Speaker().change(Line(*line))
        return change.what, change.after or change.before

    def test_a_metric_is_named_and_its_numbers_are_plain(self) -> None:
        place = apps.get_model("metrics", "Place").objects.get(code="0640011")
        metric = (
            '{"indicator":"chronic-absence","place":"0640011","group":"all-students","baseline_value":"30.0000",'
            '"baseline_year":2020,"target_value":"12.5000","target_year":2030,"document":null}'
        )
        _what, (*parts,) = self.said("teams", "x", "metric", None, metric)
        words = "; ".join(parts)
        assert f"Measured in: {place.name}" in words
        assert "Baseline: 30;" in words
        assert "Target: 12.5;" in words
        for code in ("chronic-absence", "all-students", "0640011"):
            assert code not in words

    def test_goals_and_strategies_have_their_names(self, team: models.ActionTeam) -> None:
        goal = apps.get_model("metrics", "Goal").objects.all()[0]
        strategy = models.Strategy.objects.create(team=team, title="Evenings")
        assert self.said("grants", "x", "goal", '""', goal.slug)[1] == (goal.name,)
        assert self.said("plans", "2026", "strategies", "[]", f"[{strategy.pk}]")[1] == ("Evenings",)

    def test_a_merge_says_where_the_old_address_leads(self) -> None:
        organization("Invented House", slug="house")
        what, after = self.said("moved", "old-house, house", "", None, '["old-house","house"]')
        assert (what, after) == ("Old address: /coalition/old-house/", ("leads to “Invented House”",))
