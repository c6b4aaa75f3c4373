"""What was published, for programs that follow: one entry a release, and one for what a release corrected."""

import json as encoding
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coalition.roster import Words
from dashboard.charts.words import history as said
from dashboard.mounts import address
from dashboard.pages.coalition.parts import told
from dashboard.pages.history.parts import line
from dashboard.stories import Told
from metrics.published import Corrections, ReleaseEntry

#: Releases that a feed holds; the list of updates has all of them.
RELEASES = 30
#: Version of the JSON Feed specification.
JSON_FEED = "https://jsonfeed.org/version/1.1"


@dataclass(frozen=True, slots=True)
class Item:
    """`url` is a permanent address and so the entry's identity, in every language and for ever."""

    url: str
    title: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    title: str
    description: str
    home: str
    items: tuple[Item, ...]


def numbers(releases: tuple[ReleaseEntry, ...]) -> list[int]:
    return [one.number for one in releases]


def feed(
    releases: tuple[ReleaseEntry, ...], corrections: Mapping[int, Corrections], stories: tuple[Told, ...] = ()
) -> Feed:
    """Releases with what they corrected, and stories, the newest first."""
    items: list[Item] = [_story(one) for one in stories]
    for one in releases:
        if one.number in corrections:
            items.append(_corrections(one, corrections[one.number]))
        items.append(_release(one))
    return Feed(
        _("ALL IN! Coalition, Hartford: updates"),
        _("What was published on the board, and what was corrected."),
        settings.SITE_URL + address("history:updates"),
        tuple(sorted(items, key=lambda item: item.at, reverse=True)),
    )


def atom(feed: Feed) -> str:
    """Atom 1.0, as RFC 4287 has it."""
    made = Atom1Feed(
        title=feed.title,
        link=feed.home,
        description=feed.description,
        subtitle=feed.description,
        language=get_language(),
        feed_url=settings.SITE_URL + address("history:atom"),
        feed_guid=feed.home,
        author_name="Achieve Hartford!",
    )
    for item in feed.items:
        made.add_item(item.title, item.url, item.text, unique_id=item.url, pubdate=item.at, updateddate=item.at)
    return made.writeString("utf-8")


def json(feed: Feed) -> str:
    """JSON Feed 1.1."""
    content = {
        "version": JSON_FEED,
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.home,
        "feed_url": settings.SITE_URL + address("history:json"),
        "language": get_language(),
        "authors": [{"name": "Achieve Hartford!"}],
        "items": [
            {
                "id": item.url,
                "url": item.url,
                "title": item.title,
                "content_text": item.text,
                "date_published": item.at.isoformat(timespec="seconds"),
            }
            for item in feed.items
        ],
    }
    return encoding.dumps(content, ensure_ascii=False, indent=1)


def _story(one: Told) -> Item:
    url = settings.SITE_URL + address("history:story", one.slug)
    return Item(url, told(one.title).text, told(one.lead).text, one.published_at)


def _release(one: ReleaseEntry) -> Item:
    parts = (told(Words(one.summary, one.summary_es)).text, said.relation(one.corrects, one.takes_back))
    return Item(
        settings.SITE_URL + address("dashboard:home", release=one.number),
        said.release(one.number),
        " ".join(part for part in (*parts, said.approved(alone=one.approved_alone)) if part),
        one.published_at,
    )


def _corrections(one: ReleaseEntry, corrections: Corrections) -> Item:
    listed = [line(change) for change in corrections.first]
    told_of = [
        said.correction(f"{one.name.text}, {one.about.text}, {one.year}", one.before, one.since, one.why.text)
        for one in listed
    ]
    more = said.and_more(corrections.count - len(listed))
    return Item(
        settings.SITE_URL + address("record:changes", release=one.number),
        said.corrections_title(one.number, corrections.count),
        "\n".join(part for part in (*told_of, more) if part),
        one.published_at,
    )
