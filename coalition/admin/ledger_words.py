"""The ledger in the words of the back office, and who may read what is not public yet."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coalition.rules.ledger import Stage

#: Where an assessment is on its way, in a word or two.
STAGES = {
    Stage.DRAFT: _("draft"),
    Stage.WITH_ORGANIZATION: _("with the organization"),
    Stage.READY: _("ready to release"),
    Stage.PUBLIC: _("released"),
}


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
