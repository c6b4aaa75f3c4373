"""A step, taken only when the page on which it was asked for still tells how things are."""

from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from metrics import publishing
from metrics.models import Release
from metrics.publishing import PublishingError


class Changed(PublishingError):
    """Something was done to the release since the page was opened; nothing was done now."""


def latest(release: Release) -> str:
    """The last thing that was done to a release, as a page remembers it.

    Each step leaves an act behind, and so does each gathering of its figures: while the last act is the same, so are
    state, sentences and figures.
    """
    return str(release.acts.order_by("-pk").values_list("pk", flat=True).first() or "")


@publishing.in_one_act
def take(verb: str, release: Release, by: User, *, seen: str, **asked: Any) -> Release:
    """Takes the step that `verb` names. `seen` is what its page remembered; `asked` goes to the verb as it is.

    Raises Changed, and whatever the verb raises.
    """
    locked = Release.objects.select_for_update().get(pk=release.pk)
    if latest(locked) != seen:
        raise Changed(_("Something changed since you opened this page; look at it again."))
    done: Release = getattr(publishing, verb)(release=locked, by=by, **asked)
    return done
