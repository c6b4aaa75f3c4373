"""The coalition's directory as a table: what goes out is public, and what comes in is checked line by line."""

import csv
import io
import re
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from import_export import fields, resources, widgets
from import_export.formats import base_formats

from coalition.actions.admissible import REACHES_A_PERSON
from coalition.actions.checking import existed_then, not_ahead
from coalition.actions.errors import CoalitionError
from coalition.models import Organization, Sector

#: Columns that staff may change by a file, and those that are only told: roles and signatures have verbs of their own.
COLUMNS = (
    "slug",
    "name",
    "sector",
    "sector_note",
    "sector_note_es",
    "website",
    "what_it_does",
    "what_it_does_es",
    "exists_since",
)
TOLD = ("roles", "signed")
#: The coalition knows of a few hundred organizations.
MAX_ROWS = 2_000

# The house's exports put a ’ before what a spreadsheet would compute; coming back in, it goes.
NEUTRALIZED = re.compile(r"^'(?=[=+\-@\t\r\n])")


class DirectoryCSV(base_formats.CSV):
    """A CSV file of the directory. Raises CoalitionError with one sentence when it cannot be one."""

    def create_dataset(self, in_stream: Any, **kwargs: Any) -> Any:
        data = in_stream if isinstance(in_stream, bytes) else str(in_stream).encode()
        lines = _lines(data)
        _line, header = next(lines, (0, []))
        columns = [name.strip().lower() for name in header]
        check_columns(columns)
        table = io.StringIO()
        writer = csv.writer(table)
        writer.writerow([*columns, "line"])
        for count, (line, cells) in enumerate(lines, start=1):
            if count > MAX_ROWS:
                raise CoalitionError(_("The file has more than {most} lines; divide it.").format(most=MAX_ROWS))
            if len(cells) != len(columns):
                sentence = _("Line {line} has {cells} cells and the header has {columns}; put quotes around commas.")
                raise CoalitionError(sentence.format(line=line, cells=len(cells), columns=len(columns)))
            writer.writerow([*cells, line])
        return super().create_dataset(table.getvalue(), **kwargs)


def _lines(data: bytes) -> Any:
    """The lines that are not empty, each with the number an editor gives it."""
    if data.startswith(b"PK\x03\x04"):
        raise CoalitionError(_("This is an Excel workbook; save it in Excel as “CSV UTF-8” and send that file."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CoalitionError(_("This is not a CSV file in UTF-8; save the table as “CSV UTF-8”.")) from None
    reader, before = csv.reader(io.StringIO(text, newline=""), strict=True), 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield before + 1, cells
            before = reader.line_num
    except csv.Error:
        raise CoalitionError(_("Line {line} cannot be read as CSV.").format(line=reader.line_num)) from None


def check_columns(names: Iterable[str]) -> None:
    """Raises CoalitionError unless these are columns of the directory and say which organization a line is about."""
    names = list(names)
    known = (*COLUMNS, *TOLD)
    for name in names:
        if name in known and names.count(name) == 1:
            continue
        if name in known:
            raise CoalitionError(_("The column “{name}” is there twice.").format(name=name))
        sentence = _("The directory has no column “{name}”; its columns are {columns}.")
        near = get_close_matches(name, known, n=1)
        if near:
            sentence = _("The directory has no column “{name}”; did you mean “{near}”?")
        raise CoalitionError(sentence.format(name=name[:40], near="".join(near), columns=", ".join(known)))
    if "slug" not in names and "name" not in names:
        raise CoalitionError(
            _("The file needs the column “slug” or “name”, to say which organization a line is about.")
        )


class SectorWidget(widgets.CharWidget):
    """The English name of a sector, or its code; out it goes by its English name."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        wanted = str(value or "").strip()
        with translation.override("en"):
            labels = {code: str(label) for code, label in Sector.choices}
        codes = {
            **{label.casefold(): code for code, label in labels.items()},
            **{code: code for code in labels},
            "": "",
        }
        if wanted.casefold() in codes:
            return codes[wanted.casefold()]
        sentence = _("the sector “{wanted}” is not known; the sectors are {sectors}.")
        near = [labels[codes[one]] for one in get_close_matches(wanted.casefold(), list(codes), n=1)]
        if near:
            sentence = _("the sector “{wanted}” is not known; did you mean “{near}”?")
        raise ValueError(sentence.format(wanted=wanted[:40], near="".join(near), sectors=", ".join(labels.values())))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        with translation.override("en"):
            return str(Sector(value).label) if value else ""


class DayWidget(widgets.Widget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> date | None:
        if not str(value or "").strip():
            return None
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError:
            raise ValueError(
                _("“{value}” is not a day; write it like 2016-10-11.").format(value=str(value)[:20])
            ) from None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.isoformat() if value else ""


class OrganizationResource(resources.ModelResource):
    """The directory. A line is about the organization with its slug or, where it has none, with its name."""

    sector = fields.Field("sector", "sector", SectorWidget())
    website = fields.Field("url", "website")
    exists_since = fields.Field("exists_since", "exists_since", DayWidget())
    roles = fields.Field(column_name="roles", readonly=True)
    signed = fields.Field(column_name="signed", readonly=True)

    class Meta:
        model = Organization
        name = "directory"
        fields = (*COLUMNS, *TOLD)
        export_order = fields
        import_order = COLUMNS
        import_id_fields = ("slug",)
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True
        use_transactions = True

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

    def import_data(self, dataset: Any, dry_run: bool = False, **kwargs: Any) -> Any:
        """All lines or none: a line that cannot be taken takes the whole file back."""
        kwargs["rollback_on_validation_errors"] = True
        return super().import_data(dataset, dry_run, **kwargs)

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        check_columns(name for name in dataset.headers if name != "line")
        if "slug" not in dataset.headers:
            dataset.append_col([""] * len(dataset), header="slug")
        self._by_slug = {one.slug: one for one in Organization.objects.select_related("merged_into")}
        standing_last = sorted(self._by_slug.values(), key=lambda one: one.merged_into is None)
        self._by_name = {one.name.casefold(): one for one in standing_last}  # an old address hides no organization
        self._seen: dict[str, int] = {}

    def get_import_fields(self) -> list[Any]:
        """Those that a file may change: what is only told is neither read, nor previewed as if it went away."""
        return [field for field in super().get_import_fields() if field.column_name in COLUMNS]

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        """Finds the organization a line is about, and gives a new one its slug."""
        self._line = int(row.get("line") or kwargs["row_number"] + 1)
        for column in COLUMNS:
            if column in row:
                row[column] = NEUTRALIZED.sub("", str(row[column] or "")).strip()
        self._problems: list[str] = []
        name, slug = row.get("name", ""), row["slug"]
        named = self._by_name.get(name.casefold())
        slug = slug or (named.slug if named else slugify(name)[:60])
        known = self._by_slug.get(slug)
        if named is not None and named is not known:
            self._problems.append(_("“{name}” has the slug “{slug}”, which stays.").format(name=named, slug=named.slug))
        if known is not None and known.merged_into is not None:
            self._problems.append(_("“{slug}” is an old address of {name}.").format(slug=slug, name=known.merged_into))
        if known is None and not name:
            sentence = _("no organization has the slug “{slug}”, and a new one needs a name.")
            self._problems.append(sentence.format(slug=slug))
        if slug in self._seen:
            self._problems.append(_("line {line} is about the same organization.").format(line=self._seen[slug]))
        if any(
            REACHES_A_PERSON.search(row.get(column, ""))
            for column in ("name", "sector_note", "sector_note_es", "what_it_does", "what_it_does_es")
        ):
            self._problems.append(_("the directory is public; take the e-mail address or telephone number out."))
        self._seen[slug] = self._line
        row["slug"] = slug

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        """A line that changes nothing may still be wrong: it is the second one about its organization."""
        found = import_validation_errors or self._problems
        return bool(super().skip_row(instance, original, row, found))

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """One sentence for each thing that is wrong with a line."""
        problems = list(self._problems)
        try:
            super().validate_instance(instance, import_validation_errors, validate_unique)
        except ValidationError as found:
            for field, sentences in found.message_dict.items():
                if self._problems and field in ("name", "slug"):
                    continue  # said above: the line does not say which organization it is about
                plain = field in (NON_FIELD_ERRORS, "sector", "exists_since")
                column = {"url": "website"}.get(field, field)
                problems += [sentence if plain else f"{column}: {sentence}" for sentence in sentences]
        known = self._by_slug.get(instance.slug)
        if (known.exists_since if known else None) != instance.exists_since:
            try:
                not_ahead(instance.exists_since, field="exists_since")
                if known is not None:
                    existed_then(instance, field="exists_since")
            except CoalitionError as problem:
                problems.append(str(problem))
        if problems:
            line = _("Line {line}: {said}")
            raise ValidationError([line.format(line=self._line, said=said) for said in problems])
