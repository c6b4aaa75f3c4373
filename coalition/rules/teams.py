"""The life of an action team, and of a strategy."""

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


class Progress(StrEnum):
    """Where a strategy stands."""

    PLANNED = "planned"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    DROPPED = "dropped"
