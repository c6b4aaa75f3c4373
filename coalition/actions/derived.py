"""The words that follow from data and need no opinion: a named contact, shared data, meetings attended."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import Min
from django.utils import timezone

from coalition.models import Assessment, Attendance, Contact, Program, Upload
from coalition.promises import contacts, nothing_to_share, promises
from coalition.rules import ledger
from coalition.rules.ledger import Evidence, State
from coalition.rules.programs import runs_in

# Stored, public and in one language like all evidence; who reads it in Spanish reads the state in Spanish beside it.
WHY = "What it follows from has changed."


def words(*, year: int, today: date) -> Iterator[Assessment]:
    """What can be said for `year` of every promise that rests on data, not yet written. Ten queries."""
    facts = {
        Evidence.CONTACT: _contacts(year, today),
        Evidence.DATA: _programs(year),
        Evidence.MEETINGS: _meetings(year, today),
    }
    for promise in promises(year=year, today=today):
        evidence = Evidence(promise.commitment.evidence)
        if evidence not in facts:
            continue
        state, said = facts[evidence][promise.organization.pk]
        if state is not None:
            yield Assessment(
                organization=promise.organization,
                commitment=promise.commitment,
                year=year,
                state=state.value,
                evidence=said,
                from_data=True,
                reason=WHY,
            )


Facts = defaultdict[int, tuple[State | None, str]]


def _contacts(year: int, today: date) -> Facts:
    """Whether a contact is named on the last day of the year, or today while it runs. Nothing of who it is."""
    named = contacts(on=ledger.last_day(year, today))
    first = Contact.objects.aggregate(day=Min("recorded_at"))["day"]
    on_record = year >= (today.year if first is None else timezone.localtime(first).year)
    facts: Facts = defaultdict(lambda: (ledger.from_contact(named=False, on_record=on_record), ""))
    for key in named.values_list("organization", flat=True):
        facts[key] = (ledger.from_contact(named=True, on_record=on_record), "A contact is named.")
    return facts


def _programs(year: int) -> Facts:
    accepted = Upload.objects.filter(year=year, state=Upload.State.ACCEPTED)
    shared_by = set(accepted.values_list("program", flat=True))
    ran, shared = Counter[int](), Counter[int]()
    for key, organization, since, until in Program.objects.values_list("pk", "organization", "since", "until"):
        if key in shared_by or runs_in(since, until, year):
            ran[organization] += 1
            shared[organization] += key in shared_by
    facts: Facts = defaultdict(lambda: (ledger.from_data(programs=0, shared=0), ""))
    facts.update(dict.fromkeys(nothing_to_share(year=year), (None, "")))
    for organization, programs in ran.items():
        n = shared[organization]
        state = ledger.from_data(programs=programs, shared=n)
        facts[organization] = (state, f"Programs that shared: {n} of {programs}.")
    return facts


def _meetings(year: int, today: date) -> Facts:
    held = Attendance.objects.filter(meeting__held_on__year=year, meeting__held_on__lte=today)
    asked, came = Counter[int](), Counter[int]()
    for organization, present in held.values_list("organization", "present"):
        asked[organization] += 1
        came[organization] += present
    facts: Facts = defaultdict(lambda: (None, ""))
    for organization, meetings in asked.items():
        n = came[organization]
        state = ledger.from_meetings(asked=meetings, attended=n)
        facts[organization] = (state, f"Meetings attended: {n} of {meetings}.")
    return facts
