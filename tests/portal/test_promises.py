"""What an organization reads of its promises before the public does, and how it replies."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coalition.actions import ledger
from coalition.editions import publish
from coalition.models import Assessment, Reply, StoredFile
from coalition.portal.promises import promise_lines
from tests.coalition.records import clerk, organization
from tests.portal.conftest import BACKEND
from tests.portal.members import YEAR, Party, account, commitment, named, say
from tests.reading import lines

pytestmark = pytest.mark.django_db

HERE = f"/members/promises/1/{YEAR}/1/"


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(lines(response.content.decode()))


def days_left(one: Assessment, days: int) -> None:
    Assessment.objects.filter(pk=one.pk).update(reply_until=timezone.localdate() + timedelta(days=days))


class TestHome:
    def test_it_says_what_waits_and_how_long_the_most_urgent_first(self, a, member):
        days_left(a.said("1"), 9)
        days_left(a.said("5"), 0)
        page = text(member, "/members/")
        assert "limited Today is the last day to reply" in page
        assert "substantial 9 days left to reply" in page
        assert page.index("Today is the last day") < page.index("9 days left")
        assert "What the public reads about you" in page

    def test_what_was_replied_to_or_is_over_waits_no_more(self, a, member):
        ledger.reply(assessment=a.said("1"), text="We did.", by=a.user)
        days_left(a.said("5"), -1)
        page = text(member, "/members/")
        assert "Read this before the public does" not in page

    def test_a_new_member_with_nothing_to_do_is_told_so_on_every_page(self, db):
        quiet = Client()
        one = organization("Invented Quiet Association")
        quiet.force_login(account(named(one, "QUIET", "contact")), backend=BACKEND)
        page = text(quiet, "/members/")
        assert "Nothing waits for you today." in page
        assert "Nothing yet." in page
        assert "so nothing binds it" in text(quiet, "/members/promises/")
        assert "No program of your organization is recorded." in text(quiet, "/members/programs/")


class TestPromises:
    def test_those_that_bind_are_listed_with_what_is_said_and_drafts_are_not(self, a, member):
        listed = promise_lines(a.organization, timezone.localdate())
        assert "".join(line.commitment.number for line in listed) == "1234567P"
        assert [line.commitment.number for line in listed if line.said] == ["1", "3", "5"]
        page = text(member, "/members/promises/")
        assert "ZZCANARY-A a draft" not in page
        assert page.count("Nothing has been said of it yet.") == 5

    def test_a_promise_that_binds_no_more_stays_with_what_was_said(self, a):
        period = a.organization.role_periods.get()
        one = say(a.organization, "4", "limited", evidence="Something.", send=True)
        a.organization.signatures.all().delete()
        listed = promise_lines(a.organization, timezone.localdate())
        assert [(line.commitment.number, line.binds) for line in listed] == [(n, False) for n in "1345"]
        assert (period.role, one.year) == ("program_provider", YEAR)

    def test_at_one_address_each_reads_its_own(self, a, b, member, stranger):
        assert "ZZCANARY-A what it rests on" in text(member, HERE)
        assert "ZZCANARY-A" not in stranger.get(HERE).content.decode()
        assert "ZZCANARY-B what it rests on" in text(stranger, HERE)

    def test_a_released_word_says_whether_the_public_reads_it_already(self, a, member):
        assert "released: public when" in text(member, f"/members/promises/1/{YEAR}/3/")
        publish(by=clerk(), summary="A member’s first year.")
        page = text(member, f"/members/promises/1/{YEAR}/3/")
        assert "Complete public" in page
        assert "So it is." in page
        assert "What you reply" not in page
        assert f"Commitment 3, {YEAR}: complete, with your reply" in text(member, "/members/organization/")

    def test_a_new_word_comes_with_what_was_said_before_and_the_reply_then(self, a, member):
        word = ledger.assess(
            organization=a.organization, commitment=commitment("3"), year=YEAR, state="limited",
            evidence="Only a part.", reason="The plan was taken back.", by=clerk(),
        )  # fmt: skip
        assert "Only a part." not in text(member, f"/members/promises/1/{YEAR}/3/"), "a draft is nobody’s yet"
        ledger.send(assessments=[word], by=clerk())
        page = text(member, f"/members/promises/1/{YEAR}/3/")
        assert page.index("Only a part.") < page.index("What was said before") < page.index("So it is.")
        assert "The plan was taken back." in page

    def test_what_a_draft_is_about_to_replace_asks_for_nothing(self, a, member):
        ledger.assess(
            organization=a.organization, commitment=commitment("1"), year=YEAR, state="complete",
            evidence="More.", reason="More was found.", by=clerk(),
        )  # fmt: skip
        assert "substantial" not in text(member, "/members/")
        page = text(member, HERE)
        assert "taken back before it was public; another takes its place, and you read that first" in page
        assert "the last day to reply was" not in page
        assert "Read it as the public will" not in page, "no form that would be refused"
        said = member.post(HERE, {"text": "We did.", "send": "1"}).content.decode()
        assert "was replaced by a newer one" in said


class TestReply:
    def test_it_is_read_as_the_public_will_counted_and_then_sent(self, a, member):
        first = member.post(HERE, {"text": "We did more.\r\n\r\nSee <b>our</b> report."})
        page = first.content.decode()
        assert "This is what the public will read, 6 words." in page
        assert "See &lt;b&gt;our&lt;/b&gt; report." in page
        assert Reply.objects.filter(assessment=a.said("1")).count() == 0
        sent = member.post(HERE, {"text": "We did more.\r\n\r\nSee <b>our</b> report.", "send": "1"}, follow=True)
        assert sent.redirect_chain == [(HERE, 302)]
        assert "Your reply is sent." in sent.content.decode()
        assert a.said("1").replies.get().text == "We did more.\n\nSee <b>our</b> report."

    def test_before_it_is_written_the_page_warns(self, a, member):
        page = text(member, HERE)
        assert "Everybody will be able to read it, word for word." in page
        assert "no names, no e-mail addresses, no telephone numbers" in page

    def test_a_new_line_counts_as_one_letter(self, a, member):
        long = "x" * 1498 + "\r\n" + "y"
        assert member.post(HERE, {"text": long, "send": "1"}).status_code == 302
        assert len(a.said("1").replies.get().text) == 1500

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ("", "This field is required."),
            ("x" * 1501, "at most 1500 characters"),
            ("Write to director@example.org", "take the e-mail address or telephone number out"),
        ],
    )
    def test_what_is_refused_is_explained_and_the_text_kept(self, a, member, words, said):
        page = member.post(HERE, {"text": words, "send": "1"}).content.decode()
        assert said in page
        assert words in page
        assert "autofocus" in page
        assert Reply.objects.filter(assessment=a.said("1")).count() == 0

    def test_a_later_one_counts_until_it_is_released(self, a, member):
        for words in ("First thoughts.", "Second thoughts."):
            member.post(HERE, {"text": words, "send": "1"})
        assert "Second thoughts." in text(member, HERE)
        ledger.release(assessments=[a.said("1")], by=clerk())
        refused = member.post(HERE, {"text": "Third thoughts.", "send": "1"})
        assert "This assessment is public" in refused.content.decode()
        assert a.said("1").replies.count() == 2


class TestEvidence:
    def test_the_file_is_saved_and_never_shown(self, a, member):
        response = member.get(f"{HERE}file/")
        assert response.content == b"%PDF-1.4 ZZCANARY-A minutes"
        assert response["Content-Disposition"] == f'attachment; filename="evidence-{YEAR}-1.pdf"'
        assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("application/pdf", "nosniff")

    def test_a_kind_nobody_expects_leaves_as_bytes(self, a, member):
        StoredFile.objects.update(content_type="text/html")
        assert member.get(f"{HERE}file/")["Content-Type"] == "application/octet-stream"

    def test_without_a_file_there_is_none(self, a, member):
        assert member.get(f"/members/promises/1/{YEAR}/3/file/").status_code == 404

    def test_the_same_bytes_do_not_tell_what_another_member_called_them(self, a, b, member):
        Assessment.objects.filter(pk=a.said("1").pk).update(evidence_file=b.said("1").evidence_file)
        response = member.get(f"{HERE}file/")
        assert "ZZCANARY" not in str(response.headers)


def test_the_number_of_queries_does_not_grow_with_what_was_said(a: Party, member: Client) -> None:
    def count(path: str) -> int:
        member.get(path)  # the edition is known to the process from here on
        with CaptureQueriesContext(connection) as found:
            member.get(path)
        return len(found)

    paths = ("/members/", "/members/promises/", HERE)
    before = [count(path) for path in paths]
    say(a.organization, "4", "no_evidence", send=True)
    ledger.reply(assessment=a.said("4"), text="Why so?", by=a.user)
    assert [count(path) for path in paths] == before
    assert max(before) <= 12
