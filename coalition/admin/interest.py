"""The inbox of those who would like to join. Nothing of it is ever public."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coalition.actions import interest as inbox
from coalition.models import Interest, Organization

from .acts import Act, ActAdmin, ActForm, Done, field_of
from .filters import Pick
from .lists import ADDRESS, ADDRESS_HELP, ReadOnlyAdmin, by_name, columns
from .sections import Button, moment, record_url


class OutcomeForm(ActForm):
    outcome = field_of(Interest, "outcome", required=True)


class OrganizationForm(ActForm):
    name = field_of(Organization, "name")
    slug = field_of(Organization, "slug", label=ADDRESS, help_text=ADDRESS_HELP)
    sector = field_of(Organization, "sector")
    outcome = field_of(Interest, "outcome", required=True)


def _handle(message: Interest, data: dict[str, Any], by: User) -> Done:
    inbox.handle(interest=message, by=by, **data)
    return Done(_("The message is out of the inbox."))


def _make(message: Interest, data: dict[str, Any], by: User) -> Done:
    made = inbox.make_organization(interest=message, by=by, **data)
    words = _("%(organization)s has a page now. Next: record what it signed, or name its contact.")
    # What the writer is called stays in the message: the form of the contact looks it up there.
    named = reverse("admin:coalition_organization_name_contact", args=[made.pk], query={"message": message.pk})
    return Done(
        words % {"organization": made},
        about=(message, made),
        url=record_url(made),
        remark=_("Is the person who wrote its contact?"),
        then=Button(_("Name a contact, filled in from the message"), named),
    )


HANDLE = Act(
    name="handle",
    words=gettext_lazy("Mark it handled"),
    note=gettext_lazy("Say in a few words what came of it, for your colleagues. Never public."),
    permission="coalition.change_interest",
    form=OutcomeForm,
    do=_handle,
    offered=lambda message: message.handled_at is None,
)
MAKE = Act(
    name="make-organization",
    words=gettext_lazy("Make an organization of it"),
    note=gettext_lazy(
        "Gives the organization a page here. It is not public before it signs, holds a role or gives something. The "
        "message itself, with the sender’s name and address, is never public."
    ),
    permission="coalition.add_organization",
    form=OrganizationForm,
    do=_make,
    initial=lambda message: {
        "name": message.organization,
        "slug": slugify(message.organization)[:60],
        "sector": message.sector,
        "outcome": _("It has a page in the list of organizations."),
    },
    offered=lambda message: not Organization.objects.filter(name=message.organization).exists(),
)


class HandledFilter(Pick):
    title = gettext_lazy("whether it was handled")
    parameter_name = "handled"
    choices_offered = (("no", gettext_lazy("Waiting")), ("yes", gettext_lazy("Handled")))

    def narrow(self, queryset: Any, value: str | None) -> Any:
        return queryset.filter(handled_at__isnull=value == "no")


@admin.register(Interest)
class InterestAdmin(ReadOnlyAdmin, ActAdmin):
    lead = gettext_lazy(
        "People who wrote that their organization would like to join. Answer them, then mark the message handled. "
        "Never public; deleted after two years."
    )
    acts = (HANDLE, MAKE)
    resource_classes = columns(Interest, "sent_at", "kind", "organization", "sector", "language", "handled_at")
    list_display = ("organization", "kind", "name", "sent_at", "handled")
    list_filter = (HandledFilter, "kind", "sector")
    list_select_related = ("handled_by",)
    search_fields = ("organization", "name", "email", "message")
    fieldsets = (
        (None, {"fields": ("kind", "organization", "sector", "message")}),
        (gettext_lazy("Who wrote"), {"fields": ("name", "email", "phone", "language", "sent_at", "consent")}),
        (
            gettext_lazy("What came of it"),
            {"fields": ("outcome", by_name("handled_by", gettext_lazy("handled by")), "handled_at")},
        ),
    )

    @admin.display(boolean=True, description=gettext_lazy("handled"), ordering="handled_at")
    def handled(self, message: Interest) -> bool:
        return message.handled_at is not None

    def standing(self, request: HttpRequest, record: Interest) -> str:
        if record.handled_at is None:
            return _("It waits for an answer. Sent: %(when)s") % {"when": moment(record.sent_at)}
        return _("Handled by %(who)s, %(when)s") % {"who": record.handled_by, "when": moment(record.handled_at)}

    def offers(self, request: HttpRequest, record: Interest) -> Iterable[Button]:
        yield from self.button(request, HANDLE, record)
        yield from self.button(request, MAKE, record)
