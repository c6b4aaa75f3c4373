"""A story: its words, its picture, what it is about, and what was changed since everybody could read it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from coalition.roster import Edition, Words
from dashboard.mounts import address
from dashboard.pages.coalition.parts import Text, told, worded
from dashboard.stories import Picture, Told
from metrics.published import Vantage

_BETWEEN = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture with the address it is read from."""

    url: str
    width: int
    height: int
    alt: Text
    credit: str


@dataclass(frozen=True, slots=True)
class Teaser:
    """A story in a list."""

    title: Text
    lead: Text
    url: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class StoryPage:
    """`about`: the goals and teams it is tied to, by name, each with its page."""

    title: Text
    lead: Text
    paragraphs: tuple[str, ...]
    lang: str
    picture: Shown | None
    about: tuple[tuple[Text, str], ...]
    published_at: datetime
    changes: tuple[tuple[datetime, Text], ...]
    card: str
    url: str


def story_page(story: Told, picture: str = "", names: Mapping[str, tuple[Text, str]] | None = None) -> StoryPage:
    """The page of a story. `picture` is the address of its picture, where it is not the public one."""
    text = told(story.text)
    shown = _shown(story, story.picture, picture) if story.picture else None
    return StoryPage(
        title=told(story.title),
        lead=told(story.lead),
        paragraphs=tuple(part.strip() for part in _BETWEEN.split(text.text.replace("\r\n", "\n")) if part.strip()),
        lang=text.lang,
        picture=shown,
        about=tuple(found for one in (*story.goals, *story.teams) if names and (found := names.get(one))),
        published_at=story.published_at,
        changes=tuple((at, told(note)) for at, note in story.changes),
        card=f"{settings.SITE_URL}{shown.url}" if shown else "",
        url=address("history:story", story.slug),
    )


def teasers(stories: Iterable[Told]) -> tuple[Teaser, ...]:
    """Stories as they stand in lists, in the order in which they come."""
    return tuple(
        Teaser(told(one.title), told(one.lead), address("history:story", one.slug), one.published_at) for one in stories
    )


def names(at: Vantage | None, edition: Edition) -> dict[str, tuple[Text, str]]:
    """What a story can be about: goals and teams that are public, by their short names."""
    goals = at.definitions.goals if at else ()
    found = {one.slug: (worded(one.name), reverse("dashboard:goal", args=[one.slug])) for one in goals}
    teams = edition.coalition.teams if edition.coalition else ()
    return found | {
        one.slug: (told(Words(one.name, one.name_es)), reverse("coalition:team", args=[one.slug])) for one in teams
    }


def _shown(story: Told, picture: Picture, url: str) -> Shown:
    public = reverse("history:story_picture", args=[story.slug, picture.sha256])
    return Shown(url or public, picture.width, picture.height, told(picture.alt), picture.credit)
