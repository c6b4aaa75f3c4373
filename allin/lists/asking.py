"""What the address of a list may ask: what its filters offer, and nothing else."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

#: How the address of a list ends a field's name when one of Django's own filters asks for it.
ASKED = ("", "__exact", "__id__exact", "__isnull", "__isempty")


class OnlyFilters(admin.ModelAdmin):  # type: ignore[type-arg]
    """A list of which an address asks only what a filter asks.

    Django's own answer lets an address ask for any column and any relation of a row, and so tells those who see the
    list alone which rows have a draft, a contact, an upload.

    linked  what pages of ours ask of the list in an address, beside its filters
    """

    linked: tuple[str, ...] = ()

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        allowed = set(self.linked)
        filters: Any = self.list_filter if request is None else self.get_list_filter(request)
        for one in filters:
            if isinstance(one, type):
                allowed.add(one.parameter_name)  # type: ignore[attr-defined]
            else:
                path = one if isinstance(one, str) else one[0]
                allowed.update(f"{path}{end}" for end in ASKED)
        if self.date_hierarchy:
            allowed.update(f"{self.date_hierarchy}__{part}" for part in ("year", "month", "day"))
        return lookup in allowed
