"""Stories: writing, publishing and taking back, and the one way in which pages and feeds read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from coalition.roster import Words

from .models import Story


class StoryError(Exception):
    """Why it cannot be done: one sentence for who asked."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by its content; the address leads to it for as long as the story is public."""

    sha256: str
    width: int
    height: int
    alt: Words
    credit: str


@dataclass(frozen=True, slots=True)
class Told:
    """A story as readers have it. `goals` and `teams` are short names."""

    slug: str
    title: Words
    lead: Words
    text: Words
    picture: Picture | None
    goals: tuple[str, ...]
    teams: tuple[str, ...]
    published_at: datetime
    changes: tuple[tuple[datetime, Words], ...]


@transaction.atomic
def publish(*, story: Story, by: User) -> None:
    """Shows a draft to everybody. Raises StoryError when it is no draft, or its picture has no words."""
    held = Story.objects.select_for_update().get(pk=story.pk)
    if held.state != Story.State.DRAFT:
        raise StoryError(_("This story was published before."))
    if held.picture_sha256 and not held.alt:
        raise StoryError(_("Say what the picture shows; readers who do not see it need the words."))
    held.state, held.published_by, held.published_at = Story.State.PUBLIC, by, timezone.now()
    held.save(update_fields=["state", "published_by", "published_at"])


@transaction.atomic
def withdraw(*, story: Story, by: User, reason: str) -> None:
    """Takes a public story back; its address says why. Raises StoryError without a reason or where it is not public."""
    held = Story.objects.select_for_update().get(pk=story.pk)
    if held.state != Story.State.PUBLIC:
        raise StoryError(_("This story is not public."))
    if not reason.strip():
        raise StoryError(_("Say why it is taken back; everybody who follows a link to it reads the reason."))
    held.state, held.withdrawn_at, held.withdrawn_reason = Story.State.WITHDRAWN, timezone.now(), reason.strip()
    held.save(update_fields=["state", "withdrawn_at", "withdrawn_reason"])


def public(until: datetime | None = None) -> tuple[Told, ...]:
    """Every public story, the newest first; those published before `until`. Four queries at most."""
    return tuple(_told(story) for story in _rows(until))


def of_goal(slug: str, until: datetime | None = None) -> tuple[Told, ...]:
    """The stories tied to a goal. One query where there is none."""
    return tuple(_told(story) for story in _rows(until).filter(goals__slug=slug))


def of_team(slug: str, until: datetime | None = None) -> tuple[Told, ...]:
    """The stories tied to an action team. One query where there is none."""
    return tuple(_told(story) for story in _rows(until).filter(teams__slug=slug))


def story(slug: str) -> Told | None:
    """A public story; None where there is none of that name, or none for the public."""
    found = _rows().filter(slug=slug).first()
    return _told(found) if found else None


def draft(pk: int) -> Told | None:
    """A story in any state, for staff who look at it before everybody does."""
    found = Story.objects.prefetch_related("goals", "teams", "changes").filter(pk=pk).first()
    return _told(found) if found else None


def taken_back(slug: str) -> str:
    """Why a story is not there any more; empty where it never was."""
    gone = Story.objects.filter(slug=slug, state=Story.State.WITHDRAWN)
    return gone.values_list("withdrawn_reason", flat=True).first() or ""


def picture(slug: str, sha256: str) -> bytes | None:
    """The picture of a public story, by its content."""
    found = Story.objects.filter(slug=slug, picture_sha256=sha256, state=Story.State.PUBLIC)
    data = found.values_list("picture", flat=True).first()
    return bytes(data) if data else None


def _rows(until: datetime | None = None) -> QuerySet[Story]:
    rows = Story.objects.filter(state=Story.State.PUBLIC).defer("picture")
    rows = rows.filter(published_at__lt=until) if until else rows
    return rows.prefetch_related("goals", "teams", "changes")


def _told(row: Story) -> Told:
    size = (row.picture_width, row.picture_height)
    shown = Picture(row.picture_sha256, *size, Words(row.alt, row.alt_es), row.credit) if row.picture_sha256 else None
    return Told(
        row.slug,
        Words(row.title, row.title_es),
        Words(row.lead, row.lead_es),
        Words(row.text, row.text_es),
        shown,
        _slugs(row.goals.all()),
        _slugs(row.teams.all()),
        row.published_at or row.written_at,
        tuple((one.changed_at, Words(one.note, one.note_es)) for one in row.changes.all()),
    )


def _slugs(rows: Iterable[object]) -> tuple[str, ...]:
    return tuple(str(getattr(row, "slug", "")) for row in rows)
