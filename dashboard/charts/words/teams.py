"""The action teams in words: where a team stands, what its strategies have come to, and what is not on record."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from coalition.rules.teams import Progress, Step
from metrics.calc.verdicts import Standing, Verdict

from .badges import Badge
from .headline import MET, UNDER_WAY
from .numbers import count, first_letter_up, number_word


def goal_name(slug: str) -> str:
    """The three goals by the last part of their address; any other by that itself."""
    names = {
        "graduation": _("High school graduation"),
        "enrollment": _("Post-secondary enrollment"),
        "completion": _("Post-secondary completion"),
    }
    return names.get(slug) or first_letter_up(slug.replace("-", " "))


def team_number(number: int | None) -> str:
    return _("Action Team") if number is None else _("Action Team {number}").format(number=number)


def step_words(step: Step) -> str:
    return {
        Step.REPORTED: _("Reported as at work"),
        Step.PROPOSED: _("Proposed"),
        Step.HEARD: _("Heard by the Steering Committee"),
        Step.APPROVED: _("Approved"),
        Step.DECLINED: _("Declined"),
        Step.ACTIVE: _("Active"),
        Step.COMPLETED: _("Completed"),
        Step.ENDED: _("Ended"),
    }[step]


def unmeasured_badge() -> Badge:
    return Badge("bar", _("No baseline or target on record"), "void")


def unmeasured(step: Step | None) -> str:
    """What can be said of a team without a metric: that a document names it, or what was decided, and no more."""
    return {
        Step.REPORTED: _(
            "A document names this team as at work. None on record says what it set out from or what it aims at."
        ),
        Step.COMPLETED: _("Its work is completed. What it set out from and what it aimed at are not on record."),
        Step.ENDED: _("Its work has ended. What it set out from and what it aimed at are not on record."),
    }.get(step or Step.ACTIVE) or _("What it sets out from and what it aims at are not on record.")


def unpublished_badge() -> Badge:
    return Badge("clock", _("No figure published yet"), "void")


def unpublished() -> str:
    """The team has a metric that the published figures do not know."""
    return _("The team has a baseline and a target. The figure it is measured by has not been published here yet.")


def bar_title(name: str, badge: Badge) -> str:
    return f"{name}: {badge.word}"


def unmeasured_description() -> str:
    return _("An empty bar, hatched from end to end: neither a baseline nor a target is known.")


def set_out(start: str, target: str, year: str, reading: str) -> str:
    """Under a team's name; `reading`: 17.0% for the class of 2025, or empty while nothing is reported."""
    text = _("The team set out from {start} to reach {target} by {year}.").format(start=start, target=target, year=year)
    return f"{reading}. {text}" if reading else text


def counting_teams(total: int, standings: Sequence[Standing], unmeasured: int) -> str:
    """Over the list of teams: how many there are, how those with figures stand, how many have none."""
    if not total:
        return _("No action team is on record yet.")
    verdicts = [standing.verdict for standing in standings]
    met, missed = sum(verdict in MET for verdict in verdicts), verdicts.count(Verdict.MISSED)
    due, on_path = verdicts.count(Verdict.DUE), verdicts.count(Verdict.ON_TRACK)
    off_path = sum(verdict in UNDER_WAY for verdict in verdicts) - on_path
    rest = total - unmeasured - met - missed - due - on_path - off_path
    said = [
        (total, ngettext("One action team is on record.", "{number} action teams are on record.", total)),
        (met, ngettext("One has met its target.", "{number} have met their targets.", met)),
        (missed, ngettext("One missed its target.", "{number} missed their targets.", missed)),
        (
            due,
            ngettext(
                "One has no result for its target year yet.",
                "{number} have no results for their target years yet.",
                due,
            ),
        ),
        (on_path, npgettext("team", "One is on the path.", "{number} are on the path.", on_path)),
        (off_path, npgettext("team", "One is not on the path.", "{number} are not on the path.", off_path)),
        (
            rest,
            npgettext("team", "About one, nothing can be said yet.", "About {number}, nothing can be said yet.", rest),
        ),
    ]
    sentences = [first_letter_up(text.format(number=number_word(n))) for n, text in said if n]
    return " ".join((*sentences, *_without(unmeasured, total)))


def _without(number: int, total: int) -> Sequence[str]:
    """The teams of which nothing can be measured."""
    if not number:
        return ()
    if number == total > 1:
        return (_("None has a baseline and a target on record, so no distance can be shown."),)
    if number == total:
        return (_("Its baseline and its target are not on record, so no distance can be shown."),)
    text = ngettext(
        "One has no baseline and target on record.", "{number} have no baseline and target on record.", number
    )
    return (first_letter_up(text.format(number=number_word(number))),)


def size_words(members: int, strategies: int) -> str:
    """8 members, 3 strategies. What a team has none of is left out."""
    said = (
        (members, ngettext("{number} member", "{number} members", members)),
        (strategies, ngettext("{number} strategy", "{number} strategies", strategies)),
    )
    return ", ".join(text.format(number=count(number)) for number, text in said if number)


def organizations_words(number: int) -> str:
    """Under the number of members."""
    return ngettext("organization belongs to the team", "organizations belong to the team", number)


def progress_words(progress: Progress | None) -> str:
    """Where a strategy stands; None: its log is empty."""
    if progress is None:
        return _("No status on record")
    return {
        Progress.PLANNED: _("Planned"),
        Progress.RUNNING: _("Running"),
        Progress.PAUSED: _("Paused"),
        Progress.DONE: _("Done"),
        Progress.DROPPED: _("Dropped"),
    }[progress]


def strategies_heading(total: int, done: int) -> str:
    """The finding over the strategies."""
    if not done:
        text = ngettext("One strategy in action", "{number} strategies in action", total)
        return first_letter_up(text.format(number=number_word(total)))
    text = _("{done} of {total} strategies done")
    if done == total:
        text = ngettext("The one strategy is done", "All {total} strategies are done", total)
    return first_letter_up(text.format(done=number_word(done), total=number_word(total)))


def plan_words(strategies: int, teams: int, standing: Sequence[tuple[Progress | None, int]]) -> str:
    """12 strategies of 4 teams: 4 planned, 5 running, 3 done."""
    text = ngettext("{strategies} strategy of {teams}", "{strategies} strategies of {teams}", strategies)
    whose = ngettext("{number} team", "{number} teams", teams).format(number=count(teams))
    parts = ", ".join(_counted(progress, number) for progress, number in standing if number)
    return f"{text.format(strategies=count(strategies), teams=whose)}: {parts}."


def _counted(progress: Progress | None, number: int) -> str:
    """3 done"""
    text = {
        Progress.RUNNING: ngettext("{number} running", "{number} running", number),
        Progress.PLANNED: ngettext("{number} planned", "{number} planned", number),
        Progress.PAUSED: ngettext("{number} paused", "{number} paused", number),
        Progress.DONE: ngettext("{number} done", "{number} done", number),
        Progress.DROPPED: ngettext("{number} dropped", "{number} dropped", number),
        None: ngettext("{number} without a status on record", "{number} without a status on record", number),
    }[progress]
    return text.format(number=count(number))


def milestone_words(due: str, done: str, *, is_over: bool) -> str:
    """Reached on May 3, 2027 · Due on May 3, 2027 · Was due on May 3, 2027; not reported as reached.

    `due` and `done` are days as the page prints them; `is_over`: the day it was due lies behind the page.
    """
    if done:
        return _("Reached on {day}.").format(day=done)
    if is_over:
        return _("Was due on {day}; not reported as reached.").format(day=due)
    return _("Due on {day}.").format(day=due)


def no_baseline() -> str:
    return _("The figure the team set out from is not on record.")


def no_target() -> str:
    return _("What it means to reach, and by when, is not on record.")


def no_members() -> str:
    return _("Which organizations belong to the team is not on record.")


def unrecorded_steps() -> str:
    """Of a team that a document names as at work: the steps that must have come before."""
    return _("Proposed, heard, approved")


def unrecorded_words() -> str:
    return _("Not on record: when the team was proposed, when the Steering Committee heard it, what was decided.")


def aim_words(target: str, year: str) -> str:
    """12% for the class of 2028"""
    return _("{target} for {year}").format(target=target, year=year)


def missing_words(what: str) -> tuple[str, str]:
    """What is not on record: its name, and what it would say."""
    return {
        "metric": (_("Baseline"), _("The one figure the team set out from, with its year.")),
        "target": (_("Target"), _("The one value of that figure it means to reach, with its year.")),
        "members": (_("Members"), _("Which organizations belong to the team, since when, and which of them leads it.")),
        "source": (_("Source"), _("Which document states the baseline and the target.")),
        "strategies": (_("Strategies"), _("What the team does, by when, and how far that has come.")),
        "decisions": (_("Decisions"), _("When the Steering Committee heard the proposal, and what it decided.")),
        "contributions": (_("Contributions"), _("What members bring to the team, in money and in kind.")),
        "goal": (_("Goal"), _("Which of the coalition’s goals the team works toward.")),
    }[what]
