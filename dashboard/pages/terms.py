"""The glossary, each term with the page where it is at work."""

from django.urls import reverse

from dashboard.charts.words import glossary


def terms() -> tuple[tuple[str, str, str], ...]:
    """Term, meaning, and the address of a page (empty: none)."""
    return tuple((term, meaning, reverse(name) if name else "") for term, meaning, name in glossary.terms())
