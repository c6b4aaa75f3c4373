"""What happens to action teams: the steps of their life, who joins and leaves, their strategies, the yearly plan."""

from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from coalition.models import ActionTeam, Document, Edition, Plan, Strategy, StrategyEvent, TeamEvent
from coalition.rules import teams as rules
from coalition.rules.ledger import lies_before
from coalition.rules.teams import Progress, Step

from .checking import not_ahead, said
from .errors import CoalitionError
from .joining import join, leave
from .recording import stamp, unless_taken

__all__ = ["adopt", "join", "keep_charter", "leave", "log", "may_take_back", "take_back_step", "take_step"]


@transaction.atomic
def take_step(
    *,
    team: ActionTeam,
    step: str,
    on: date | None = None,
    text: str = "",
    decision: str = "",
    decision_es: str = "",
    source: Document | None = None,
    by: User,
) -> TeamEvent:
    """Records the next step in a team's life; at its approval a team gets the next free number.

    Raises CoalitionError when the step may not follow the last one, has no day and no words for it, lies ahead or
    before an earlier step, needs a sentence or a source, or makes a team active that has no problem or no whole metric.
    """
    team = ActionTeam.objects.select_for_update().get(pk=team.pk)
    last = team.events.filter(followed_by__isnull=True).first()
    wanted = _step(step)
    _check_order(Step(last.step) if last else None, wanted)
    _check_day(team, on, text)
    if rules.says_why(Step(last.step) if last else None, wanted) and not decision.strip():
        raise CoalitionError(_("Say in one sentence why; it stands beside the step."), field="decision")
    if wanted is Step.ACTIVE:
        _check_charter(team, _("Before a team is active it has to say {needs}."))
    if wanted in rules.NEEDS_SOURCE and source is None:
        sentence = _("Name the document that reports it; a team that no document names is proposed first.")
        raise CoalitionError(sentence, field="source")
    if wanted is Step.PROPOSED and last is None:
        _check_nobody_before(team, on, text)
    event = TeamEvent(
        team=team,
        step=wanted.value,
        happened_on=on,
        happened_text=text.strip(),
        decision=decision.strip(),
        decision_es=decision_es.strip(),
        source=source,
        follows=last,
    )
    stamp(event, by=by)
    with unless_taken(_("Somebody else recorded a step at the same moment; look at it and try again.")):
        event.save(force_insert=True)
        if wanted is Step.APPROVED and team.number is None:
            team.number = (ActionTeam.objects.aggregate(last=Max("number"))["last"] or 0) + 1
            team.save(update_fields=["number"])
    return event


def _step(step: str) -> Step:
    if step not in set(Step):
        raise CoalitionError(_("A team’s life has no step “{step}”.").format(step=step), field="step")
    return Step(step)


def _check_order(last: Step | None, wanted: Step) -> None:
    if rules.may_follow(last, wanted):
        return
    if last is wanted:
        sentence = _("“{step}” is recorded already; look at it before you go on.")
        raise CoalitionError(sentence.format(step=_label(wanted)), field="step")
    allowed = get_text_list([f"“{_label(step)}”" for step in rules.following(last)], _("or"))
    if last is None:
        sentence = _("A team’s life begins with {allowed}, not with “{step}”.")
        raise CoalitionError(sentence.format(allowed=allowed, step=_label(wanted)), field="step")
    sentence = _("After “{last}” comes {allowed}, not “{step}”.")
    raise CoalitionError(sentence.format(last=_label(last), allowed=allowed, step=_label(wanted)), field="step")


def _label(step: Step) -> str:
    return str(TeamEvent.Step(step.value).label)


def _check_day(team: ActionTeam, on: date | None, text: str) -> None:
    if on is None and not text.strip():
        raise CoalitionError(_("Give the day, or say in words when that was."), field="on")
    not_ahead(on, text, field="on")
    for before in team.events.order_by("-pk"):
        if lies_before((on, text), (before.happened_on, before.happened_text)):
            sentence = _("A step before this one: {when}. This one cannot be earlier.")
            when = said(before.happened_on, before.happened_text)
            raise CoalitionError(sentence.format(when=when), field="on")


def _check_nobody_before(team: ActionTeam, on: date | None, text: str) -> None:
    for member in team.memberships.select_related("organization"):
        if lies_before((member.since, member.since_text), (on, text)):
            sentence = _("{organization} is in the team since {when}; it was proposed by then, not later.")
            when = said(member.since, member.since_text)
            raise CoalitionError(sentence.format(organization=member.organization, when=when), field="on")


@transaction.atomic
def take_back_step(*, team: ActionTeam, by: User) -> ActionTeam:
    """Takes back the last step of a team, recorded by mistake, as long as no edition can have told of it.

    Raises CoalitionError when there is no step, or an edition was published since it was recorded.
    """
    team = ActionTeam.objects.select_for_update().get(pk=team.pk)
    last = team.events.filter(followed_by__isnull=True).first()
    if last is None or not may_take_back(last):
        raise CoalitionError(_("An edition was published since; record what is right as the next step."))
    if last.step == Step.APPROVED.value and not team.events.filter(step=last.step).exclude(pk=last.pk).exists():
        team.number = None
        team.save(update_fields=["number"])
    last.delete()
    return team


def may_take_back(step: TeamEvent) -> bool:
    """Whether no edition was published since the step was recorded; what came with the board's documents stays."""
    at = step.recorded_at
    return at is not None and not Edition.objects.filter(published_at__gte=at).exists()


def keep_charter(team: ActionTeam) -> None:
    """Raises CoalitionError when a team at work would lose what it could not have begun without: `team` as changed."""
    stored = ActionTeam.objects.select_for_update().get(pk=team.pk)  # no step is taken while this one is weighed
    if stored.events.filter(followed_by__isnull=True, step=Step.ACTIVE.value).exists():
        _check_charter(team, _("An active team has to say {needs}."))


def _check_charter(team: ActionTeam, sentence: str) -> None:
    parts = (
        team.indicator,
        team.place,
        team.group,
        team.baseline_value,
        team.baseline_year,
        team.target_value,
        team.target_year,
    )
    missing = rules.lacks(team.problem, parts)
    if missing:
        words = {
            rules.Need.PROBLEM: _("the problem it is there for"),
            rules.Need.METRIC: _("its metric (what is measured, where and for whom, baseline and target)"),
        }
        needs = get_text_list([words[need] for need in missing], _("and"))
        field = {rules.Need.PROBLEM: "problem", rules.Need.METRIC: "indicator"}[missing[0]]
        raise CoalitionError(sentence.format(needs=needs), field=field)
    if team.indicator is None or team.baseline_value is None or team.target_value is None:
        return  # said above: half a metric is none
    if not rules.improves(team.baseline_value, team.target_value, team.indicator.higher_is_better):
        sentence = _("The target {target:f} is no better than the baseline {baseline:f} of “{indicator}”.")
        values = {"target": team.target_value.normalize(), "baseline": team.baseline_value.normalize()}
        raise CoalitionError(sentence.format(indicator=team.indicator, **values), field="target_value")


@transaction.atomic
def log(*, strategy: Strategy, progress: str, on: date, note: str = "", note_es: str = "", by: User) -> StrategyEvent:
    """Adds a line to a strategy's log: where it stands since the day `on`.

    Raises CoalitionError when the day lies ahead or before the last line, or the line tells nothing new.
    """
    if progress not in set(Progress):
        raise CoalitionError(_("A strategy cannot stand at “{progress}”.").format(progress=progress), field="progress")
    strategy = Strategy.objects.select_for_update().get(pk=strategy.pk)
    last = strategy.events.last()
    not_ahead(on, field="on")
    if last is not None and on < last.happened_on:
        sentence = _("The log’s last line is of {day}; a new one cannot be earlier.")
        raise CoalitionError(sentence.format(day=said(last.happened_on)), field="on")
    if rules.needs_note(Progress(last.progress) if last else None, Progress(progress)) and not note.strip():
        sentence = _("The strategy stands at “{progress}” already; say in a note what is new.")
        raise CoalitionError(sentence.format(progress=last.get_progress_display() if last else ""), field="note")
    line = StrategyEvent(
        strategy=strategy, progress=progress, happened_on=on, note=note.strip(), note_es=note_es.strip()
    )
    stamp(line, by=by)
    line.save(force_insert=True)
    return line


@transaction.atomic
def adopt(*, plan: Plan, on: date, by: User) -> Plan:
    """Makes a Collective Action Plan the coalition's; from the next edition on it is public.

    Raises CoalitionError when it has no strategies, names a team that is not public, was adopted before, or the day
    lies ahead.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if plan.adopted_on is not None:
        sentence = _("This plan was adopted on {day} already.").format(day=said(plan.adopted_on))
        raise CoalitionError(sentence)
    not_ahead(on, field="on")
    if not plan.strategies.exists():
        raise CoalitionError(_("A plan without strategies is none; choose those that run in the year first."))
    public = TeamEvent.objects.filter(team=OuterRef("team"), step__in=[step.value for step in rules.PUBLIC_STEPS])
    early = plan.strategies.filter(~Exists(public)).select_related("team").first()
    if early is not None:
        sentence = _("The plan lists “{strategy}” of “{team}”, and that team is not approved.")
        raise CoalitionError(sentence.format(strategy=early.title, team=early.team.name))
    plan.adopted_on = on
    plan.save(update_fields=["adopted_on"])
    return plan
