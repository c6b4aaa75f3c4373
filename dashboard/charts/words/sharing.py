"""What travels with a chart: whose it is, where its figures come from, what a card shows."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .badges import Badge


def board() -> str:
    return _("ALL IN! Coalition, Hartford")


def source_line(sources: Sequence[str], release: int, day: str) -> str:
    """Under a picture that travels alone."""
    named = ngettext("Source: {names}.", "Sources: {names}.", len(sources)).format(names="; ".join(sources))
    published = _("Published by Achieve Hartford! for the ALL IN! Coalition, release {release}, {day}.")
    return (
        f"{named} {published.format(release=release, day=day)}"
        if sources
        else published.format(release=release, day=day)
    )


def under_a_card(publishers: Sequence[str], day: str) -> str:
    return _("Figures: {names}. Published {day}.").format(names="; ".join(publishers), day=day)


def status(badge: Badge, evidence: str) -> str:
    """A verdict and what it rests on, as one line of words."""
    return f"{badge.word}. {evidence}".strip()


def card_alt(name: str, said: str) -> str:
    """What the card shows, for who does not see it."""
    return _("{name}. {said} Drawn as a chart.").format(name=name, said=said)


def frame_title(name: str) -> str:
    """The name of a frame on another site."""
    return _("{name}: progress in Hartford, Connecticut").format(name=name)


def letters(keys: Sequence[tuple[str, str, str]]) -> str:
    """What the letters at the lines stand for, where names have no room at them."""
    return "; ".join(f"{letter} {name}, {value}" if value else f"{letter} {name}" for letter, name, value in keys)
