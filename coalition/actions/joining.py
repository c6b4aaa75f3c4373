"""Who joins an action team, who leads it, who leaves it. A time in a team is never rewritten, only ended."""

from datetime import date, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from coalition.models import ActionTeam, Organization, TeamEvent, TeamMembership
from coalition.rules.ledger import lies_before
from coalition.rules.teams import OVER, Step

from .checking import existed, locked, not_ahead, said
from .errors import CoalitionError
from .recording import stamp, unless_taken


@transaction.atomic
def join(
    *,
    team: ActionTeam,
    organization: Organization,
    since: date | None = None,
    since_text: str = "",
    is_lead: bool = False,
    by: User,
) -> TeamMembership:
    """Records that an organization is in a team from a day on or, where that is not known, since when in words.

    A team has one lead. A new one takes over on its first day; the one before stays a member, and so does the
    record of its time as lead. A member becomes the lead by joining as such.
    """
    organization = locked(organization)
    team = ActionTeam.objects.select_for_update().get(pk=team.pk)
    if since is None and not since_text.strip():
        raise CoalitionError(_("Give the day it joined, or say in words when that was."), field="since")
    not_ahead(since, since_text, field="since")
    existed(organization, since, since_text, field="since")
    _check_begun(team, since, since_text)
    _check_at_work(team, since, since_text)
    here = _in_team(team, since)
    own, lead = here.filter(organization=organization).first(), here.filter(is_lead=True).first()
    _check_not_here(own, is_lead=is_lead)
    joined = TeamMembership(
        team=team, organization=organization, is_lead=is_lead, since=since, since_text=since_text.strip()
    )
    with unless_taken(_("Somebody else changed the team at the same moment; look at it and try again.")):
        if own is not None:
            _end_before(own, since)
        if is_lead and lead is not None:
            _end_before(lead, since)
            _go_on_as_member(lead, since, by)
        stamp(joined, by=by)
        joined.save(force_insert=True)
    return joined


@transaction.atomic
def leave(*, membership: TeamMembership, until: date, by: User) -> TeamMembership:
    """Records an organization's last day in a team. A day that lies ahead may be changed until it has come."""
    membership = TeamMembership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    if membership.until is not None and membership.until < timezone.localdate():
        sentence = _("It left the team on {day} already.").format(day=said(membership.until))
        raise CoalitionError(sentence, field="until")
    if membership.since is not None and until < membership.since:
        sentence = _("It joined on {day}; it cannot leave before.").format(day=said(membership.since))
        raise CoalitionError(sentence, field="until")
    membership.until = until
    membership.save(update_fields=["until"])
    return membership


def _check_begun(team: ActionTeam, since: date | None, words: str) -> None:
    """Nobody was in a team before it was proposed. One that a document reports as at work had begun before that."""
    first = team.events.filter(follows__isnull=True, step=Step.PROPOSED.value).first()
    if first is not None and lies_before((since, words), (first.happened_on, first.happened_text)):
        sentence = _("The team was first proposed {when}; nobody joined it before that.")
        raise CoalitionError(sentence.format(when=said(first.happened_on, first.happened_text)), field="since")


def _check_at_work(team: ActionTeam, since: date | None, words: str) -> None:
    """Who was there before a team was over can still be recorded; nobody joins it afterwards."""
    over = TeamEvent.objects.filter(team=team, followed_by__isnull=True, step__in=[step.value for step in OVER]).first()
    if over is not None and lies_before((over.happened_on, over.happened_text), (since, words)):
        sentence = _("The team is over since {day}; nobody joins it after that.")
        raise CoalitionError(sentence.format(day=said(over.happened_on, over.happened_text)), field="since")


def _in_team(team: ActionTeam, since: date | None) -> QuerySet[TeamMembership]:
    """Who is in the team on the day `since` or will be later; without a day, today."""
    return team.memberships.filter(Q(until__isnull=True) | Q(until__gte=since or timezone.localdate()))


def _check_not_here(own: TeamMembership | None, *, is_lead: bool) -> None:
    if own is None:
        return
    if own.is_lead and is_lead:
        raise CoalitionError(_("It leads this team already."), field="organization")
    if own.until is not None:
        sentence = _("It is a member of this team until {day} already.").format(day=said(own.until))
        raise CoalitionError(sentence, field="since")
    if own.is_lead or not is_lead:
        raise CoalitionError(_("It is a member of this team already."), field="organization")


def _end_before(period: TeamMembership, day: date | None) -> None:
    """Ends a period on the day before the lead changes."""
    if day is None:
        sentence = _("Give the day: {organization} is in the team as {part} until the day before.")
        part = _("its lead") if period.is_lead else _("a member")
        raise CoalitionError(sentence.format(organization=period.organization, part=part), field="since")
    if period.since is not None and period.since >= day:
        sentence = _("{organization} is in the team in its part since {day}; the lead can change after that day.")
        raise CoalitionError(sentence.format(organization=period.organization, day=said(period.since)), field="since")
    TeamMembership.objects.filter(pk=period.pk).update(until=day - timedelta(days=1))


def _go_on_as_member(lead: TeamMembership, since: date | None, by: User) -> None:
    """Who led the team stays in it; a last day that was said before still holds."""
    member = TeamMembership(team=lead.team, organization=lead.organization, since=since, until=lead.until)
    stamp(member, by=by)
    member.save(force_insert=True)
