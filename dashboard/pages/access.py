"""The accessibility statement."""

from dataclasses import dataclass

from django.conf import settings

from dashboard.charts.words import access as said


@dataclass(frozen=True, slots=True)
class AccessibilityPage:
    lead: str
    standard: tuple[str, ...]
    checks: tuple[tuple[str, str], ...]
    faults: tuple[tuple[str, str], ...]
    contact: str
    mail: str


def accessibility() -> AccessibilityPage:
    return AccessibilityPage(
        said.lead(), said.standard(), said.checks(), said.faults(), said.contact(), str(settings.CONTACT_EMAIL)
    )
