"""Organizations: the list of all, and one page for each with everything that is recorded of it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allin.lists.importing import TableImport
from coalition import waiting
from coalition.actions.checking import existed_then, not_ahead
from coalition.models import Contact, HeldRole, Organization, Signature

from . import organization_sections as parts
from .acts import ActAdmin
from .contacts import END_CONTACT, HAND_OVER, INVITE, NAME_CONTACT, is_current
from .directory import OrganizationResource
from .filters import Pick
from .lists import WholeForm
from .organization_acts import END_ROLE, GIVE_ROLE, MERGE, REMOVE_LOGO, SET_LOGO, SIGN, TAKE_BACK_ROLE, WITHDRAW
from .sections import Section, listed, when


class RoleFilter(Pick):
    title = gettext_lazy("role it holds")
    parameter_name = "role"
    choices_offered = tuple(HeldRole.choices)

    def narrow(self, queryset: Any, value: str | None) -> Any:
        today = timezone.localdate()
        begun = Q(role_periods__since__isnull=True) | Q(role_periods__since__lte=today)
        lasting = Q(role_periods__until__isnull=True) | Q(role_periods__until__gte=today)
        return queryset.filter(begun, lasting, role_periods__role=value).distinct()


class SignedFilter(Pick):
    title = gettext_lazy("signature")
    parameter_name = "signed"
    choices_offered = (("yes", gettext_lazy("Stands")), ("no", gettext_lazy("None, or withdrawn")))

    def narrow(self, queryset: Any, value: str | None) -> Any:
        signers = Signature.objects.standing().values("organization")
        return queryset.filter(pk__in=signers) if value == "yes" else queryset.exclude(pk__in=signers)


class ContactFilter(Pick):
    title = gettext_lazy("contact")
    parameter_name = "contact"
    choices_offered = (
        ("none", gettext_lazy("Signed, and none is named")),
        ("named", gettext_lazy("One is named")),
    )

    def narrow(self, queryset: Any, value: str | None) -> Any:
        if value == "none":
            return queryset.filter(pk__in=waiting.without_contact(timezone.localdate()).values("pk"))
        return queryset.filter(pk__in=Contact.objects.current().values("organization"))


class RecordFilter(Pick):
    """Records that were merged are out of the way unless somebody asks for them."""

    title = gettext_lazy("record")
    parameter_name = "record"
    choices_offered = (("old", gettext_lazy("Old addresses only")),)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(merged_into__isnull=self.value() != "old")


class OrganizationForm(WholeForm):
    def check(self) -> None:
        if "exists_since" not in self.changed_data:
            return
        not_ahead(self.instance.exists_since, field="exists_since")
        if self.instance.pk is not None:
            existed_then(self.instance, field="exists_since")


@admin.register(Organization)
class OrganizationAdmin(TableImport, ActAdmin):
    """Plain facts are typed in; whatever happened to an organization is done with a button and kept."""

    lead = gettext_lazy(
        "Everybody who is in the coalition or near it. Open one to record its signature, roles, contacts and gifts."
    )
    form = OrganizationForm
    resource_classes = (OrganizationResource,)
    import_lead = gettext_lazy(
        "Roles and signatures are not read from the file: record them on the page of each organization."
    )
    import_note = gettext_lazy(
        "“slug” is the address of the organization’s page. A line is about the organization with that address or, "
        "where the cell is empty, with its name. The export has the columns “roles” and “signed” too; they may stay "
        "in the file."
    )
    preview_lead = gettext_lazy("Nothing is public before the next edition. Roles and signatures stay as they are.")
    acts = (
        SIGN, WITHDRAW, GIVE_ROLE, END_ROLE, TAKE_BACK_ROLE, NAME_CONTACT, INVITE, HAND_OVER, END_CONTACT, SET_LOGO,
        REMOVE_LOGO, MERGE,
    )  # fmt: skip
    list_display = ("name", "sector", "held", "signed", "contact")
    search_fields = ("name", "slug", "what_it_does")
    search_help_text = gettext_lazy("Name, or a word from what it does")
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = (
        (
            gettext_lazy("Facts"),
            {
                "fields": (
                    "name",
                    "slug",
                    "sector",
                    ("sector_note", "sector_note_es"),
                    ("url", "exists_since"),
                    ("what_it_does", "what_it_does_es"),
                )
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        queryset = super().get_queryset(request)
        return queryset.select_related("merged_into", "logo").defer("logo__data")

    def get_export_formats(self) -> list[Any]:
        """Only what comes back in."""
        return [one for one in super().get_export_formats() if one().get_extension() == "csv"]

    def get_list_filter(self, request: HttpRequest) -> Any:
        contact = (ContactFilter,) if request.user.has_perm("coalition.view_contact") else ()
        unsure = ("sector_note", admin.EmptyFieldListFilter)
        return (*contact, SignedFilter, RoleFilter, "sector", unsure, RecordFilter)

    def get_list_display(self, request: HttpRequest) -> Any:
        shown = self.list_display
        return shown if request.user.has_perm("coalition.view_contact") else shown[:-1]

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The columns that come from other tables, for the rows of this page only."""
        cl = super().get_changelist_instance(request)
        cl.result_list = cl.result_list.prefetch_related("role_periods", "signatures__version", "contacts")
        return cl

    @admin.display(description=gettext_lazy("roles"))
    def held(self, organization: Organization) -> str:
        return listed(period.get_role_display() for period in organization.role_periods.all() if period.stands)

    @admin.display(description=gettext_lazy("signed version"))
    def signed(self, organization: Organization) -> str:
        last = {event.version.number: event for event in sorted(organization.signatures.all(), key=lambda one: one.pk)}
        return listed(number for number, event in sorted(last.items()) if event.kind == event.Kind.SIGNED)

    @admin.display(description=gettext_lazy("contact"))
    def contact(self, organization: Organization) -> str:
        named = listed(contact.name for contact in organization.contacts.all() if is_current(contact))
        return named or (_("none, and it signed") if self.signed(organization) else "")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj else self.prepopulated_fields

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        old = obj is not None and obj.merged_into_id is not None
        return not old and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # who was in the list twice is merged; who left keeps its history

    def standing(self, request: HttpRequest, record: Organization) -> str:
        if record.merged_into is not None:
            return _("An old address of %(organization)s: everything was moved there.") % {
                "organization": record.merged_into
            }
        events = record.signatures.latest_word().select_related("version").order_by("version__number")
        last = events.last()  # the latest version decides: who withdrew from it is not held to what came before
        signed = _("Has not signed")
        if last is not None:
            withdrew = last.kind == last.Kind.WITHDRAWN
            words = (
                _("Withdrew from version %(number)s, %(when)s")
                if withdrew
                else _("Signed version %(number)s, %(when)s")
            )
            signed = words % {"number": last.version.number, "when": when(last.happened_on, last.happened_text)}
        held = [period.get_role_display() for period in record.role_periods.all() if period.stands]
        return " · ".join(str(one) for one in (signed, *held))

    def sections(self, request: HttpRequest, record: Organization) -> Iterable[Section]:
        yield parts.signatures(self, request, record)
        yield parts.roles(self, request, record)
        if request.user.has_perm("coalition.view_contact"):
            yield parts.contacts(self, request, record)
        yield parts.promises(self, request, record)
        yield parts.gives(self, request, record)
        yield parts.teams(self, request, record)
        yield parts.programs(self, request, record)
        yield parts.record(self, request, record)
