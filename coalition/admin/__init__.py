"""The coalition's part of the back office."""

from . import (
    compact,
    contacts,
    editions,
    giving,
    interest,
    ledger,
    meetings,
    organizations,
    programs,
    strategies,
    teams,
)

__all__ = [
    "compact",
    "contacts",
    "editions",
    "giving",
    "interest",
    "ledger",
    "meetings",
    "organizations",
    "programs",
    "strategies",
    "teams",
]
