"""The coalition's part of the back office. Every list can be taken away as a spreadsheet, by those who may see it."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from import_export.admin import ExportMixin
from import_export.forms import ExportForm
from import_export.resources import ModelResource, modelresource_factory

from .models import ActionTeam, Commitment, Document, Organization, Signature


def columns(model: type[models.Model], *fields: str) -> list[type[ModelResource]]:
    return [modelresource_factory(model, meta_options={"fields": fields})]


class ListAdmin(ExportMixin, admin.ModelAdmin):
    """Unlike figures, what is saved here is public at once; each form says so."""

    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    export_form_class = ExportForm  # without the box that ticks all columns: it needs an inline script
    list_per_page = 50

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        warning = _("What you save here is public at once, without a release.")
        return [(None, {"fields": self.get_fields(request, obj), "description": warning})]


class SignatureInline(admin.TabularInline):
    model = Signature
    fk_name = "organization"
    fields = ["document", "signed_on", "signed_on_text", "source", "position"]
    extra = 0


@admin.register(Organization)
class OrganizationAdmin(ListAdmin):
    resource_classes = columns(Organization, "slug", "name", "sector", "sector_note", "url", "what_it_does")
    list_display = ["name", "sector", "sector_note", "url"]
    list_filter = ["sector", ("sector_note", admin.EmptyFieldListFilter), "signatures__document"]
    search_fields = ["name", "slug", "what_it_does"]
    search_help_text = _("Name, or a word from what it does")
    ordering = ["-sector_note", "name"]  # those with something still to be confirmed come first
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug", "sector", "sector_note", "url", "what_it_does"]
    inlines = [SignatureInline]  # a new member is one page: who it is, and what it signed


@admin.register(Signature)
class SignatureAdmin(ListAdmin):
    resource_classes = columns(
        Signature, "organization__name", "document__title", "signed_on", "signed_on_text", "source__title"
    )
    list_display = ["organization", "document", "signed_on", "signed_on_text", "source", "position"]
    list_select_related = ["organization", "document", "source"]
    list_filter = ["document", ("signed_on", admin.EmptyFieldListFilter), "organization__sector"]
    search_fields = ["organization__name", "document__title"]
    search_help_text = _("Name of the organization, or title of the document")
    autocomplete_fields = ["organization"]
    fields = ["organization", "document", "signed_on", "signed_on_text", "source", "position"]


@admin.register(Document)
class DocumentAdmin(ListAdmin):
    resource_classes = columns(Document, "slug", "title", "url", "stated")
    list_display = ["title", "stated", "url"]
    search_fields = ["title", "slug"]
    search_help_text = _("Title")
    prepopulated_fields = {"slug": ["title"]}
    fields = ["title", "slug", "url", "stated"]


@admin.register(Commitment)
class CommitmentAdmin(ListAdmin):
    resource_classes = columns(Commitment, "document__title", "number", "text", "binds")
    list_display = ["number", "text", "binds", "document"]
    list_display_links = ["text"]
    list_select_related = ["document"]
    list_filter = ["binds", "document"]
    search_fields = ["text"]
    search_help_text = _("A word from the promise")
    fields = ["document", "number", "position", "text", "binds"]


@admin.register(ActionTeam)
class ActionTeamAdmin(ListAdmin):
    resource_classes = columns(ActionTeam, "number", "slug", "name", "summary", "source__title")
    list_display = ["number", "name", "source"]
    list_display_links = ["name"]
    list_select_related = ["source"]
    list_filter = ["source"]
    search_fields = ["name", "summary"]
    search_help_text = _("Name, or a word from the summary")
    prepopulated_fields = {"slug": ["name"]}
    fields = ["number", "name", "slug", "summary", "source"]
