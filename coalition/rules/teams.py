"""The life of an action team, and of a strategy."""

from collections.abc import Collection, Iterable
from decimal import Decimal
from enum import StrEnum


class Step(StrEnum):
    """What happened to a team. Its life is the list of these, each with its day and decision."""

    REPORTED = "reported"  # a document names the team as at work; the decisions before that are not on record
    PROPOSED = "proposed"
    HEARD = "heard"
    APPROVED = "approved"
    DECLINED = "declined"
    ACTIVE = "active"
    COMPLETED = "completed"
    ENDED = "ended"


#: A team is public from the first of these on; a proposal is not, and neither is one that was declined.
PUBLIC_STEPS = frozenset({Step.REPORTED, Step.APPROVED, Step.ACTIVE, Step.COMPLETED, Step.ENDED})

#: What a team's life can begin with.
FIRST = frozenset({Step.PROPOSED, Step.REPORTED})

#: Which steps may follow which. No step is a dead end: what was declined may be proposed anew, and a team that is
#: over may be taken up again, which is also how a step recorded by mistake is put right in public.
NEXT = {
    Step.REPORTED: frozenset({Step.ACTIVE, Step.COMPLETED, Step.ENDED}),
    Step.PROPOSED: frozenset({Step.HEARD, Step.DECLINED}),  # declined unheard: its members took it back
    Step.HEARD: frozenset({Step.APPROVED, Step.DECLINED}),
    Step.APPROVED: frozenset({Step.ACTIVE, Step.ENDED}),
    Step.DECLINED: frozenset({Step.PROPOSED}),
    Step.ACTIVE: frozenset({Step.COMPLETED, Step.ENDED}),
    Step.COMPLETED: frozenset({Step.ACTIVE}),
    Step.ENDED: frozenset({Step.ACTIVE}),
}

#: After these nobody is at work in the team.
OVER = frozenset({Step.DECLINED, Step.COMPLETED, Step.ENDED})


def may_follow(last: Step | None, step: Step) -> bool:
    """Whether `step` may be the next one after `last`; None: the team has no step yet."""
    return step in following(last)


def following(last: Step | None) -> tuple[Step, ...]:
    """The steps that may come next, in the order of a team's life."""
    allowed = FIRST if last is None else NEXT[last]
    return tuple(step for step in Step if step in allowed)


def is_public(steps: Iterable[Step]) -> bool:
    """Whether a team with this life may be known outside the Steering Committee. Once public, it stays so."""
    return not PUBLIC_STEPS.isdisjoint(steps)


def says_why(last: Step | None, step: Step) -> bool:
    """Whether `step` needs a sentence with the decision: something stops early, or is taken up again."""
    return step in {Step.DECLINED, Step.ENDED} or (last in {Step.COMPLETED, Step.ENDED} and step is Step.ACTIVE)


#: Nobody decides these, so a document has to say so.
NEEDS_SOURCE = frozenset({Step.REPORTED})


class Need(StrEnum):
    """What a team has to have before it can be active."""

    PROBLEM = "problem"
    METRIC = "metric"


def lacks(problem: str, metric: Collection[object]) -> tuple[Need, ...]:
    """What a team still lacks before it can be active; nothing: ().

    `metric` are the parts of its metric (what, where, for whom, baseline and target with their years), None where
    one is missing. No parts at all are no metric.
    """
    needs = []
    if not problem.strip():
        needs.append(Need.PROBLEM)
    if not metric or any(part is None for part in metric):
        needs.append(Need.METRIC)
    return tuple(needs)


def improves(baseline: Decimal, target: Decimal, higher_is_better: bool | None) -> bool:
    """Whether the target is better than the baseline; None: neither way is better, so any other value will do."""
    if higher_is_better is None:
        return target != baseline
    return target > baseline if higher_is_better else target < baseline


class Progress(StrEnum):
    """Where a strategy stands."""

    PLANNED = "planned"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    DROPPED = "dropped"


#: A strategy that stands here is over.
FINISHED = frozenset({Progress.DONE, Progress.DROPPED})


def needs_note(last: Progress | None, progress: Progress) -> bool:
    """Whether a line of a strategy's log has to say more than one word.

    Any progress may follow any other. The same one again tells nothing without a note, and neither does a strategy
    that was over and goes on.
    """
    return last is not None and (progress is last or last in FINISHED)
