"""The coalition's directory as a table: what goes out is public, and what comes in is checked line by line."""

from typing import Any

from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from import_export import fields

from allin.lists.cells import Cell, Choice, Day
from allin.lists.resource import TableResource
from coalition.actions.admissible import REACHES_A_PERSON
from coalition.actions.checking import existed_then, not_ahead
from coalition.actions.errors import CoalitionError
from coalition.models import Organization, Sector

#: Columns that staff may change by a file, and those that are only told: roles and signatures have verbs of their own.
COLUMNS = (
    "slug", "name", "sector", "sector_note", "sector_note_es", "website", "what_it_does", "what_it_does_es",
    "exists_since",
)  # fmt: skip
TOLD = ("roles", "signed")
#: What people write about an organization, and everybody reads.
WORDS = ("name", "sector_note", "sector_note_es", "what_it_does", "what_it_does_es")


class OrganizationResource(TableResource):
    """The directory. A line is about the organization with its slug or, where it has none, with its name."""

    told = TOLD
    whose = (("slug", "name"),)

    sector = Cell("sector", "sector", Choice(Sector))
    website = Cell("url", "website")
    exists_since = Cell("exists_since", "exists_since", Day())
    roles = fields.Field(column_name="roles", readonly=True)
    signed = fields.Field(column_name="signed", readonly=True)

    class Meta:
        model = Organization
        name = "directory"
        fields = (*COLUMNS, *TOLD)
        export_order = fields
        import_order = COLUMNS

    # --- Out ----------------------------------------------------------------------------------------------------------

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        return queryset.standing().prefetch_related("role_periods", "signatures__version")

    def dehydrate_roles(self, organization: Organization) -> str:
        with translation.override("en"):
            held = [str(period.get_role_display()) for period in organization.role_periods.all() if period.stands]
        return "; ".join(held)

    def dehydrate_signed(self, organization: Organization) -> str:
        """The numbers of the versions under which its signature stands."""
        last = {event.version.number: event for event in sorted(organization.signatures.all(), key=lambda one: one.pk)}
        return "; ".join(str(number) for number, event in sorted(last.items()) if event.kind == event.Kind.SIGNED)

    # --- In -----------------------------------------------------------------------------------------------------------

    def load(self) -> None:
        everybody = Organization.objects.select_related("merged_into")
        if not self.preview:
            everybody = everybody.select_for_update(of=("self",))
        self.by_key = {one.slug: one for one in everybody}
        standing_last = sorted(self.by_key.values(), key=lambda one: one.merged_into is None)
        self.by_name = {one.name.casefold(): one for one in standing_last}  # an old address hides no organization

    def find(self, row: dict[str, str]) -> Any:
        """Finds the organization a line is about, and gives a new one its slug."""
        name, slug = row.get("name", ""), row.get("slug", "")
        named = self.by_name.get(name.casefold())
        slug = slug or (named.slug if named else slugify(name)[:60])
        known = self.by_key.get(slug)
        if named is not None and named is not known:
            self.say(_("“{name}” has the slug “{slug}”, which stays.").format(name=named, slug=named.slug))
        if known is not None and known.merged_into is not None:
            self.say(_("“{slug}” is an old address of {name}.").format(slug=slug, name=known.merged_into))
        if known is None and not name:
            self.say(_("no organization has the slug “{slug}”, and a new one needs a name.").format(slug=slug))
        self.once(slug if slug in self.seen or not name else name.casefold())  # two of a name are one
        self.seen.setdefault(slug, self.line)
        row["slug"] = slug
        return known

    def check(self, instance: Organization, known: Organization | None) -> None:
        if any(REACHES_A_PERSON.search(getattr(instance, word)) for word in WORDS):
            self.say(_("the directory is public; take the e-mail address or telephone number out."))
        if (known.exists_since if known else None) == instance.exists_since:
            return
        try:
            not_ahead(instance.exists_since, field="exists_since")
            if known is not None:
                existed_then(instance, field="exists_since")
        except CoalitionError as problem:
            self.say(str(problem))
