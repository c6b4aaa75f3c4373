"""What the staff area's first page says of the coalition: the work that waits."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import template
from django.contrib.auth.models import AnonymousUser, User
from django.template import RequestContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from coalition import editions
from coalition.waiting import Waiting, waiting

register = template.Library()

#: Who can do something about what waits, by its key. Nobody is told of work that is not theirs.
WHOSE = {
    "replies": "coalition.add_assessment",
    "ready": "coalition.release_assessment",
    "drafts": "coalition.release_assessment",
    "due": "coalition.add_assessment",
    "contacts": "coalition.add_contact",
    "uploads": "coalition.decide_upload",
    "returned": "coalition.view_upload",
    "proposals": "coalition.view_actionteam",  # the Steering Committee hears them; a publisher writes down what it said
    "heard": "coalition.decide_actionteam",
    "interest": "coalition.change_interest",
}


@dataclass(frozen=True, slots=True)
class Work:
    """One thing to do, in words, and where."""

    words: str
    url: str


@register.simple_tag(takes_context=True)
def coalition_to_do(context: RequestContext) -> list[Work]:
    """What waits for this person, most urgent first, and what of the coalition's pages is not public yet."""
    return list(_work(context["request"].user))


def _address(one: Waiting) -> str:
    if one.key == "due":  # what is not there yet has a page of its own: no list can hold it
        return reverse("admin:coalition_assessment_due")
    return reverse(one.url_name) + (f"?{one.query}" if one.query else "")


def _work(user: User | AnonymousUser) -> Iterator[Work]:
    if any(user.has_perm(permission) for permission in WHOSE.values()):
        for one in waiting(on=timezone.localdate()):
            if user.has_perm(WHOSE[one.key]):
                yield Work(one.sentence, _address(one))
    if user.has_perm("coalition.publish_edition"):
        count = len(editions.compare().lines)
        if count:
            words = ngettext(
                "The coalition’s pages: %(n)d change is not public yet. Look at it and publish.",
                "The coalition’s pages: %(n)d changes are not public yet. Look at them and publish.",
                count,
            )
            yield Work(words % {"n": count}, reverse("admin:coalition_edition_next"))
