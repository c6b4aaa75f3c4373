"""What the staff area's first page shows: the work that waits."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import template
from django.contrib.auth.models import AnonymousUser, User
from django.template import RequestContext
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics import publishing
from metrics.admin.release_desk.words import FALL_BACK, in_minutes
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
    """The work that waits for this person, most urgent first. Eight queries at most."""
    user: User | AnonymousUser = context["request"].user
    return [*_release(user), *_files(user)] if isinstance(user, User) else []


def _files(user: User) -> Iterator[Work]:
    # A provider's figures are reviewed with its upload, which has a line of its own.
    files = Batch.objects.filter(state=Batch.State.WAITING).exclude(source_file__layout=PROVIDER.name)
    waiting = files.count() if user.has_perm("metrics.accept_batch") else 0
    if waiting:
        words = ngettext("%(n)d file waits for review", "%(n)d files wait for review", waiting) % {"n": waiting}
        yield Work(words, reverse("admin:metrics_batch_changelist") + "?state__exact=waiting")
    if user.has_perm("metrics.add_batch"):
        yield Work(_("Import a file of figures"), reverse("admin:metrics_observation_import"))


def _release(user: User) -> Iterator[Work]:
    """What the release on its way asks of this person; when there is none, whether one is due."""
    desk = reverse("admin:metrics_release_next")
    release = Release.objects.open().first()
    if release is None:
        count = _recorded() if user.has_perm(publishing.PREPARE) else 0
        if count:
            words = ngettext(
                "%(n)d figure was recorded since the last release and is not public yet",
                "%(n)d figures were recorded since the last release and are not public yet",
                count,
            )
            yield Work(words % {"n": count}, desk)
    elif sentence := _asks(user, release):
        yield Work(sentence, desk)


def _recorded() -> int:
    latest = Release.objects.published().values_list("published_at", flat=True).first()
    recorded = Observation.objects.filter(recorded_at__gt=latest) if latest else Observation.objects.all()
    return recorded.count()


def _asks(user: User, release: Release) -> str:
    """A sentence for those who can do something about the release, or may look at it before the public."""
    if publishing.may(user, "approve", release):
        return _("A release waits for your approval")
    if publishing.may(user, "submit", release):
        return _("The next release is a draft: look at it and hand it in for review")
    if release.publish_at is not None and user.has_perm("metrics.preview_release"):
        return _("A release is scheduled for %(when)s") % {"when": in_minutes(release.publish_at)}
    if publishing.may(user, "publish", release):
        return _not_published(release) or _("A release is approved and waits to be published")
    if release.state in Release.FROZEN and user.has_perm("metrics.preview_release"):
        return _("The next release can be looked at before it is public")
    return ""


def _not_published(release: Release) -> str:
    last = release.acts.order_by("-pk").first()
    if last is None or last.verb != FALL_BACK:
        return ""
    return _("A release was not published at its time: %(why)s") % {"why": last.comment}


@register.filter
def difference(change: Change) -> str:
    """How far a figure would move, with its sign; nothing where one of the two has no value."""
    if change.difference is None:
        return ""
    return f"{published(change.difference, change.row.indicator.decimals):+}".replace("-", "−")
