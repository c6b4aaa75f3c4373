"""The staff's way with the ledger, with uploads and with editions, and what their first page says of it."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from coalition import editions, models
from coalition.actions import ledger, organizations
from coalition.actions.uploads import send_figures
from coalition.admin.vocabulary import CHOICES, FIELDS, KINDS
from coalition.admin.words import Speaker
from coalition.editions import Line
from coalition.models import Assessment, Commitment, Organization
from coalition.roster import shapes
from tests.coalition.desk import desk, text, url
from tests.coalition.records import clerk, contact, everything, organization, reachable, signed

pytestmark = pytest.mark.django_db

YEAR = timezone.localdate().year - 1


@pytest.fixture
def publisher() -> Client:
    return desk("publisher")


@pytest.fixture
def member() -> Organization:
    one = organization("Invented House")
    signed(one, date(2020, 5, 1))
    return one


def promise(number: str) -> Commitment:
    found: Commitment = Commitment.objects.get(version__number=1, number=number)
    return found


def assess(client: Client, one: Organization, number: str = "1", **more: Any) -> Any:
    given = {"organization": one.pk, "year": YEAR, "commitment": promise(number).pk, "state": "limited"}
    return client.post(url("assessment_assess"), {**given, "evidence": "It said so.", **more}, follow=True)


def offers(client: Client, word: Assessment) -> list[str]:
    return [str(button.words) for button in client.get(url("assessment_change", word.pk)).context["offers"]]


class TestTheLedger:
    def test_first_who_and_when_then_only_what_binds_it_and_somebody_judges(
        self, publisher: Client, member: Organization
    ) -> None:
        assert "Show its promises" in text(publisher.get(url("assessment_assess")))
        form = publisher.get(url("assessment_assess"), {"organization": member.pk, "year": YEAR}).context["form"]
        assert [one.number for one in form.offered] == ["1", "2", "3", "4", "5"]

    @pytest.mark.parametrize(
        "asked",
        [
            {"organization": "abc", "year": "2025"},
            {"organization": "1", "year": "x"},
            {"organization": "9" * 30, "year": "9" * 30},
            {"organization": "1", "year": "1066", "seen": "💥"},
        ],
    )
    def test_an_odd_address_is_answered_calmly(self, publisher: Client, asked: dict[str, str]) -> None:
        page = publisher.get(url("assessment_assess"), asked)
        assert "Choose an organization that signed, and a year that has begun." in text(page)

    def test_a_draft_by_mistake_is_taken_back_and_what_stood_before_stands_again(
        self, publisher: Client, member: Organization
    ) -> None:
        assess(publisher, member)
        first = Assessment.objects.get(organization=member)
        Assessment.objects.filter(pk=first.pk).update(
            sent_by=clerk(), sent_at=timezone.now(), reply_until=timezone.localdate()
        )
        assert publisher.post(url("assessment_take_back", first.pk)).status_code == 302
        draft = Assessment.objects.create(
            organization=member, commitment=first.commitment, year=first.year, state="complete", supersedes=first,
            reason="A slip.", evidence="x", assessed_by=clerk(), assessed_at=timezone.now(),
        )  # fmt: skip
        done = publisher.post(url("assessment_take_back", draft.pk), follow=True)
        assert "the draft “complete” is taken back." in text(done)
        assert list(Assessment.objects.filter(organization=member)) == [first], "what was sent is history"
        (line,) = LogEntry.objects.filter(object_id=str(draft.pk), content_type__model="assessment")
        assert "the draft “complete” is taken back" in line.change_message

    def test_a_word_goes_from_draft_to_released_and_only_the_next_step_is_a_button(
        self, publisher: Client, member: Organization
    ) -> None:
        page = assess(publisher, member)
        word = Assessment.objects.get(organization=member)
        assert page.redirect_chain == [(url("assessment_change", word.pk), 302)]
        assert offers(publisher, word) == ["Send to the organization", "Say something else", "Take the draft back"]
        form = publisher.post(url("assessment_send_one", word.pk), {"days": "21"}).context["form"]
        (refused,) = form.errors["told"]
        assert refused == "Nobody can sign in for Invented House: name a contact and invite it, or say how it was told."
        many = publisher.get(url("assessment_send"))
        assert "nobody can sign in for it" in text(many)
        assert list(many.context["form"].initial["assessments"]) == [], "ticked is what somebody can read"
        reachable(member)
        assert "with its organization" in text(
            publisher.post(url("assessment_send_one", word.pk), {"days": "21"}, follow=True)
        )
        assert offers(publisher, word) == ["Say something else"]
        Assessment.objects.filter(pk=word.pk).update(reply_until=timezone.localdate() - timedelta(days=1))
        assert offers(publisher, word) == ["Release", "Say something else"]
        publisher.post(url("assessment_release_one", word.pk))
        word.refresh_from_db()
        assert word.released_at is not None
        said = LogEntry.objects.filter(content_type__model="assessment", object_id=str(word.pk))
        assert said.count() == 3

    def test_data_entry_says_words_and_neither_sends_nor_releases_them(self, member: Organization) -> None:
        entry = desk("data entry")
        assess(entry, member)
        assert offers(entry, Assessment.objects.get(organization=member)) == [
            "Say something else",
            "Take the draft back",
        ]

    def test_another_word_says_why_and_replaces_the_one_that_was_looked_at(
        self, publisher: Client, member: Organization
    ) -> None:
        assess(publisher, member)
        first = Assessment.objects.get(organization=member)
        page = assess(publisher, member, state="substantial", seen=first.pk)
        assert "say why it changes" in page.context["form"].errors["reason"][0]
        assess(publisher, member, state="substantial", seen=first.pk, reason="A second look.")
        second = Assessment.objects.get(organization=member, supersedes=first)
        page = assess(publisher, member, state="complete", seen=first.pk, reason="Late.")
        assert "meanwhile" in page.context["form"].non_field_errors()[0]
        assert offers(publisher, first) == []
        listed = text(publisher.get(url("assessment_changelist"), {"q": "Invented House"}))
        assert url("assessment_change", second.pk) in listed
        assert url("assessment_change", first.pk) not in listed

    def test_evidence_that_is_no_document_is_refused_and_nothing_is_said(
        self, publisher: Client, member: Organization
    ) -> None:
        page = assess(publisher, member, file=SimpleUploadedFile("a.exe", b"MZ"))
        assert page.context["form"].errors["file"] == ["This is not a PDF, PNG or JPEG; send one of these."]
        assert not Assessment.objects.filter(organization=member).exists()

    def test_a_file_goes_again_when_the_word_it_came_with_is_refused(
        self, publisher: Client, member: Organization
    ) -> None:
        before = models.StoredFile.objects.count()
        page = assess(publisher, member, number="6", file=SimpleUploadedFile("a.pdf", b"%PDF-1.7 x"))
        assert "nobody’s opinion is asked" in page.context["form"].errors["commitment"][0]
        assert models.StoredFile.objects.count() == before

    def test_several_drafts_are_sent_at_once_those_that_are_ticked(
        self, publisher: Client, member: Organization
    ) -> None:
        reachable(member)
        for number in "123":
            assess(publisher, member, number)
        form = publisher.get(url("assessment_send")).context["form"]
        drafts = list(form.fields["assessments"].queryset)
        assert len(drafts) == 3
        publisher.post(url("assessment_send"), {"assessments": [drafts[0].pk, drafts[1].pk], "days": "14"})
        sent = Assessment.objects.filter(sent_at__isnull=False, organization=member)
        assert set(sent.values_list("reply_until", flat=True)) == {timezone.localdate() + timedelta(days=14)}
        assert sent.count() == 2

    def test_what_follows_from_data_becomes_drafts_with_one_button(
        self, publisher: Client, member: Organization
    ) -> None:
        page = publisher.post(url("assessment_derive"), {"year": YEAR}, follow=True)
        assert re.search(r"\d+ drafts follow from the data of", text(page))
        assert Assessment.objects.filter(organization=member, from_data=True, year=YEAR).exists()
        again = publisher.post(url("assessment_derive"), {"year": YEAR}, follow=True)
        assert f"Nothing new follows from the data of {YEAR}." in text(again)

    def test_the_page_of_what_is_still_to_be_said_leads_to_each(self, publisher: Client, member: Organization) -> None:
        page = text(publisher.get(url("assessment_due")))
        wanted = (
            url("assessment_assess") + f"?organization={member.pk}&amp;commitment={promise('2').pk}&amp;year={YEAR}"
        )
        assert wanted in page
        assess(publisher, member, "2")
        assert wanted not in text(publisher.get(url("assessment_due")))


class TestUploads:
    @pytest.fixture
    def upload(self) -> models.Upload:
        one = organization("Invented Provider")
        sender = organizations.invite(contact=contact(one), by=clerk())
        program = models.Program.objects.create(organization=one, slug="invented-program", name="Invented Program")
        header = "group,served,accepted,enrolled,persisted,completed"
        data = f"{header}\nall-students,120,100,80,60,30\n".encode()
        return send_figures(program=program, year=YEAR, name="figures.csv", data=data, by=sender)

    def test_the_review_shows_every_row(self, publisher: Client, upload: models.Upload) -> None:
        page = text(publisher.get(url("upload_change", upload.pk)))
        assert "100 of 120 (83.3%)" in page
        assert upload.receipt in page
        assert "Waiting for your review." in page

    def test_it_is_accepted_with_a_receipt(self, publisher: Client, upload: models.Upload) -> None:
        page = publisher.post(url("upload_accept", upload.pk), {"reason": ""}, follow=True)
        assert f"receipt {upload.receipt}" in text(page)
        upload.refresh_from_db()
        assert upload.state == "accepted"
        assert "is not possible now" in text(publisher.post(url("upload_return", upload.pk), follow=True))

    def test_it_is_returned_with_a_comment_and_not_without(self, publisher: Client, upload: models.Upload) -> None:
        page = publisher.post(url("upload_return", upload.pk), {"comment": ""})
        assert page.context["form"].errors["comment"] == ["This field is required."]
        publisher.post(url("upload_return", upload.pk), {"comment": "The total is missing."})
        upload.refresh_from_db()
        assert (upload.state, upload.comment) == ("returned", "The total is missing.")


class TestEditions:
    def next(self, client: Client) -> Any:
        return client.get(url("edition_next"))

    def test_the_page_says_in_words_what_would_change(self, publisher: Client, member: Organization) -> None:
        page = text(self.next(publisher))
        assert "Organization: Invented House" in page
        assert "1 thing would change for the public" in page
        for code in ("{&quot;", "what_it_does", "signatures&quot;"):
            assert code not in page

    def test_publishing_shows_what_was_looked_at_and_nothing_else(
        self, publisher: Client, member: Organization
    ) -> None:
        seen = self.next(publisher).context["difference"].digest
        Organization.objects.filter(pk=member.pk).update(url="https://house.example")
        late = publisher.post(url("edition_next"), {"seen": seen, "summary": "A new member."})
        assert "Something changed since you opened this page; look at it again." in text(late)
        assert "A new member." in text(late), "what was typed is kept"
        seen = late.context["difference"].digest
        done = publisher.post(url("edition_next"), {"seen": seen, "summary": "A new member."}, follow=True)
        assert "is public." in text(done)
        assert "There is nothing to publish." in text(self.next(publisher))

    def test_an_edition_without_a_sentence_is_not_published(self, publisher: Client, member: Organization) -> None:
        before = models.Edition.objects.count()
        seen = self.next(publisher).context["difference"].digest
        page = publisher.post(url("edition_next"), {"seen": seen, "summary": " "})
        assert page.context["form"].errors["summary"] == ["This field is required."]
        assert models.Edition.objects.count() == before

    def test_data_entry_looks_and_does_not_publish(self, member: Organization) -> None:
        page = text(self.next(desk("data entry")))
        assert "Publish now" not in page
        assert "A publisher makes it public." in page

    def test_every_kind_and_field_of_an_edition_has_its_words(self) -> None:
        assert set(KINDS) == set(editions.NAMES)
        named = {
            field
            for shape in vars(shapes).values()
            if hasattr(shape, "__dataclass_fields__") and shape is not shapes.Coalition
            for field in shape.__dataclass_fields__
        }
        assert named - {"en", "es"} - set(FIELDS) == set()
        assert set(CHOICES) <= set(FIELDS)

    def test_everything_there_is_can_be_said_without_codes(self, publisher: Client) -> None:
        one = everything()
        organizations.give_role(organization=one, role="program_provider", since=date(2026, 1, 2), by=clerk())
        page = text(self.next(publisher))
        table = page.split('class="rows changes"')[1].split("</table>", 1)[0]
        assert re.findall(r"[a-z]+_[a-z]+", re.sub(r"<[^>]+>", " ", table)) == []
        assert "{" not in table

    @pytest.mark.parametrize(
        ("line", "before", "after"),
        [
            (Line("organizations", "x", "what", '{"en":"Old.","es":""}', '{"en":"New.","es":"Nuevo."}'),
             ("Old.",), ("New. · in Spanish: “Nuevo.”",)),
            (Line("organizations", "x", "sector", "", "civic"), (), ("Policymakers and civic leaders",)),
            (Line("contributions", "x", "delivered", "null", "1200.50"), (), ("$1,200.50",)),
            (Line("assessments", "x, 1, 5, 2025", "state", "not_started", "limited"), ("not started",), ("limited",)),
            (Line("assessments", "x, 1, 5, 2025", "evidence", "judgement day", '["'), ("judgement day",), ('["',)),
            (Line("programs", "x", "shared", "[2024]", "[2024,2025]"), (), ("2025",)),
            (Line("plans", "2026", "adopted_on", "null", "2026-05-01"), (), ("May 1, 2026",)),
            (Line("organizations", "x", "roles",
                  '[{"role":"member","since":{"day":null,"text":"fall 2016"},"until":null,"source":null}]', "[]"),
             ("Role: member; Since: fall 2016",), ()),
        ],
    )  # fmt: skip
    def test_a_difference_is_said_as_a_person_would(
        self, line: Line, before: tuple[str, ...], after: tuple[str, ...]
    ) -> None:
        change = Speaker().change(line)
        assert (change.before, change.after) == (before, after)


class TestTheFirstPage:
    def test_it_says_what_waits_and_each_line_leads_to_a_list_that_opens(
        self, publisher: Client, member: Organization
    ) -> None:
        assess(publisher, member)
        page = text(publisher.get("/staff/"))
        box = page.split('class="todo"')[1].split("</section>", 1)[0]
        lines = dict(re.findall(r'<a href="([^"]+)">([^<]+)</a>', box))
        assert lines[url("assessment_changelist") + "?stage=draft"].startswith("1 assessment")
        assert lines[url("edition_next")] == (
            "The coalition’s pages: 1 change is not public yet. Look at it and publish."
        )
        assert url("organization_changelist") + "?contact=none" in lines
        for address in lines:
            opened = publisher.get(address.replace("&amp;", "&"))
            assert opened.status_code == 200, address

    @pytest.mark.parametrize(("role", "told"), [("data entry", False), ("committee", False), ("publisher", True)])
    def test_nobody_is_told_of_work_that_is_not_theirs(self, role: str, told: bool, member: Organization) -> None:
        page = text(desk(role).get("/staff/"))
        assert ("not public yet. Look at it" in page) is told
        if role == "committee":
            assert "What needs you today" not in page

    def test_a_word_that_waits_for_its_reply_says_how_long(self, publisher: Client, member: Organization) -> None:
        reachable(member)
        assess(publisher, member)
        ledger.send(assessments=Assessment.objects.filter(organization=member), by=clerk(), days=3)
        assert "3 days" in text(publisher.get("/staff/"))


def test_no_template_of_ours_holds_a_script_or_a_style() -> None:
    """The security policy of the staff area refuses both; what a page can do, it does without them."""
    folder = Path(__file__).resolve().parents[2] / "templates" / "admin" / "coalition"
    for path in folder.rglob("*.html"):
        assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=", path.read_text(encoding="utf-8")), path
