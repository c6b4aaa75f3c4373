"""Two members with everything a member can have, every private field of it marked so that it is found anywhere."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from coalition import files
from coalition.actions import ledger, organizations
from coalition.actions.interest import record
from coalition.models import Assessment, Commitment, Contact, Organization, Program, StoredFile
from tests.coalition.records import clerk, compact, organization, signed

#: The year that is over, and so the one that is judged.
YEAR = timezone.localdate().year - 1
PASSWORD = "four words nobody guesses"


@dataclass(frozen=True)
class Party:
    """A member that runs a program, the contact who signs in for it, and a colleague of hers."""

    mark: str
    organization: Organization
    contact: Contact
    colleague: Contact
    program: Program

    @property
    def user(self) -> User:
        assert self.contact.user is not None
        return self.contact.user

    def said(self, number: str, year: int = YEAR) -> Assessment:
        return self.organization.assessments.get(commitment__number=number, year=year, superseded_by=None)

    def promise(self, number: str = "1", year: int = YEAR) -> dict[str, Any]:
        """What the address of a promise is made of."""
        return {"version": 1, "year": year, "number": number}


def commitment(number: str) -> Commitment:
    return Commitment.objects.get(version=compact(), number=number)


def named(one: Organization, mark: str, who: str) -> Contact:
    """A contact all of whose private fields bear the mark."""
    return organizations.name_contact(
        organization=one,
        name=f"{mark} {who}",
        email=f"{mark}.{who}@example.org".lower(),
        position=f"{mark} position",
        phone=f"{mark} 555",
        note=f"{mark} note",
        by=clerk(),
    )


def account(contact: Contact) -> User:
    user = organizations.invite(contact=contact, by=clerk())
    user.set_password(PASSWORD)
    user.save()
    return user


def party(mark: str) -> Party:
    """A provider that signed, with one word of each kind: to be replied to (1), a draft (2), released (3)."""
    one = organization(f"Invented Provider {mark[-1]}", slug=f"invented-provider-{mark[-1].lower()}")
    signed(one, on=date(2020, 1, 1))
    organizations.give_role(organization=one, role="program_provider", since=date(2020, 1, 1), by=clerk())
    contact, colleague = named(one, mark, "contact"), named(one, mark, "colleague")
    account(contact)
    contact.refresh_from_db()
    program = Program.objects.create(
        organization=one, slug=f"program-{mark[-1].lower()}", name=f"Program {mark[-1]}", since=date(YEAR - 1, 1, 1)
    )
    say(one, "1", "substantial", evidence=f"{mark} what it rests on", file=evidence_file(mark), send=True)
    say(one, "2", "limited", evidence=f"{mark} a draft", send=False)
    released = say(one, "3", "complete", evidence="Its plan, which anybody can read.", send=True)
    ledger.reply(assessment=released, text="So it is.", by=contact.user)
    ledger.release(assessments=[released], by=clerk())
    return Party(mark, one, contact, colleague, program)


def evidence_file(mark: str) -> StoredFile:
    return files.store_evidence(name=f"{mark}-minutes.pdf", data=f"%PDF-1.4 {mark} minutes".encode(), by=clerk())


def say(one: Organization, number: str, state: str, *, evidence: str = "", file: Any = None, send: bool) -> Assessment:
    word = ledger.assess(
        organization=one,
        commitment=commitment(number),
        year=YEAR,
        state=state,
        evidence=evidence,
        evidence_file=file,
        by=clerk(),
    )
    if send:
        ledger.send(assessments=[word], by=clerk())
        word.refresh_from_db()
    return word


def end(contact: Contact) -> None:
    """Yesterday was the last day; nobody has switched anything off by hand."""
    yesterday = timezone.localdate() - timedelta(days=1)
    Contact.objects.filter(pk=contact.pk).update(since=yesterday, until=yesterday)


def interested(mark: str) -> None:
    record(
        kind="member",
        organization=f"{mark} organization",
        sector="",
        name=f"{mark} name",
        email=f"{mark}.interest@example.org".lower(),
        phone=f"{mark} 555",
        message=f"{mark} message",
        language="en",
        consent=f"{mark} consent",
    )
