"""The ledger in the words of the back office, and who may read what is not public yet."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coalition.models import Assessment
from coalition.rules.ledger import Stage, State

#: Where an assessment is on its way, in a word or two.
STAGES = {
    Stage.DRAFT: _("draft"),
    Stage.WITH_ORGANIZATION: _("with the organization"),
    Stage.READY: _("ready to release"),
    Stage.PUBLIC: _("released"),
}

#: What each state means, in the words that the public reads.
MEANINGS = {
    State.NO_EVIDENCE: _("Nothing was found either way. It does not say that nothing was done."),
    State.NOT_STARTED: _("Work on it had not begun."),
    State.LIMITED: _("A part of it was done."),
    State.SUBSTANTIAL: _("Most of it was done."),
    State.COMPLETE: _("All of what was promised was done in the year."),
}


def promise(word: Assessment) -> str:
    """Whose promise, which one, of which year: for a list to choose from."""
    return f"{word.organization}, {word.commitment.number} {word.commitment.short}, {word.year}"


def visible(request: HttpRequest, assessments: Any) -> Any:
    """What this person may read: those who write drafts everything that is said now, others what was released."""
    return assessments.current() if sees_drafts(request) else assessments.public()


def sees_drafts(request: HttpRequest) -> bool:
    return request.user.has_perm("coalition.add_assessment")


def dollars(amount: Decimal | None) -> str:
    """An amount, or nothing where nobody has said."""
    if amount is None:
        return ""
    return f"${amount:,.0f}" if amount == amount.to_integral_value() else f"${amount:,.2f}"
