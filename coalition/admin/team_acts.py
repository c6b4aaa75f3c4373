"""What staff do with action teams: the steps of their life, who joins and leaves, the log of a strategy, the plan."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coalition.actions import joining, teams
from coalition.models import ActionTeam, Organization, Plan, Strategy, StrategyEvent, TeamEvent, TeamMembership
from coalition.rules.teams import PUBLIC_STEPS, Step, following

from .acts import Act, ActForm, Done, field_of
from .lists import NEXT_EDITION
from .sections import day

# --- Its life ---------------------------------------------------------------------------------------------------------

#: What each step's button says, and what it means.
STEPS: dict[Step, tuple[Any, Any]] = {
    Step.REPORTED: (
        gettext_lazy("It is at work already"),
        gettext_lazy("A document names the team as at work; the decisions before that are not on record. Public."),
    ),
    Step.PROPOSED: (
        gettext_lazy("Propose it"),
        gettext_lazy("For the Steering Committee to hear. A proposal is not public."),
    ),
    Step.HEARD: (
        gettext_lazy("The Steering Committee heard it"),
        gettext_lazy("Not public until the team is approved; then the whole life is."),
    ),
    Step.APPROVED: (
        gettext_lazy("It was approved"),
        gettext_lazy("The team gets the next number and becomes public with the next edition, with its whole life."),
    ),
    Step.DECLINED: (
        gettext_lazy("It was declined"),
        gettext_lazy("It stays here with the decision and may be proposed anew. It is not public."),
    ),
    Step.ACTIVE: (
        gettext_lazy("It begins its work"),
        gettext_lazy("Only with a problem and a whole metric. Public with the next edition, not before."),
    ),
    Step.COMPLETED: (gettext_lazy("It has done its work"), NEXT_EDITION),
    Step.ENDED: (gettext_lazy("It ended before it was done"), NEXT_EDITION),
}


#: What is asked of a step in one sentence, where it is not a decision.
ASKED: dict[Step, Any] = {
    Step.REPORTED: gettext_lazy("What the document says of it"),
    Step.PROPOSED: gettext_lazy("What is proposed"),
    Step.HEARD: gettext_lazy("What the Steering Committee said"),
    Step.ENDED: gettext_lazy("Why it ended"),
}


class StepForm(ActForm):
    on = field_of(TeamEvent, "happened_on")
    text = field_of(TeamEvent, "happened_text")
    decision = field_of(TeamEvent, "decision")
    decision_es = field_of(TeamEvent, "decision_es")
    source = field_of(TeamEvent, "source")


def last_step(team: ActionTeam) -> Step | None:
    steps = [event.step for event in sorted(team.events.all(), key=lambda event: event.pk)]
    return Step(steps[-1]) if steps else None


def _step_act(step: Step) -> Act:
    def do(team: ActionTeam, data: dict[str, Any], by: User) -> Done:
        event = teams.take_step(team=team, step=step.value, by=by, **data)
        return Done(_("%(team)s: %(step)s.") % {"team": event.team, "step": event.get_step_display()})

    class Form(StepForm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            decision, decision_es = self.fields["decision"], self.fields["decision_es"]
            if step in ASKED:
                decision.label = ASKED[step]
                decision_es.label = _("The same in Spanish")
            decision.help_text = decision_es.help_text = (
                _("Public, in one sentence.") if step in PUBLIC_STEPS
                else _("In one sentence. Public once the team is approved.")
            )  # fmt: skip

    words, note = STEPS[step]
    return Act(
        name=step.value,
        words=words,
        note=note,
        permission="coalition.add_teamevent" if step is Step.PROPOSED else "coalition.decide_actionteam",
        form=Form,
        do=do,
        offered=lambda team: step in following(last_step(team)),
    )


#: To propose a team comes first: that it is at work already is the rare case, and public at once.
STEP_ACTS = tuple(_step_act(step) for step in sorted(Step, key=lambda step: step is Step.REPORTED))


def _take_back_step(team: ActionTeam, data: dict[str, Any], by: User) -> Done:
    teams.take_back_step(team=team, by=by)
    return Done(_("The last step of %(team)s is taken back.") % {"team": team})


def _mistaken(team: ActionTeam) -> bool:
    last = team.events.filter(followed_by__isnull=True).first()
    return last is not None and teams.may_take_back(last)


TAKE_BACK_STEP = Act(
    name="take-back-step",
    words=gettext_lazy("Recorded by mistake"),
    note=gettext_lazy(
        "The last step goes, as if it had never been recorded; no edition has told of it. That it was there stays in "
        "the staff’s own history."
    ),
    permission="coalition.decide_actionteam",
    do=_take_back_step,
    offered=_mistaken,
    grave=True,
)

# --- Its members ------------------------------------------------------------------------------------------------------


class JoinForm(ActForm):
    organization = forms.ModelChoiceField(Organization.objects.standing(), label=gettext_lazy("Organization"))
    since = field_of(TeamMembership, "since")
    since_text = field_of(TeamMembership, "since_text")
    is_lead = field_of(
        TeamMembership,
        "is_lead",
        help_text=gettext_lazy("Public. A new lead takes over on its first day; the one before stays a member."),
    )


class LeaveForm(ActForm):
    until = field_of(TeamMembership, "until", required=True)


def _join(team: ActionTeam, data: dict[str, Any], by: User) -> Done:
    joined = joining.join(team=team, by=by, **data)
    return Done(_("%(organization)s is in the team.") % {"organization": joined.organization})


def _leave(membership: TeamMembership, data: dict[str, Any], by: User) -> Done:
    left = joining.leave(membership=membership, by=by, **data)
    words = _("The last day of %(organization)s in the team is %(day)s.")
    return Done(words % {"organization": left.organization, "day": day(left.until)})


JOIN = Act(
    name="join",
    words=gettext_lazy("An organization joins"),
    note=NEXT_EDITION,
    permission="coalition.add_teammembership",
    form=JoinForm,
    do=_join,
)
LEAVE = Act(
    name="leave",
    words=gettext_lazy("Leaves"),
    note=gettext_lazy("That it was in the team stays on its page, with both days."),
    permission="coalition.change_teammembership",
    form=LeaveForm,
    do=_leave,
    parts=lambda team: team.memberships.select_related("organization"),
    offered=lambda membership: membership.until is None or membership.until >= timezone.localdate(),
)

# --- Strategies and plans ---------------------------------------------------------------------------------------------


class LogForm(ActForm):
    progress = field_of(StrategyEvent, "progress")
    on = field_of(StrategyEvent, "happened_on")
    note = field_of(StrategyEvent, "note")
    note_es = field_of(StrategyEvent, "note_es")


def _log(strategy: Strategy, data: dict[str, Any], by: User) -> Done:
    line = teams.log(strategy=strategy, by=by, **data)
    words = _("“%(strategy)s” is %(progress)s since %(day)s.")
    said = {"strategy": strategy, "progress": line.get_progress_display(), "day": day(line.happened_on)}
    return Done(words % said, about=(strategy,))


LOG = Act(
    name="log",
    words=gettext_lazy("Write down where it stands"),
    note=NEXT_EDITION,
    permission="coalition.add_strategyevent",
    form=LogForm,
    do=_log,
    initial=lambda _strategy: {"on": timezone.localdate()},
)


class AdoptForm(ActForm):
    on = field_of(Plan, "adopted_on", required=True)


def _adopt(plan: Plan, data: dict[str, Any], by: User) -> Done:
    adopted = teams.adopt(plan=plan, by=by, **data)
    return Done(_("“%(plan)s” is adopted.") % {"plan": adopted})


ADOPT = Act(
    name="adopt",
    words=gettext_lazy("The plan was adopted"),
    note=gettext_lazy("Until it is adopted a plan is not public; after that it is, with the next edition."),
    permission="coalition.decide_actionteam",
    form=AdoptForm,
    do=_adopt,
    offered=lambda plan: plan.adopted_on is None,
)
