"""Contacts as a table. It is private as the list is; what a file may do is what the buttons do, and no more."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from import_export import fields

from allin.lists.cells import Cell, Day, Reference
from allin.lists.reading import TableError
from allin.lists.resource import TableResource
from coalition.actions.contact_lists import check_stays, is_over, take_contacts
from coalition.actions.errors import CoalitionError
from coalition.actions.retention import NOWHERE
from coalition.models import Contact, Organization


class ByName(Reference):
    """An organization, by its short name or its name in small or large letters. Out it goes by its short name."""

    def load(self) -> None:
        everybody = list(Organization.objects.select_related("merged_into"))
        everybody.sort(key=lambda one: one.merged_into is None)  # an old address hides no organization
        self.known = {name: one for one in everybody for name in (one.name, one.slug)}
        self.spelled = {name.casefold(): name for name in self.known}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Organization:
        found: Organization = super().clean(self.spelled.get(value.casefold(), value))
        if found.merged_into is not None:
            raise ValueError(_("“{value}” is an old address of {name}.").format(value=value, name=found.merged_into))
        return found


class ContactResource(TableResource):
    """Contacts. A line is about the contact of an organization with an address, and a first day where it gives one."""

    told = ("organization_name",)
    whose = (("organization",), ("email",))

    organization = Cell("organization", "organization", ByName(Organization))
    since = Cell("since", "since", Day())
    until = Cell("until", "until", Day())
    organization_name = fields.Field("organization__name", "organization_name", readonly=True)

    class Meta:
        model = Contact
        # The note is for the staff and stays where it is: a file is copied and forgotten on a disk.
        import_order = ("organization", "name", "position", "email", "phone", "since", "until")
        export_order = ("organization", "organization_name", *import_order[1:])
        fields = export_order

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        return queryset.select_related("organization")

    # --- Which contact a line is about --------------------------------------------------------------------------------

    def load(self) -> None:
        self.ended: set[int] = set()
        self.named: dict[int, list[Contact]] = {}
        for contact in self.standing():
            self.named.setdefault(contact.organization_id, []).append(contact)

    def find(self, row: dict[str, str]) -> Any:
        organization = self._read("organization", row)
        if organization is None or self._read("since", row) is None:
            return None
        if not row["email"]:
            self.say(_("email: this cell is empty; it says who the line is about."))
            return None
        address = row["email"].casefold()
        namesakes = [one for one in self.named.get(organization.pk, []) if one.email.casefold() == address]
        found = self._meant(row, namesakes)
        if found is not None:
            self.once(found)
            row.update(email=found.email, since=found.since.isoformat())
            return found
        self.once((organization.pk, address))
        if not row.get("name"):
            sentence = _("name: {organization} has no contact with this address, and a new one needs a name.")
            self.say(sentence.format(organization=organization))
        row["since"] = row.get("since") or timezone.localdate().isoformat()
        return None

    def _read(self, column: str, row: dict[str, str]) -> Any:
        """What a cell says; None when it cannot be read, which is then said."""
        try:
            return self.fields[column].clean({column: "", **row}) or ""
        except ValueError as problem:
            self.say(f"{column}: {problem}")
            return None

    def _meant(self, row: dict[str, str], namesakes: list[Contact]) -> Contact | None:
        """The one of those with an address that a line is about: an address may have come back after its last day."""
        since, until = row.get("since", ""), row.get("until", "")
        lasting = next((one for one in namesakes if not is_over(one)), None)
        if since:
            of_that_day = [one for one in namesakes if one.since.isoformat() == since]
            # Those not told yet come first, and of them the one with the same last day.
            of_that_day.sort(key=lambda one: (one in self.seen, Day().render(one.until) != until))
            if not of_that_day and lasting is not None:
                sentence = _("since: {name} is a contact since {day}; the first day stays.")
                self.say(sentence.format(name=lasting.name, day=lasting.since.isoformat()))
            return of_that_day[0] if of_that_day else None
        if lasting is None and namesakes:
            sentence = _("since: {name} was a contact until {day}; to name the person anew, give the first day.")
            last = max(namesakes, key=lambda one: one.until or one.since)
            self.say(sentence.format(name=last.name, day=Day().render(last.until)))
        return lasting

    # --- What it may say of it ----------------------------------------------------------------------------------------

    def check(self, instance: Contact, known: Contact | None) -> None:
        if instance.until is not None and instance.until < instance.since:
            self.say(_("until: the last day cannot lie before the first."))
        elif known is None:
            self._check_new(instance)
        elif known.email == NOWHERE:
            self.say(_("what was forgotten of a contact stays so."))
        else:
            try:
                check_stays(instance, known)
            except CoalitionError as problem:
                self.say(f"{problem.field}: {problem}")
            if instance.until != known.until:
                self.ended.add(known.pk)

    def _check_new(self, instance: Contact) -> None:
        if is_over(instance):
            self.say(_("until: a file names nobody whose last day is over."))
        name = instance.name.casefold()
        for other in self.named.get(instance.organization_id, []):
            if other.name.casefold() == name and other.until is None and other.pk not in self.ended:
                sentence = _(
                    "email: {name} is a contact with another address, which never changes; end that one first."
                )
                self.say(sentence.format(name=other.name))

    def write(self, new: list[Any], changed: list[Any]) -> None:
        try:
            take_contacts(named=new, changed=changed, by=self.by)
        except CoalitionError as problem:
            raise TableError(str(problem)) from None
