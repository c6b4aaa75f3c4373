"""Messages to contacts: what they are told, when, once, over a real mail server."""

import io
import socketserver
import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from coalition import notices
from coalition.actions.ledger import assess, release, reply, send
from coalition.actions.organizations import invite
from coalition.editions import publish
from coalition.models import Assessment, Commitment, Contact, Edition, Notice, Organization, Signature
from coalition.notices import Kind, deliver, outbox
from tests.coalition.records import contact as named

pytestmark = pytest.mark.django_db

SENT_ON = date(2026, 11, 25)
LAST_DAY = date(2026, 12, 16)  # 21 days later


class MailServer(socketserver.ThreadingTCPServer):
    """As much of SMTP as a client needs; it keeps what it takes, and refuses recipients it is told to."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.taken: list[tuple[list[str], EmailMessage]] = []
        self.refuses: set[str] = set()


class Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("220 mail.example.org")
        to: list[str] = []
        while line := self.rfile.readline().decode().strip():
            verb = line.split()[0].upper()
            if verb == "RCPT":
                address = line.partition("<")[2].partition(">")[0]
                known = address not in self.server.refuses
                to += [address] if known else []
                self.say("250 yes" if known else f"550 nobody here is {address}")
            elif verb == "DATA":
                self.say("354 go on")
                lines = list(iter(self.rfile.readline, b".\r\n"))
                data = b"".join(text.removeprefix(b".") for text in lines)
                self.server.taken.append((to, message_from_bytes(data, policy=policy.default)))
                to = []
                self.say("250 taken")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 mail.example.org")


@pytest.fixture
def mail_server(settings: Settings) -> Iterator[MailServer]:
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address[:2]
        settings.SITE_URL = "https://board.example.org"
        settings.DEFAULT_FROM_EMAIL = "ALL IN! Coalition <board@example.org>"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join(10)


@pytest.fixture
def turn_to(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """Lets it be noon of this day for everything that asks."""

    def turn_to(day: date) -> None:
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=timezone.get_default_timezone())
        monkeypatch.setattr(timezone, "now", lambda: noon)

    return turn_to


@pytest.fixture
def staff() -> User:
    return User.objects.create_user("staff")


@pytest.fixture
def contact() -> Contact:
    account = User.objects.create_user("Office@promise.example.org")
    promise = Organization.objects.get(slug="hartford-promise")
    return Contact.objects.create(
        organization=promise, name="The office", email=account.username, since=date(2026, 1, 1), user=account
    )


@pytest.fixture
def words(staff: User, contact: Contact, turn_to: Callable[[date], None]) -> list[Assessment]:
    """Commitments 1 and 2 of Hartford Promise for 2026, sent to it on November 25 with 21 days to reply."""
    turn_to(SENT_ON)
    made = [
        assess(
            organization=contact.organization,
            commitment=Commitment.objects.get(number=number),
            year=2026,
            state="not_started",
            by=staff,
        )
        for number in "12"
    ]
    send(assessments=made, by=staff)
    return made


def remind() -> str:
    out = io.StringIO()
    call_command("remind", stdout=out)
    return out.getvalue()


def kinds(on: date) -> list[tuple[str, int]]:
    """The messages of this day as kind and number of promises; and they are delivered."""
    messages = outbox(on=on)
    assert all(deliver(message) for message in messages)
    return [(message.kind.value, len(message.assessments)) for message in messages]


class TestOverARealMailServer:
    def test_a_contact_gets_one_plain_message_about_everything(self, words, mail_server):
        assert remind() == "Messages sent: 1.\n"
        ((to, mail),) = mail_server.taken
        assert to == ["Office@promise.example.org"]
        assert mail["From"] == "ALL IN! Coalition <board@example.org>"
        assert mail["Auto-Submitted"] == "auto-generated"
        assert "Please read and reply by Dec. 16, 2026" in mail["Subject"]
        assert mail.get_content_type() == "text/plain"
        text = mail.get_content()
        assert "Hello The office," in text
        assert "what is said of Hartford Promise" in text
        assert f"* 1. {words[0].commitment.text} (2026)" in text
        assert "you may reply until Dec. 16, 2026" in text
        assert "https://board.example.org/members/promises/" in text
        assert words[0].commitment.text_es in text  # the Spanish half names the promises in Spanish
        assert "not started" not in text  # what is said is behind the sign-in

    def test_sent_again_it_sends_nothing(self, words, mail_server):
        remind()
        assert remind() == "Messages sent: 0.\n"
        assert len(mail_server.taken) == 1

    def test_who_the_server_refuses_keeps_nobody_else_from_their_message(self, words, mail_server, staff):
        backbone = Organization.objects.get(slug="achieve-hartford")
        invite(contact=named(backbone, "office@backbone.example.org", since=date(2026, 1, 1)), by=staff)
        word = assess(organization=backbone, commitment=words[0].commitment, year=2026, state="not_started", by=staff)
        send(assessments=[word], by=staff)
        mail_server.refuses = {"Office@promise.example.org"}
        with pytest.raises(CommandError) as failed:
            remind()
        assert str(failed.value) == (
            "Messages sent: 1; not taken by the mail server and tried again next time: "
            "Hartford Promise (SMTPRecipientsRefused)."
        )
        mail_server.refuses = set()
        assert remind() == "Messages sent: 1.\n"
        assert [to for to, _mail in mail_server.taken] == [
            ["office@backbone.example.org"],
            ["Office@promise.example.org"],
        ]

    def test_a_server_that_is_not_there_is_one_sentence(self, words, mail_server, settings):
        settings.EMAIL_PORT = 1
        with pytest.raises(CommandError, match=r"Messages sent: 0; .* Hartford Promise \(ConnectionRefusedError\)"):
            remind()
        assert not Notice.objects.exists()


def test_without_a_mail_server_it_says_how_many_wait_and_sends_nothing(words, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert remind() == "E-mail is not set up (EMAIL_URL); messages waiting: 1.\n"
    assert not Notice.objects.exists()


def test_a_name_with_signs_is_written_as_it_is(words, contact, mailoutbox):
    Contact.objects.update(name="O’Hara & Sons <office>")
    kinds(SENT_ON)
    assert "Hello O’Hara & Sons <office>," in mailoutbox[0].body


class TestWhen:
    def test_first_the_news_then_a_week_and_a_day_before_the_last_day(self, words, mailoutbox):
        days = [LAST_DAY - timedelta(days=left) for left in range(21, -3, -1)]
        told = {(LAST_DAY - day).days: found for day in days if (found := kinds(day))}
        assert told == {21: [("sent", 2)], 7: [("reminder", 2)], 1: [("last_call", 2)]}
        assert "Last reminder: please reply by Dec. 16, 2026" in mailoutbox[-1].subject

    def test_a_day_on_which_it_did_not_run_is_made_up_for(self, words):
        kinds(SENT_ON)
        assert kinds(LAST_DAY - timedelta(days=5)) == [("reminder", 2)]
        assert kinds(LAST_DAY) == [("last_call", 2)]

    def test_who_hears_late_is_not_reminded_in_the_same_breath(self, words):
        assert kinds(LAST_DAY - timedelta(days=3)) == [("sent", 2)]

    def test_a_short_time_to_reply_has_no_reminder_longer_than_itself(self, words):
        Assessment.objects.update(reply_until=SENT_ON + timedelta(days=5))
        days = [SENT_ON + timedelta(days=n) for n in range(7)]
        assert [kinds(day) for day in days] == [[("sent", 2)], [], [], [], [("last_call", 2)], [], []]

    def test_who_replied_is_not_reminded(self, words, contact):
        kinds(SENT_ON)
        reply(assessment=words[0], text="It has.", by=contact.user)
        assert kinds(LAST_DAY - timedelta(days=7)) == [("reminder", 1)]
        reply(assessment=words[1], text="It has.", by=contact.user)
        assert kinds(LAST_DAY - timedelta(days=1)) == []

    def test_a_word_that_replaces_another_is_told_anew(self, words, staff, contact):
        kinds(SENT_ON)
        newer = assess(
            organization=contact.organization,
            commitment=words[0].commitment,
            year=2026,
            state="no_evidence",
            reason="Looked at again.",
            by=staff,
        )
        assert kinds(SENT_ON) == []
        send(assessments=[newer], by=staff)
        assert kinds(SENT_ON) == [("sent", 1)]

    def test_only_contacts_of_the_day_are_told_and_one_address_once(self, words, contact):
        kinds(SENT_ON)
        promise = contact.organization
        Contact.objects.update(until=SENT_ON)
        for email in ("new@promise.example.org", "NEW@promise.example.org"):
            Contact.objects.create(organization=promise, name="New", email=email, since=SENT_ON + timedelta(days=1))
        messages = outbox(on=SENT_ON + timedelta(days=1))
        assert [(message.kind, message.contact.email) for message in messages] == [
            (Kind.SENT, "new@promise.example.org")
        ]


class TestNewsOfWhatIsPublic:
    @pytest.fixture
    def released(self, words, staff, contact) -> list[Assessment]:
        kinds(SENT_ON)
        for word in words:
            reply(assessment=word, text="It has.", by=contact.user)
        release(assessments=words, by=staff)
        return words

    def test_it_is_told_once_and_not_before_an_edition_shows_it(self, released, staff, mailoutbox):
        # The first edition, of the real board, was published before.
        Edition.objects.update(published_at=timezone.now() - timedelta(days=1))
        assert kinds(SENT_ON) == []
        publish(by=staff, summary="The first words.")
        assert kinds(SENT_ON + timedelta(days=1)) == [("released", 2)]
        assert kinds(SENT_ON + timedelta(days=2)) == []
        assert "/coalition/hartford-promise/" in mailoutbox[-1].body
        assert "/es/coalition/hartford-promise/" in mailoutbox[-1].body

    def test_what_is_public_for_long_is_no_news(self, released, staff):
        publish(by=staff, summary="The first words.")
        assert kinds(SENT_ON + timedelta(days=31)) == []

    def test_who_became_a_contact_later_is_not_told(self, released, staff):
        publish(by=staff, summary="The first words.")
        Contact.objects.update(since=SENT_ON + timedelta(days=1))
        assert kinds(SENT_ON + timedelta(days=2)) == []


def test_of_two_who_send_at_once_one_steps_back(words, mailoutbox, monkeypatch):
    (message,) = outbox(on=SENT_ON)
    (same,) = outbox(on=SENT_ON)
    assert deliver(message) is True
    assert deliver(same) is False
    assert len(mailoutbox) == 1
    with pytest.raises(IntegrityError):
        Notice.objects.create(assessment=words[0], kind="sent", to="office@promise.example.org", sent_at=timezone.now())


def test_it_costs_as_much_for_many_organizations_as_for_one(
    words, staff, django_assert_num_queries: DjangoAssertNumQueries
):
    with django_assert_num_queries(7):
        outbox(on=SENT_ON)
    version = words[0].commitment.version
    for n in range(40):
        one = Organization.objects.create(slug=f"organization-{n}", name=f"Organization {n}")
        Signature.objects.create(organization=one, version=version, happened_on=date(2020, 1, 1))
        invite(contact=named(one, f"{n}@example.org", since=date(2026, 1, 1)), by=staff)
        word = assess(organization=one, commitment=words[0].commitment, year=2026, state="not_started", by=staff)
        send(assessments=[word], by=staff)
    with django_assert_num_queries(7):
        assert len(outbox(on=SENT_ON)) == 41


def test_what_is_not_known_to_be_set_up_is_off(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert not notices.is_set_up()
