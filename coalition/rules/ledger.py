"""What is said of a promise: five words, and the way an assessment goes before anybody else sees it."""

from enum import StrEnum


class State(StrEnum):
    """The Open Government Partnership's five words for how far a commitment has come, in their order."""

    NO_EVIDENCE = "no_evidence"
    NOT_STARTED = "not_started"
    LIMITED = "limited"
    SUBSTANTIAL = "substantial"
    COMPLETE = "complete"


#: States that coverage counts as done: “4 of 7 named a contact”.
KEPT = frozenset({State.SUBSTANTIAL, State.COMPLETE})


class Evidence(StrEnum):
    """What an assessment of a commitment rests on."""

    JUDGEMENT = "judgement"  # somebody reads the evidence and says so
    CONTACT = "contact"  # follows from whether a contact is named
    DATA = "data"  # follows from whether data was shared for the year
    MEETINGS = "meetings"  # follows from the meetings attended in the year


class Stage(StrEnum):
    """Where an assessment is on its way to the public."""

    DRAFT = "draft"  # the organization has not seen it
    WITH_ORGANIZATION = "with_organization"  # it may reply until the last day
    READY = "ready"  # it replied, or the last day is over
    PUBLIC = "public"
