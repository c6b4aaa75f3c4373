"""Filters beside a list that are more than one column's value."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class Pick(admin.SimpleListFilter):
    """A filter of a few named choices."""

    choices_offered: tuple[tuple[str, Any], ...] = ()

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(self.choices_offered)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        value = self.value()
        return self.narrow(queryset, value) if value in dict(self.choices_offered) else queryset

    def narrow(self, queryset: Any, value: str | None) -> Any:
        raise NotImplementedError
