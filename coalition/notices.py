"""Messages to the contacts of organizations: each thing is told once, to whoever is a contact that day."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coalition.models import Assessment, Contact, Edition, Notice
from coalition.models.ledger import AssessmentQuerySet

from .promises import contacts

#: Days before the last day on which an organization that has not replied is reminded, and reminded for the last time.
REMINDER_DAYS = 7
LAST_CALL_DAYS = 1
#: Days for which it is news that something is public: who becomes a contact later, or a mail server set up later, does
#: not bring up old matters.
NEWS_DAYS = 30


class Kind(StrEnum):
    """What a message is about; the kind of its notices."""

    SENT = "sent"  # there is something to reply to
    REMINDER = "reminder"
    LAST_CALL = "last_call"
    RELEASED = "released"  # it is public


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one contact. All its assessments are about the same organization and have the same last day."""

    kind: Kind
    contact: Contact
    reply_until: date | None
    assessments: tuple[Assessment, ...]

    def subject(self) -> str:
        day = date_format(self.reply_until) if self.reply_until else ""
        return {
            Kind.SENT: _("Please read and reply by {day}"),
            Kind.REMINDER: _("Reminder: please reply by {day}"),
            Kind.LAST_CALL: _("Last reminder: please reply by {day}"),
            Kind.RELEASED: _("It is public now"),
        }[self.kind].format(day=day)

    def body(self) -> str:
        name = "coalition:organization" if self.kind == Kind.RELEASED else "members:promises"
        slugs = [self.contact.organization.slug] if self.kind == Kind.RELEASED else []
        context = {
            "name": self.contact.name,
            "organization": self.contact.organization.name,
            "day": self.reply_until,
            "promises": [(_promise(one), one.year) for one in self.assessments],
            "link": settings.SITE_URL + reverse(name, args=slugs),
        }
        return render_to_string(f"members/mail/{self.kind}.txt", context).strip()


def _promise(assessment: Assessment) -> str:
    """The commitment in the language of the moment, in English where nobody has put it into Spanish."""
    one = assessment.commitment
    text = one.text_es if translation.get_language() == "es" and one.text_es else one.text
    return f"{one.number}. {text}"


def is_set_up() -> bool:
    """Whether messages can leave the board at all."""
    return "dummy" not in settings.EMAIL_BACKEND


def outbox(*, on: date) -> list[Message]:
    """The messages that are to go out on the day `on`. Seven queries, however large the coalition is."""
    unanswered = Assessment.objects.with_organization(on)
    return [*_messages(unanswered, _to_reply, on), *_messages(_news(on), _to_know, on)]


def deliver(message: Message) -> bool:
    """Sends one message, in English and Spanish; says whether it was sent or somebody else is sending it just now.

    What is told is noted before it is sent, and the note taken back when it cannot be: a message may be missing
    after a crash, and none ever comes twice. Raises OSError when the mail server does not take it.
    """
    to, now = message.contact.email, timezone.now()
    notes = [Notice(assessment=one, kind=message.kind, to=to.lower(), sent_at=now) for one in message.assessments]
    mail = _in_every_language(to, message.subject, message.body)
    try:
        with transaction.atomic():
            Notice.objects.bulk_create(notes)
    except IntegrityError:
        return False
    try:
        mail.send()
    except OSError:  # what the mail server refuses is one of these too
        Notice.objects.filter(pk__in=[note.pk for note in notes]).delete()
        raise
    return True


def invite(*, contact: Contact, path: str) -> None:
    """Sends a contact the link at which it chooses its password. Raises OSError when the mail server refuses it.

    It goes to the address that the organization named, and through nobody's hands: whoever opens it replies in the
    organization's name.
    """
    context = {
        "name": contact.name,
        "organization": contact.organization.name,
        "days": timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT).days,
        "link": settings.SITE_URL + path,
    }

    def subject() -> str:
        return _("Your invitation to the members’ area")

    def body() -> str:
        return render_to_string("members/mail/invitation.txt", context).strip()

    _in_every_language(contact.email, subject, body).send()


def _in_every_language(to: str, subject: Callable[[], str], body: Callable[[], str]) -> EmailMessage:
    subjects, bodies = [], []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            subjects.append(subject())
            bodies.append(body())
    return EmailMessage(
        subject=" / ".join(dict.fromkeys(subjects)),
        body="\n\n---\n\n".join(dict.fromkeys(bodies)) + "\n",
        to=[to],
        headers={"Auto-Submitted": "auto-generated"},  # nobody's out-of-office answers it
    )


Choice = Callable[[Assessment, Contact, Collection[str], date], Kind | None]


def _messages(assessments: AssessmentQuerySet, choose: Choice, on: date) -> Iterator[Message]:
    """One message per contact, kind and last day, about everything that `choose` finds is to be told."""
    people: dict[int, dict[str, Contact]] = defaultdict(dict)
    concerned = contacts(on=on).filter(organization__in=assessments.order_by().values("organization"))
    for contact in concerned.select_related("organization").order_by("pk"):
        people[contact.organization_id].setdefault(contact.email.lower(), contact)
    told: dict[tuple[int, str], set[str]] = defaultdict(set)
    notices = Notice.objects.filter(assessment__in=assessments.order_by().values("pk"))
    for key, to, kind in notices.values_list("assessment", "to", "kind"):
        told[key, to].add(kind)
    gathered: dict[tuple[Contact, Kind, date | None], list[Assessment]] = defaultdict(list)
    for one in assessments.select_related("commitment"):
        for to, contact in people[one.organization_id].items():
            due = choose(one, contact, told[one.pk, to], on)
            if due is not None and due not in told[one.pk, to]:
                gathered[contact, due, None if due == Kind.RELEASED else one.reply_until].append(one)
    for (contact, due, day), found in gathered.items():
        yield Message(due, contact, day, tuple(found))


def _to_reply(one: Assessment, _contact: Contact, told: Collection[str], on: date) -> Kind | None:
    """What to say of an assessment that waits for a reply, to somebody who was `told` so much of it.

    Whoever hears of it for the first time is not reminded in the same breath; and there is no reminder where the
    whole time to reply is no longer than the reminder's distance from the last day.
    """
    if Kind.SENT not in told or one.reply_until is None or one.sent_at is None:
        return Kind.SENT
    left = (one.reply_until - on).days
    given = (one.reply_until - timezone.localtime(one.sent_at).date()).days
    if left <= LAST_CALL_DAYS:
        return Kind.LAST_CALL if given > LAST_CALL_DAYS else None
    return Kind.REMINDER if left <= REMINDER_DAYS < given else None


def _to_know(one: Assessment, contact: Contact, _told: Collection[str], _on: date) -> Kind | None:
    """That an assessment is public, to those who were contacts when it was released."""
    if one.released_at is None or contact.since > timezone.localtime(one.released_at).date():
        return None
    return Kind.RELEASED


def _news(on: date) -> AssessmentQuerySet:
    """The words that became public lately: released, and in an edition since."""
    edition = Edition.objects.first()
    if edition is None:
        return Assessment.objects.none()
    released = Assessment.objects.public().filter(released_at__lte=edition.published_at)
    return released.filter(released_at__date__gte=on - timedelta(days=NEWS_DAYS))
