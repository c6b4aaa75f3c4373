"""What every list of this app has in common."""

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from import_export.admin import ExportMixin
from import_export.forms import ExportForm

from allin.lists.asking import OnlyFilters
from allin.lists.importing import TableImport

#: A key as an address can hold one.
_KEY = re.compile(r"\d{1,18}", re.ASCII)


def key(asked: str) -> int:
    """The key that an address or a form says; 0, which nothing has, where it says none."""
    return int(asked) if _KEY.fullmatch(asked) else 0


def person(request: HttpRequest) -> User:
    """Who is signed in. The staff area lets nobody else in; this says so to the actions."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def by_name(field: str, words: Any) -> Any:
    """A column that says whose account it was. A link would lead to a page that only those who manage accounts see."""

    @admin.display(description=words)
    def name(record: Any) -> str:
        return str(getattr(record, field) or "–")

    return name


class ListAdmin(ExportMixin, OnlyFilters):
    """A list that can be searched, filtered and exported."""

    formfield_overrides = {
        models.URLField: {"assume_scheme": "https"},
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 2, "cols": 80})},
    }
    export_form_class = ExportForm  # without the box that ticks all columns: it needs an inline script
    list_per_page = 50
    show_full_result_count = False


class NamedAdmin(ListAdmin):
    """A list of things that files and releases know by a short name: once saved, the name stays."""

    key = "slug"

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Each form begins with the same warning."""
        (name, first), *others = super().get_fieldsets(request, obj)
        warning = _("Changes here become public with the next release, not before.")
        return [(name, {**first, "description": warning}), *others]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (self.key,) if obj else ()


class TableAdmin(TableImport, NamedAdmin):
    """A list of named things that comes in as a table, too: a name that is known is a change, another one is new."""

    preview_lead = _("Nothing is public before the next release.")

    @property
    def import_note(self) -> str:
        sentence = _("“{key}” says what a line is about: one that is known is changed, another one is new.")
        return sentence.format(key=self.key)


class ReadOnlyAdmin(ListAdmin):
    """A list of things that nobody edits: they are made by actions and kept for ever."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
