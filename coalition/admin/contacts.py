"""Contacts of organizations, and their way into the members' area. Nothing of it is ever public."""

import re
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allin.lists.importing import TableImport
from coalition import notices
from coalition.actions import organizations
from coalition.actions.errors import CoalitionError
from coalition.models import Contact, Interest, Organization
from coalition.portal.access import invitation_path
from coalition.rules.roles import lasts

from .acts import Act, ActForm, Done, field_of
from .contact_table import ContactResource
from .filters import Pick
from .lists import NEVER_PUBLIC, ListAdmin
from .sections import day, link

#: A key as an address can hold one.
NUMBER = re.compile(r"\d{1,18}", re.ASCII)


def is_current(contact: Contact) -> bool:
    return lasts(contact.since, contact.until, timezone.localdate())


def account(contact: Contact) -> str:
    """Whether the contact can get into the members' area, in words."""
    user = contact.user
    if user is None:
        return _("not invited")
    if not user.is_active or not is_current(contact):
        return _("switched off")
    if not user.has_usable_password():
        return _("invited, has not chosen a password")
    return _("has access")


class NameForm(ActForm):
    name = field_of(Contact, "name")
    position = field_of(Contact, "position")
    email = field_of(Contact, "email")
    phone = field_of(Contact, "phone")
    note = field_of(Contact, "note")
    since = field_of(Contact, "since", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = str(self.initial.get("message", ""))
        message = Interest.objects.filter(pk=int(asked)).first() if NUMBER.fullmatch(asked) else None
        if message is not None:
            self.initial.update({name: getattr(message, name) for name in ("name", "email", "phone")})


class LastDayForm(ActForm):
    until = field_of(Contact, "until", required=True, initial=timezone.localdate)


def _name(organization: Organization, data: dict[str, Any], by: User) -> Done:
    contact = organizations.name_contact(organization=organization, by=by, **data)
    words = _("%(name)s is a contact of %(organization)s.") % {"name": contact.name, "organization": organization}
    return Done(words, about=(contact,))  # never in the history of the organization, which more people read


def _end(contact: Contact, data: dict[str, Any], by: User) -> Done:
    contact = organizations.end_contact(contact=contact, by=by, **data)
    words = _("The last day of %(name)s is %(day)s.") % {"name": contact.name, "day": day(contact.until)}
    return Done(words, about=(contact,))


def _invite(contact: Contact, data: dict[str, Any], by: User) -> Done:
    user = organizations.invite(contact=contact, by=by)
    try:
        notices.invite(contact=contact, path=invitation_path(user))
    except OSError:
        sentence = _("The mail server did not take the message to {email}; nothing was changed, try again later.")
        raise CoalitionError(sentence.format(email=contact.email)) from None
    return Done(_("An invitation went to %(email)s.") % {"email": contact.email}, about=(contact,))


def _hand_over(contact: Contact, data: dict[str, Any], by: User) -> Done:
    user = organizations.invite(contact=contact, by=by)
    words = _("%(name)s chooses a password with this link. It works once and is shown only here, now.")
    return Done(words % {"name": contact.name}, about=(contact,), handover=invitation_path(user))


def _has_chosen(contact: Contact) -> bool:
    return contact.user is not None and contact.user.has_usable_password()


NAME_CONTACT = Act(
    name="name-contact",
    words=gettext_lazy("Name a contact"),
    note=gettext_lazy("The person the organization named to keep in touch (commitment 6). Never public."),
    permission="coalition.add_contact",
    form=NameForm,
    do=_name,
    offered=lambda organization: organization.merged_into_id is None,
)
END_CONTACT = Act(
    name="end-contact",
    words=gettext_lazy("End"),
    note=gettext_lazy("The account of this person works until that day is over, and not after it."),
    permission="coalition.change_contact",
    form=LastDayForm,
    do=_end,
    parts=lambda organization: organization.contacts.all(),
    offered=lambda contact: contact.until is None or is_current(contact),
)
# Whoever opens an invitation writes replies in the organization's name. So it goes by mail to the address that the
# organization named. Only a board without mail shows it, to a publisher and for a first password alone; one that was
# forgotten there is given anew by whoever runs the server.
INVITE = Act(
    name="invite",
    words=gettext_lazy("Invite"),
    note=gettext_lazy(
        "Makes this person an account in the members’ area, for this organization alone, and sends a link to choose a "
        "password with. Do it again when the link was lost or the password forgotten: older links stop working once a "
        "password is chosen."
    ),
    permission="coalition.change_contact",
    do=_invite,
    parts=lambda organization: organization.contacts.select_related("user", "organization"),
    offered=lambda contact: notices.is_set_up() and is_current(contact),
)
HAND_OVER = Act(
    name="hand-over",
    words=gettext_lazy("Invite"),
    note=gettext_lazy(
        "Makes this person an account in the members’ area, for this organization alone, and shows a link to hand "
        "over, because the board sends no mail. Give it to nobody else: whoever opens it replies in the "
        "organization’s name."
    ),
    permission="coalition.hand_over_invitation",
    do=_hand_over,
    parts=lambda organization: organization.contacts.select_related("user", "organization"),
    offered=lambda contact: not notices.is_set_up() and is_current(contact) and not _has_chosen(contact),
)


class CurrentFilter(Pick):
    title = gettext_lazy("whether it lasts")
    parameter_name = "lasts"
    choices_offered = (("yes", gettext_lazy("Current")), ("no", gettext_lazy("Over")))

    def narrow(self, queryset: Any, value: str | None) -> Any:
        over = Q(until__lt=timezone.localdate())
        return queryset.filter(over) if value == "no" else queryset.exclude(over)


@admin.register(Contact)
class ContactAdmin(TableImport, ListAdmin):
    """Every contact in one list. They are named, ended and invited on the page of their organization."""

    lead = gettext_lazy(
        "Whom to write to. Contacts are named, ended and invited on the page of their organization. Never public."
    )
    note = NEVER_PUBLIC
    resource_classes = (ContactResource,)
    import_lead = gettext_lazy(
        "Notes are not read from the file, and nobody is invited by it: that is done on the page of the organization."
    )
    import_note = gettext_lazy(
        "A line is about the contact of that organization (its short name, or its name) with that address. Another "
        "address is another contact; an address never changes. A last day ends the contact, and with it the access."
    )
    preview_lead = gettext_lazy("Nothing of it is ever public.")
    list_display = ("name", "of", "position", "email", "phone", "since", "until", "access")
    list_filter = (CurrentFilter, "organization__sector")
    list_select_related = ("organization", "user")
    search_fields = ("name", "email", "organization__name")
    fields = ("organization", "name", "position", "email", "phone", "note", "since", "until", "access")

    @admin.display(description=gettext_lazy("organization"), ordering="organization__name")
    def of(self, contact: Contact) -> Any:
        return link(contact.organization)

    @admin.display(description=gettext_lazy("members’ area"))
    def access(self, contact: Contact) -> str:
        return account(contact)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        # Whom an invitation reaches is never changed: a contact with another address is named anew, on record by whom.
        return ("organization", "email", "since", "until", "access")
