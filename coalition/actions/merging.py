"""Two records of one organization become one: every row moves, and what both say of the same thing is said once."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import count, pairwise
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.translation import gettext as _

from coalition.models import Assessment, Attendance, Organization, Program, RolePeriod, Signature, TeamMembership
from coalition.rules.ledger import first_day

from .checking import existed_then, said
from .errors import CoalitionError

#: What an organization says of itself. Where the one that stays says nothing, the words of the duplicate stay.
OWN_WORDS = (("url",), ("what_it_does", "what_it_does_es"), ("sector", "sector_note", "sector_note_es"), ("logo",))


@transaction.atomic
def merge(*, duplicate: Organization, into: Organization, by: User) -> None:
    """Moves everything that is recorded of `duplicate` to `into`; `duplicate` stays as an old address of it.

    What both hold and only one may is settled, each kind by its own rule (`SETTLE`). What is folded away by that is
    written down in the history of `into`, word for word.
    """
    if duplicate.pk == into.pk:
        raise CoalitionError(_("An organization cannot be merged with itself."), field="into")
    for one in sorted((duplicate, into), key=lambda one: one.pk):  # in one order: no two merges block each other
        one.refresh_from_db(from_queryset=Organization.objects.select_for_update(of=("self",)))
    for one, field in ((duplicate, "duplicate"), (into, "into")):
        if one.merged_into is not None:
            sentence = _("{old} was merged into {organization} already.")
            raise CoalitionError(sentence.format(old=one, organization=one.merged_into), field=field)
    _keep_own_words(duplicate, into)
    folded: list[str] = []
    for relation in relations():
        settle = SETTLE.get(relation.related_model)
        if settle is not None:
            folded += settle(duplicate, into)
        rows = relation.related_model._base_manager.filter(**{relation.field.name: duplicate})
        rows.update(**{relation.field.name: into})
    existed_then(into, field="into")
    duplicate.merged_into = into
    duplicate.save(update_fields=["merged_into"])
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(into),
        object_id=str(into.pk),
        object_repr=str(into)[:200],
        action_flag=CHANGE,
        change_message=" ".join([_("{name} was merged into it.").format(name=duplicate), *folded]),
    )


def relations() -> Iterator[Any]:
    """Every relation by which a row belongs to an organization, those of models yet to come included."""
    for relation in Organization._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.field.name != "merged_into":
            yield relation


def _keep_own_words(duplicate: Organization, into: Organization) -> None:
    for names in OWN_WORDS:
        if not getattr(into, names[0]):
            for name in names:
                setattr(into, name, getattr(duplicate, name))
    known = [one.exists_since for one in (duplicate, into) if one.exists_since is not None]
    into.exists_since = min(known, default=None)
    into.save()


def _one_role(duplicate: Organization, into: Organization) -> list[str]:
    """Both play one part today: the period that began first goes on, it says what the other one says."""
    ours = {period.role: period for period in RolePeriod.objects.filter(organization=into, until=None)}
    folded = []
    for theirs in RolePeriod.objects.filter(organization=duplicate, until=None, role__in=ours):
        kept = ours[theirs.role]
        later = _take_earlier_beginning(kept, theirs, ("since", "since_text", "source_id"))
        kept.save()
        theirs.delete()
        sentence = _("Both records held the role “{role}”; one since {when}.")
        folded.append(sentence.format(role=kept.get_role_display(), when=later))
    return folded


def _one_membership(duplicate: Organization, into: Organization) -> list[str]:
    """Both are in one team today: the same, and it leads the team when either record does."""
    ours = {one.team_id: one for one in TeamMembership.objects.filter(organization=into, until=None)}
    folded = []
    both = TeamMembership.objects.filter(organization=duplicate, until=None, team__in=ours)
    for theirs in both.select_related("team"):
        kept = ours[theirs.team_id]
        later = _take_earlier_beginning(kept, theirs, ("since", "since_text"))
        kept.is_lead = kept.is_lead or theirs.is_lead
        kept.save()
        theirs.delete()
        sentence = _("Both records were in the team “{team}”; one since {when}.")
        folded.append(sentence.format(team=theirs.team.name, when=later))
    return folded


def _take_earlier_beginning(kept: Any, other: Any, fields: tuple[str, ...]) -> str:
    """Lets `kept` begin when the earlier of both did, and says when the later did."""
    earlier = first_day(other.since, other.since_text) < first_day(kept.since, kept.since_text)
    later = kept if earlier else other
    words = said(later.since, later.since_text)
    if earlier:
        for field in (*fields, "recorded_by_id", "recorded_at"):
            setattr(kept, field, getattr(other, field))
    return words


def _one_chain_of_signatures(duplicate: Organization, into: Organization) -> list[str]:
    """Both signed one version: their events become one chain, in the order in which they happened.

    The rows are written anew, for the chain, the keys and the public order of events are one order. An event that
    both tell in the same words is one event: that of `into`, which comes first where the days are the same.
    """
    chains: dict[int, dict[int, list[Signature]]] = defaultdict(lambda: defaultdict(list))
    for event in Signature.objects.filter(organization__in=(duplicate, into)).order_by("pk"):
        chains[event.version_id][event.organization_id].append(event)
    folded = []
    for both in chains.values():
        if len(both) == 1:
            continue
        dated = sorted((day, own != into.pk, key) for own in both for day, key in _dated(both[own]))
        order = [key for _day, _guest, key in dated]
        by_key = {event.pk: event for chain in both.values() for event in chain}
        told: list[Signature] = []
        for key in order:
            if told and _same(told[-1], by_key[key]):
                folded.append(_fold(by_key[key], told[-1]))
            else:
                told.append(by_key[key])
        for key in reversed(order):
            Signature.objects.get(pk=key).delete()
        before: Signature | None = None
        for event in told:
            event.pk, event.organization, event.follows = None, into, before
            event.save(force_insert=True)
            before = event
    return folded


def _dated(chain: list[Signature]) -> Iterator[tuple[date, int]]:
    """Each event with the first day on which it can have happened: never before the one it follows."""
    day = date.min
    for event in chain:
        day = max(day, first_day(event.happened_on, event.happened_text))
        yield day, event.pk


def _fold(event: Signature, into: Signature) -> str:
    """What `into` leaves open it takes from `event`; where both say something else, the words of `event` are told."""
    rest = []
    for name in ("office", "source", "reason", "position"):
        ours, theirs = getattr(into, name), getattr(event, name)
        if ours in (None, ""):
            setattr(into, name, theirs)
        elif theirs not in (None, "", ours):
            field = str(Signature._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            rest.append(_("{field}: {problem}").format(field=field, problem=theirs))
    when = said(event.happened_on, event.happened_text)
    if not rest:
        return _("Both records held the same signature, {when}.").format(when=when)
    sentence = _("Both records held the same signature, {when}; the one that went said: {rest}.")
    return sentence.format(when=when, rest="; ".join(rest))


def _same(one: Signature, other: Signature) -> bool:
    return (one.kind, one.happened_on, one.happened_text) == (other.kind, other.happened_on, other.happened_text)


def _one_chain_of_words(duplicate: Organization, into: Organization) -> list[str]:
    """Something is said of both for one promise and year: one chain, in the order in which it was said in public."""
    words = list(Assessment.objects.filter(organization__in=(duplicate, into)))
    next_one = {word.supersedes_id: word for word in words if word.supersedes_id is not None}
    chains: dict[tuple[int, int], list[Assessment]] = defaultdict(list)
    for word in words:
        if word.supersedes_id is None:
            chains[word.commitment_id, word.year].append(word)
    for firsts in chains.values():
        if len(firsts) == 1:
            continue
        timed = sorted(one for first in firsts for one in _timed(first, next_one))
        chain = [word for *_order, word in timed]
        # From the end: the place behind each word is free before the next one takes it.
        for before, word in reversed(list(pairwise(chain))):
            word.supersedes = before
            word.reason = word.reason or _("Two records of one organization became one.")
            word.save(update_fields=["supersedes", "reason"])
    return []


def _timed(first: Assessment, next_one: dict[int, Assessment]) -> Iterator[tuple[datetime, int, int, Assessment]]:
    """A chain from its first word on, each with when it was released or, if it was not, assessed: never before the
    one it replaces. What is public is the word released last, so it has to come last of those that were.
    """
    moment, word = first.assessed_at, first
    for place in count():
        moment = max(moment, word.released_at or word.assessed_at)
        yield moment, first.pk, place, word
        if word.pk not in next_one:
            return
        word = next_one[word.pk]


def _one_attendance(duplicate: Organization, into: Organization) -> list[str]:
    """Both were asked to one meeting: it came when either of them did."""
    ours = {one.meeting_id: one for one in Attendance.objects.filter(organization=into)}
    for theirs in Attendance.objects.filter(organization=duplicate, meeting__in=ours):
        kept = ours[theirs.meeting_id]
        kept.present = kept.present or theirs.present
        kept.save(update_fields=["present"])
        theirs.delete()
    return []


def _two_programs(duplicate: Organization, into: Organization) -> list[str]:
    """Both have a program of one name. Each has figures of its own, so two stay: one says whose it was."""
    ours = Program.objects.filter(organization=into).values("name")
    for theirs in Program.objects.filter(organization=duplicate, name__in=ours):
        most = Program._meta.get_field("name").max_length or 0
        ending = f" ({duplicate.slug})"
        theirs.name = theirs.name[: most - len(ending)] + ending
        theirs.save(update_fields=["name"])
    return []


#: How it is settled that two rows would be where one may be. Whoever adds such a rule to a model adds a line here.
SETTLE: dict[type[models.Model], Callable[[Organization, Organization], list[str]]] = {
    RolePeriod: _one_role,
    TeamMembership: _one_membership,
    Signature: _one_chain_of_signatures,
    Assessment: _one_chain_of_words,
    Attendance: _one_attendance,
    Program: _two_programs,
}
