"""What every list and form of the coalition's back office has in common."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from import_export.admin import ExportMixin
from import_export.forms import ExportForm
from import_export.resources import ModelResource, modelresource_factory

from allin.lists.asking import OnlyFilters
from coalition.actions.errors import CoalitionError
from coalition.models import Document
from coalition.models.shared import Recorded

NEXT_EDITION = _("Public with the next edition of the coalition’s pages, not before.")
NEVER_PUBLIC = _("Never public: for the staff only.")
#: What a slug is called, and what there is to know of it.
ADDRESS = _("Address of its page")
ADDRESS_HELP = _("Public, and made from the name. It cannot be changed once it is saved.")
#: What a position among others is called.
ORDER = _("Place in the list (0 comes first)")


def day_input() -> forms.DateInput:
    """The browser's own calendar: it needs no script and speaks the reader's language."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


#: How fields are typed, in the admin's forms and in those of the acts.
WIDGETS: dict[type[Any], dict[str, Any]] = {
    models.URLField: {"assume_scheme": "https"},
    models.TextField: {"widget": forms.Textarea(attrs={"rows": 3, "cols": 80})},
}

#: A constraint on several fields is said beside the one that puts it right, not above the form.
BESIDE = {
    "a_value_in_kind_says_how_it_was_reached": "valuation",
    "one_program_of_a_name_per_provider": "name",
}


def person(request: HttpRequest) -> User:
    """Who is signed in. The staff area lets nobody else in; this says so to the verbs."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def by_name(field: str, words: Any) -> Any:
    """A column that says whose account it was. A link would lead to a page that only those who manage accounts see."""

    @admin.display(description=words)
    def name(record: Any) -> str:
        return str(getattr(record, field) or "–")

    return name


def columns(model: type[models.Model], *fields: str) -> list[type[ModelResource]]:
    """What an export of a list holds."""
    return [modelresource_factory(model, meta_options={"fields": fields, "export_order": fields})]


class WholeForm(forms.ModelForm):
    """Checks the record as it would be saved, not only the fields that are asked.

    Of a constraint that names a field which is only shown Django asks nobody but the database, whose answer is no page.
    """

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        for model, constraints in self.instance.get_constraints():
            for constraint in constraints:
                try:
                    constraint.validate(model, self.instance)
                except ValidationError as problem:
                    self.refuse(BESIDE.get(constraint.name, ""), problem.messages[0])
        if not self.errors:
            try:
                self.check()
            except CoalitionError as problem:
                self.refuse(problem.field, str(problem))

    def check(self) -> None:
        """For the subclasses: raises CoalitionError when the record may not become what it would be."""

    def refuse(self, field: str, sentence: str) -> None:
        self.add_error(field if field in self.fields else None, sentence)


class ListAdmin(ExportMixin, OnlyFilters):
    """A list that can be searched, filtered and exported, and whose forms say who will read what is typed.

    lead    one sentence above the list: what it is and what one does here
    note    what becomes of what is saved, at the head of the form
    labels  what its fields are called where their own names are not plain enough; `helps` what is said beside them
    """

    lead: Any = ""
    note: Any = NEXT_EDITION
    labels: dict[str, Any] = {}
    helps: dict[str, Any] = {}
    form = WholeForm
    formfield_overrides = {**WIDGETS, models.DateField: {"widget": day_input()}}
    export_form_class = ExportForm  # without the box that ticks all columns: it needs an inline script
    change_list_template = "admin/coalition/list.html"
    actions = None  # what is done to several rows at once has a page of its own, with a button
    list_per_page = 50
    show_full_result_count = False

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        (name, first), *others = super().get_fieldsets(request, obj)
        return [(name, {"description": self.note, **first}), *others]

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        words = {
            "labels": {"slug": ADDRESS, **self.labels},
            "help_texts": {"slug": ADDRESS_HELP, **self.helps},
        }
        return super().get_form(request, obj, change, **{**words, **kwargs})

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Beside a choice no pencil, cross or eye: a form changes its own record. Only a new source may be added."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            wrapper = field.widget
            wrapper.can_change_related = wrapper.can_delete_related = wrapper.can_view_related = False
            wrapper.can_add_related = wrapper.can_add_related and db_field.related_model is Document
        return field

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if isinstance(obj, Recorded) and not change:
            obj.recorded_by, obj.recorded_at = person(request), timezone.now()
        super().save_model(request, obj, form, change)

    def render_change_form(self, *args: Any, **given: Any) -> Any:
        _request, context = args
        if given.get("obj") is not None:
            context["title"], context["subtitle"] = str(given["obj"]), None
        return super().render_change_form(*args, **given)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        given = {"title": capfirst(self.opts.verbose_name_plural), "lead": self.lead}
        return super().changelist_view(request, {**given, **(extra_context or {})})


class ReadOnlyAdmin(ListAdmin):
    """A list of things that nobody edits: they are made by acts and kept for ever."""

    note = ""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
