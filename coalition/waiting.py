"""What waits for somebody on the staff's first page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from coalition.models import Assessment, Interest, Organization, Signature, TeamEvent, Upload

from .promises import contacts, due

#: What waits → where the staff finds it, and the sentence about it.
KINDS: dict[str, tuple[str, Any]] = {
    "replies": (
        "admin:coalition_assessment_changelist",
        ngettext_lazy(
            "{n} assessment is with its organization, which may reply.",
            "{n} assessments are with their organizations, which may reply.",
            "n",
        ),
    ),
    "ready": (
        "admin:coalition_assessment_changelist",
        ngettext_lazy("{n} assessment is ready to be released.", "{n} assessments are ready to be released.", "n"),
    ),
    "drafts": (
        "admin:coalition_assessment_changelist",
        ngettext_lazy(
            "{n} assessment has not been sent to its organization.",
            "{n} assessments have not been sent to their organizations.",
            "n",
        ),
    ),
    "due": (
        "admin:coalition_assessment_changelist",
        ngettext_lazy(
            "Nothing has been said yet of {n} promise for {year}.",
            "Nothing has been said yet of {n} promises for {year}.",
            "n",
        ),
    ),
    "contacts": (
        "admin:coalition_organization_changelist",
        ngettext_lazy(
            "{n} organization that signed has no contact.", "{n} organizations that signed have no contact.", "n"
        ),
    ),
    "uploads": (
        "admin:coalition_upload_changelist",
        ngettext_lazy("{n} upload of a provider waits for review.", "{n} uploads of providers wait for review.", "n"),
    ),
    "returned": (
        "admin:coalition_upload_changelist",
        ngettext_lazy(
            "{n} upload was returned and not sent again.", "{n} uploads were returned and not sent again.", "n"
        ),
    ),
    "proposals": (
        "admin:coalition_actionteam_changelist",
        ngettext_lazy(
            "{n} proposed action team is to be heard by the Steering Committee.",
            "{n} proposed action teams are to be heard by the Steering Committee.",
            "n",
        ),
    ),
    "heard": (
        "admin:coalition_actionteam_changelist",
        ngettext_lazy(
            "{n} action team was heard; what the Steering Committee decided is not recorded yet.",
            "{n} action teams were heard; what the Steering Committee decided is not recorded yet.",
            "n",
        ),
    ),
    "interest": (
        "admin:coalition_interest_changelist",
        ngettext_lazy(
            "{n} message of interest has not been answered.", "{n} messages of interest have not been answered.", "n"
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """So many things of one kind wait. `soonest` is the first last day among them, `days` how far off it is (0: today).

    key     one of KINDS
    query   narrows the staff's list at `url_name` to these things, without the question mark
    year    of promises that are due: the year they are about
    """

    key: str
    count: int
    soonest: date | None = None
    days: int | None = None
    query: str = ""
    year: int | None = None

    @property
    def url_name(self) -> str:
        """The name of the staff's list that holds these things."""
        return KINDS[self.key][0]

    @property
    def sentence(self) -> str:
        what = str(KINDS[self.key][1].format(n=self.count, year=self.year))
        return what if self.days is None else f"{what} {self._left(self.days)}"

    @staticmethod
    def _left(days: int) -> str:
        if not days:
            return _("The next last day is today.")
        left = ngettext("The next last day is tomorrow.", "The next last day is in {days} days.", days)
        return left.format(days=days)


def waiting(*, on: date) -> tuple[Waiting, ...]:
    """What waits for the staff on the day `on`, most urgent first; kinds of which nothing waits are left out.

    Sixteen queries, however large the coalition is.
    """
    return tuple(one for one in _staff(on) if one.count)


def returned_unanswered() -> Any:
    """Uploads that went back to their provider, after which nothing came for that program and year."""
    later = Upload.objects.filter(program=OuterRef("program"), year=OuterRef("year"), pk__gt=OuterRef("pk"))
    return Upload.objects.filter(~Exists(later), state=Upload.State.RETURNED)


def without_contact(on: date) -> Any:
    """Organizations whose signature stands and who have no contact on the day `on`."""
    return Organization.objects.standing().filter(
        Exists(Signature.objects.standing().filter(organization=OuterRef("pk"))),
        ~Exists(contacts(on=on).filter(organization=OuterRef("pk"))),
    )


def _staff(on: date) -> Iterator[Waiting]:
    assessments = Assessment.objects.all()
    last_steps = TeamEvent.objects.filter(followed_by__isnull=True)
    replies = assessments.with_organization(on).aggregate(n=Count("pk"), soonest=Min("reply_until"))
    yield Waiting("replies", replies["n"], replies["soonest"], _days(replies["soonest"], on), "stage=with_organization")
    yield Waiting("ready", assessments.ready(on).count(), query="stage=ready")
    yield Waiting("drafts", assessments.drafts().count(), query="stage=draft")
    yield Waiting("uploads", Upload.objects.filter(state=Upload.State.SENT).count(), query="state__exact=sent")
    yield Waiting("returned", returned_unanswered().count(), query="after=nothing")
    yield Waiting("proposals", last_steps.filter(step=TeamEvent.Step.PROPOSED).count(), query="step=proposed")
    yield Waiting("heard", last_steps.filter(step=TeamEvent.Step.HEARD).count(), query="step=heard")
    yield Waiting("interest", Interest.objects.filter(handled_at__isnull=True).count(), query="handled=no")
    yield Waiting("contacts", without_contact(on).count(), query="contact=none")
    over = on.year - 1  # a year is judged when it is over
    yield Waiting("due", len(due(year=over, today=on)), query=f"year={over}", year=over)


def _days(last_day: date | None, on: date) -> int | None:
    return None if last_day is None else (last_day - on).days
