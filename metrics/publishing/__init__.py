"""What becomes public: the only writer of published cells.

A release is prepared by one person and approved by another; its figures stand still from the moment it is handed in,
and become public in one act, at once or at a stated minute. Every figure passes `withholding`; there the board's own
disclosure rule is applied to what no state agency published.
"""

from .checklist import Finding, Level, findings
from .endings import first_release, publish_due, withdraw
from .freezing import content_sha256, freeze
from .gathering import Difference, difference
from .problems import NotAllowed, NothingToPublish, PublishingError
from .steps import PREPARE, STEPS, has_hand_in, in_one_act, may
from .verbs import (
    SUMMARY_LENGTH,
    amend,
    approve,
    describe,
    prepare,
    publish,
    regather,
    schedule,
    submit,
    unschedule,
)

__all__ = [
    "PREPARE",
    "STEPS",
    "SUMMARY_LENGTH",
    "Difference",
    "Finding",
    "Level",
    "NotAllowed",
    "NothingToPublish",
    "PublishingError",
    "amend",
    "approve",
    "content_sha256",
    "describe",
    "difference",
    "findings",
    "first_release",
    "freeze",
    "has_hand_in",
    "in_one_act",
    "may",
    "prepare",
    "publish",
    "publish_due",
    "regather",
    "schedule",
    "submit",
    "unschedule",
    "withdraw",
]
