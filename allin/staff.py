"""The staff area: its lists stand in the order of the work, figures first."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from .spanish import missing

#: What comes first in the list of an app, by model name; everything else follows by its own name.
ORDER = [
    "Observation",
    "Batch",
    "Release",
    "ReleaseAct",
    "PublishedCell",
    "Goal",
    "Indicator",
    "Source",
    "Group",
    "Dimension",
    "Place",
    "Organization",
    "Contact",
    "Interest",
    "Assessment",
    "Meeting",
    "ActionTeam",
    "Strategy",
    "Plan",
    "Contribution",
    "Grant",
    "Program",
    "Upload",
    "Edition",
    "CompactVersion",
    "Signature",
    "Document",
]
APPS = ["metrics", "coalition", "dashboard", "auth", "axes"]


def rank(order: list[str], name: str) -> int:
    return order.index(name) if name in order else len(order)


class StaffSite(admin.AdminSite):
    site_title = _("ALL IN! staff")
    site_header = _("ALL IN! staff")
    index_title = _("The board’s back office")
    enable_nav_sidebar = False  # the lists are wide, and the first page shows all there is

    def get_urls(self) -> list[Any]:
        return [path("spanish/", self.admin_view(self.spanish), name="spanish"), *super().get_urls()]

    def spanish(self, request: HttpRequest) -> HttpResponse:
        """Public words that have no Spanish yet."""
        title = _("Missing in Spanish")
        return render(
            request,
            "admin/spanish.html",
            {**self.each_context(request), "title": title, "kinds": missing(request, self)},
        )

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        found = sorted(super().get_app_list(request, app_label), key=lambda app: rank(APPS, app["app_label"]))
        for app in found:
            app["models"].sort(key=lambda model: rank(ORDER, model["object_name"]))
        return found
