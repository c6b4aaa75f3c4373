"""What the pages of a release show, each as the context of its template."""

from typing import Any

from django.contrib.auth.models import User
from django.http import QueryDict
from django.urls import reverse

from metrics import publishing
from metrics.models import Observation, Release
from metrics.published import proposed_outlook

from . import words
from .changes import listed
from .checks import checked
from .forms import PrepareForm
from .steps import button, buttons, steps
from .taking import latest

#: The release on its way as the public would see it, page by page. The dashboard shows it.
PREVIEW = "/preview/"
#: What the steps of a release name.
TAKEN_BY = ("prepared_by", "submitted_by", "approved_by", "scheduled_by", "published_by", "withdrawn_by", "amends")

State = Release.State


def may_prepare(by: User) -> bool:
    return by.has_perm(publishing.PREPARE)


def works_on(by: User) -> bool:
    """Whether releases are this person's work: whoever is not may look at one from its review on."""
    return any(by.has_perm(one) for one in publishing.STEPS["amend"].permissions)


def empty_desk(by: User, form: PrepareForm) -> dict[str, Any]:
    """No release is on its way: one can be prepared. Two queries."""
    newest = Release.objects.published().first()
    recorded = Observation.objects.filter(recorded_at__gt=newest.published_at) if newest else Observation.objects.all()
    return {"form": form, "newest": newest, "recorded": recorded.count(), "may_prepare": may_prepare(by)}


def desk(by: User, release: Release, asked: QueryDict) -> dict[str, Any]:
    """The release on its way. How many queries it takes does not depend on how much it changes."""
    is_draft = release.state == State.DRAFT
    shown = {"release": release, "steps": steps(release), "works_on_it": works_on(by), "is_draft": is_draft}
    if is_draft and not works_on(by):
        return shown
    difference, outlook = publishing.difference(release), proposed_outlook()
    checks = checked(release) if works_on(by) else None
    is_ready = bool(difference) and not (checks and checks.errors)
    return shown | {
        "is_shown": True,
        "standing": words.standing(release),
        "whose_turn": words.whose_turn(by, release),
        "says_so": words.says_so(by, release),
        "difference": difference,
        "goals": outlook,
        "differs": any(one.differs for one in outlook),
        "listed": listed(release, difference, asked),
        "checks": checks,
        "is_settled_here": release.state in (State.DRAFT, State.IN_REVIEW),
        "buttons": buttons(by, release, is_ready=is_ready),
        "describe": button("describe", release) if publishing.may(by, "describe", release) else None,
        "regather": button("regather", release) if publishing.may(by, "regather", release) else None,
        "is_behind": Observation.objects.filter(recorded_at__gt=release.gathered_at).exists(),
        "seen": latest(release),
        "last": release.acts.select_related("by").order_by("-pk").first(),
        "preview": PREVIEW if not is_draft and by.has_perm("metrics.preview_release") else "",
    }


def record(by: User, release: Release) -> dict[str, Any]:
    """The page of a release that is public, or was taken back."""
    is_public = release.state == State.PUBLISHED
    acts = release.acts.select_related("by") if by.has_perm("metrics.view_releaseact") else ()
    return {
        "release": release,
        "steps": steps(release),
        "is_public": is_public,
        "acts": [(act, words.DONE.get(act.verb, act.verb)) for act in acts],
        "corrected_by": release.amended_by.exclude(number=None).order_by("number"),
        "withdraw": button("withdraw", release) if publishing.may(by, "withdraw", release) else None,
        "correct": is_public and may_prepare(by) and not Release.objects.open().exists(),
    }


def question(verb: str, release: Release, form: Any) -> dict[str, Any]:
    """The page on which a verb asks for what it needs."""
    return {"release": release, "button": button(verb, release), "meaning": words.meaning(verb, release), "form": form,
            "back": address(release)}  # fmt: skip


def address(release: Release) -> str:
    """Where a release is looked at: on its way at the desk, afterwards on its own page."""
    if release.state in Release.OPEN:
        return reverse("admin:metrics_release_next")
    return reverse("admin:metrics_release_change", args=[release.pk])
