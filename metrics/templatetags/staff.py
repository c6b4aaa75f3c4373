"""What the staff area's first page shows: the work that waits."""

from dataclasses import dataclass

from django import template
from django.contrib.auth.models import AnonymousUser, User
from django.template import RequestContext
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics.calc.rates import published
from metrics.intake.changes import Change
from metrics.intake.layouts import PROVIDER
from metrics.models import Batch, Observation, Release

register = template.Library()


@dataclass(frozen=True, slots=True)
class Work:
    """One thing to do, in words, and where."""

    words: str
    url: str


@register.simple_tag(takes_context=True)
def to_do(context: RequestContext) -> list[Work]:
    """The work that waits for this person, most urgent first. Three queries at most."""
    user: User | AnonymousUser = context["request"].user
    work = []
    # A provider's figures are reviewed with its upload, which has a line of its own.
    files = Batch.objects.filter(state=Batch.State.WAITING).exclude(source_file__layout=PROVIDER.name)
    waiting = files.count() if user.has_perm("metrics.accept_batch") else 0
    if waiting:
        words = ngettext("%(n)d file waits for review", "%(n)d files wait for review", waiting) % {"n": waiting}
        work.append(Work(words, reverse("admin:metrics_batch_changelist") + "?state__exact=waiting"))
    if user.has_perm("metrics.publish_release"):
        latest = Release.objects.published().values_list("published_at", flat=True).first()
        recorded = Observation.objects.filter(recorded_at__gt=latest) if latest else Observation.objects.all()
        count = recorded.count()
        if count:
            words = ngettext(
                "%(n)d figure was recorded since the last release and is not public yet",
                "%(n)d figures were recorded since the last release and are not public yet",
                count,
            ) % {"n": count}
            work.append(Work(words, reverse("admin:metrics_release_next")))
    if user.has_perm("metrics.add_batch"):
        work.append(Work(_("Import a file of figures"), reverse("admin:metrics_observation_import")))
    return work


@register.filter
def difference(change: Change) -> str:
    """How far a figure would move, with its sign; nothing where one of the two has no value."""
    if change.difference is None:
        return ""
    return f"{published(change.difference, change.row.indicator.decimals):+}".replace("-", "−")
