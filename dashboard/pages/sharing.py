"""What is taken elsewhere: pictures of a chart, the card of a shared link, and the frame on another site."""

from dataclasses import dataclass
from html import escape
from typing import Any

from django.conf import settings
from django.urls import reverse

from dashboard.charts import svg, words
from dashboard.charts.words import explore as explored
from dashboard.charts.words import sharing as said
from dashboard.pictures import Card, Words
from metrics import published
from metrics.calc.cells import Known
from metrics.published import IndicatorReading, ReleaseInfo, SourceInfo

from . import drawings
from .coalition.parts import day_words
from .explore import Asking
from .explore import indicator_page as explore_page
from .explore.lines import files, lines
from .goal import chart, measure
from .parts import Drawing, measured, old_start, subject, withheld_years

#: How wide and high a frame is asked to be: its content fits from 320 px on.
FRAME = (720, 600)
CARD = (1200, 630)


@dataclass(frozen=True, slots=True)
class Share:
    """Addresses of a chart's pictures, the card with its words, and code for a frame (empty where there is none).

    files   the figures of the chart, by the name of each kind of file; empty where the page lists them itself
    """

    title: str
    card: str
    card_path: str
    alt: str
    svg: str
    png: str
    frame: str
    oembed: str
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What a frame on another site shows."""

    name: str
    badge: words.Badge
    evidence: str
    chart: Drawing
    measure: str
    sources: tuple[SourceInfo, ...]
    page: str
    release: ReleaseInfo
    has_withheld: bool


def share_goal(page: published.GoalPage) -> Share:
    slug, about = page.reading.goal.slug, subject(page.reading)
    return Share(
        about.name,
        _outside(reverse("dashboard:goal_card", args=[slug])),
        reverse("dashboard:goal_card", args=[slug]),
        said.card_alt(about.name, _standing(page)),
        reverse("dashboard:goal_svg", args=[slug]),
        reverse("dashboard:goal_png", args=[slug]),
        frame_code(slug, about.name),
        _outside(f"{reverse('data:oembed')}?url={_outside(reverse('dashboard:goal', args=[slug]))}"),
        files({"indicator": page.reading.current.indicator.slug}),
    )


def share_indicator(reading: IndicatorReading, asked: Asking) -> Share:
    """The pictures show what was asked for; the card shows Hartford and Connecticut."""
    slug, query = reading.indicator.slug, asked.query.urlencode()
    asks = f"?{query}" if query else ""
    return Share(
        reading.indicator.name,
        _outside(reverse("dashboard:indicator_card", args=[slug])),
        reverse("dashboard:indicator_card", args=[slug]),
        said.card_alt(reading.indicator.name, _latest(reading)),
        f"{reverse('dashboard:indicator_svg', args=[slug])}{asks}",
        f"{reverse('dashboard:indicator_png', args=[slug])}{asks}",
        "",
        "",
        (),
    )


def goal_picture(page: published.GoalPage) -> svg.Picture:
    about = subject(page.reading)
    source = _source(page.reading.series.sources, page.release)
    return svg.picture(chart(page.reading), title=about.name, sentence=_standing(page), source=source)


def goal_card(page: published.GoalPage) -> Card:
    about, standing = subject(page.reading), page.reading.standing
    badge, evidence = words.badge(standing, about), words.evidence(standing, about)
    chart = drawings.distance(about.slug, standing, about, old_start=old_start(page.reading))
    return Card(
        words=Words(
            board=said.board(),
            name=about.name,
            status=badge.word,
            tone=badge.tone,
            sentence=evidence,
            source=_publishers(page.reading.series.sources, page.release),
        ),
        chart=chart,
    )


def indicator_picture(reading: IndicatorReading, asked: Asking) -> svg.Picture | None:
    """What was asked for, drawn; None where nothing of it has a figure."""
    page = explore_page(reading, asked)
    if page.lines.chart is None:
        return None
    letters = said.letters([(key.letter, key.name, key.value) for key in page.lines.keys])
    return svg.picture(
        page.lines.chart,
        title=page.measure,
        sentence=letters or page.answer,
        source=_source(page.sources, reading.release),
    )


def indicator_card(reading: IndicatorReading, asked: Asking) -> Card:
    page = explore_page(reading, asked)
    badge = page.direction
    return Card(
        words=Words(
            board=said.board(),
            name=page.name,
            status=badge.word,
            tone=badge.tone,
            sentence=_latest(reading),
            source=_publishers((reading.indicator.source,), reading.release),
        ),
        chart=lines(asked, reading, svg.Size.SHEET).chart,
    )


def frame(page: published.GoalPage) -> Frame:
    reading = page.reading
    about, series = subject(reading), reading.series
    return Frame(
        about.name,
        words.badge(reading.standing, about),
        words.evidence(reading.standing, about),
        chart(reading),
        measure(reading),
        series.sources,
        _outside(reverse("dashboard:goal", args=[about.slug])),
        page.release,
        bool(withheld_years(series.cells)),
    )


def frame_code(slug: str, name: str) -> str:
    """The HTML that puts a goal on another site."""
    width, height = FRAME
    url, title = escape(_outside(reverse("dashboard:embed", args=[slug]))), escape(said.frame_title(name))
    return (
        f'<iframe src="{url}" title="{title}" width="{width}" height="{height}" '
        'style="border:0;width:100%" loading="lazy"></iframe>'
    )


def oembed(page: published.GoalPage, width: int | None, height: int | None) -> dict[str, Any]:
    """The answer for a site that turns a pasted link into a frame (oEmbed 1.0, a rich answer)."""
    slug, about = page.reading.goal.slug, subject(page.reading)
    (wide, high), (card_wide, card_high) = FRAME, CARD
    return {
        "version": "1.0",
        "type": "rich",
        "title": about.name,
        "provider_name": said.board(),
        "provider_url": settings.SITE_URL,
        "author_name": "Achieve Hartford!",
        "cache_age": 3600,
        "width": min(wide, width or wide),
        "height": min(high, height or high),
        "html": frame_code(slug, about.name),
        "thumbnail_url": _outside(reverse("dashboard:goal_card", args=[slug])),
        "thumbnail_width": card_wide,
        "thumbnail_height": card_high,
    }


def _standing(page: published.GoalPage) -> str:
    """The verdict and what it rests on, in one line of words."""
    about, standing = subject(page.reading), page.reading.standing
    return said.status(words.badge(standing, about), words.evidence(standing, about))


def _latest(reading: IndicatorReading) -> str:
    about, latest = measured(reading.indicator), reading.hartford.latest
    if latest is None or not isinstance(latest.cell, Known):
        return explored.nothing_known(reading.indicator.name)
    return explored.latest_words(about, latest.year, latest.cell)


def _source(sources: tuple[SourceInfo, ...], release: ReleaseInfo) -> str:
    named = [f"{one.publisher}, {one.title}" for one in sources]
    return said.source_line(named, release.number, day_words(release.published_at))


def _publishers(sources: tuple[SourceInfo, ...], release: ReleaseInfo) -> str:
    return said.under_a_card(tuple(dict.fromkeys(one.publisher for one in sources)), day_words(release.published_at))


def _outside(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
