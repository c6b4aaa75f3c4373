"""A list as a table: first every line of a file is looked at and nothing is written; then all of it is, or nothing."""

import hashlib
import json
from collections.abc import Mapping
from copy import copy
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from import_export import fields, resources
from import_export.results import Error, Result

from .cells import Cell, Reference
from .reading import LINE, Columns, TableError, odd, plain, shown, whole

#: Short names that are compared with the known ones in one file.
MOST_HINTS = 50


def faults(result: Result) -> list[str]:
    """Every sentence that says why a file cannot be taken."""
    said = [error.error for error in result.base_errors]
    said += [error.error for _number, errors in result.row_errors() for error in errors]
    said += [sentence for row in result.invalid_rows for sentence in row.error.messages]
    return [str(sentence) for sentence in said]


def fingerprint(result: Result) -> str:
    """What a preview showed, in a few letters: another preview has the same ones only when it shows the same."""
    rows = [[row.import_type, *map(str, row.diff or ())] for row in result.rows]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


class TableResource(resources.ModelResource):
    """A list whose records are known by a short name that stays: a name that is known is a change, another one is new.

    A rolled-back INSERT can still be read in a database's files, and one savepoint a line is two queries a line. So
    the library's way (write each line, then take all back) is not used: `import_data` looks at the lines, `write`
    writes those that passed. What its lines ask of the database is asked once for a file, in `load`.

    key    the short name: field and column
    told   columns that an export tells and no file changes
    whose  the columns that say what a line is about: of each group one has to be there
    """

    DEFAULT_RESOURCE_FIELD = Cell
    key = "slug"
    told: tuple[str, ...] = ()
    whose: tuple[tuple[str, ...], ...] = (("slug",),)

    class Meta:
        skip_unchanged = True
        report_skipped = True

    @classmethod
    def columns(cls) -> Columns:
        names = str(cls._meta.model._meta.verbose_name_plural)
        return Columns(list_name=names, taken=tuple(cls._meta.import_order), told=cls.told, whose=cls.whose)

    # --- for the subclasses -------------------------------------------------------------------------------------------

    def load(self) -> None:
        """Reads, once for a file, what its lines are compared with."""
        self.by_key: dict[str, Any] = {str(getattr(one, self.key)): one for one in self.standing()}
        self.by_look = {_look(key): key for key in self.by_key}

    def find(self, row: dict[str, str]) -> Any:
        """The record that a line is about; None when it is a new one. What is wrong with that, `self.say` says."""
        key = row[self.key]
        if not key:
            self.say(_("{column}: this cell is empty; it says what the line is about.").format(column=self.key))
            return None
        found = self.by_key.get(key)
        looks_like = self.by_look.get(_look(key))
        if found is None and looks_like is not None:
            sentence = _("{column}: “{value}” is known as “{known}”; write it so.")  # a spreadsheet takes zeros away
            self.say(sentence.format(column=self.key, value=shown(key), known=looks_like))
        elif found is None and (lacks := [name for name in self.needed() if not row.get(name)]):
            near = self.nearest(key)
            sentence = _("{column}: “{value}” is not known, and a new line needs {names}.")
            if near:
                sentence = _("{column}: “{value}” is not known (did you mean “{near}”?), and a new line needs {names}.")
            names = ", ".join(f"“{name}”" for name in lacks)
            self.say(sentence.format(column=self.key, value=shown(key), near=near, names=names))
        self.once(found or _look(key))
        return found

    def check(self, instance: Any, known: Any) -> None:
        """What else would be wrong with a record, beyond its own fields; `known` is how it stands, or None."""

    def write(self, new: list[Any], changed: list[Any]) -> None:
        """Writes what passed, in as few queries for a thousand lines as for one."""
        self._meta.model._default_manager.bulk_create(new)
        if self.touched:
            self._meta.model._default_manager.bulk_update(changed, sorted(self.touched))

    # --- what they may use --------------------------------------------------------------------------------------------

    def standing(self) -> Any:
        """The records as they stand, kept so until a file is in."""
        queryset = self.filter_export(self.get_queryset())
        return queryset if self.preview else queryset.select_for_update(of=("self",))

    def say(self, sentence: str) -> None:
        """Something is wrong with the line that is being looked at."""
        self.problems.append(sentence)

    def nearest(self, key: str) -> str:
        """The known short name nearest to one that is not; comparing is slow, and the first ones of a file tell."""
        self.hints += 1
        return "".join(get_close_matches(key, self.by_key, n=1)) if self.hints <= MOST_HINTS else ""

    def once(self, about: Any) -> None:
        """Two lines about the same thing contradict each other, or one of them is too many."""
        if about in self.seen:
            self.say(_("line {line} is about the same.").format(line=self.seen[about]))
        self.seen.setdefault(about, self.line)

    def needed(self) -> list[str]:
        """The columns without which there is no new record."""
        wanted = {
            one.name
            for one in self._meta.model._meta.concrete_fields
            if not one.blank and not one.has_default() and not one.primary_key
        }
        return [field.column_name for field in self.get_import_fields() if field.attribute in wanted]

    def taken_fields(self) -> list[Any]:
        """The fields whose columns the file has."""
        return [field for field in self.get_import_fields() if field.column_name in self.given]

    # --- the library's steps, in its order ----------------------------------------------------------------------------

    def import_data(
        self, dataset: Any, dry_run: bool = False, seen: str | None = None, user: Any = None, **kwargs: Any
    ) -> Result:
        """All lines or none. `seen` is the fingerprint of the preview that was agreed to."""
        self.preview, self.by = dry_run, user
        self.seen: dict[Any, int] = {}
        self.hints = 0
        self.new: list[Any] = []
        self.changed: list[Any] = []
        self.touched: set[str] = set()  # the fields that differ in any of them
        with transaction.atomic():
            result = super().import_data(dataset, dry_run=False, use_transactions=False, **kwargs)
            _raise_what_is_our_fault(result)
            if not dry_run and not faults(result):
                self._write(result, seen)
        return result

    def _write(self, result: Result, seen: str | None) -> None:
        try:
            if seen is not None and seen != fingerprint(result):
                raise TableError(_("Somebody changed this list after the preview; send the file again."))
            with transaction.atomic():
                self.write(self.new, self.changed)
        except IntegrityError:
            sentence = _("Somebody else wrote into this list at the same moment; send the file again.")
            result.append_base_error(Error(TableError(sentence)))
        except TableError as problem:
            result.append_base_error(Error(problem))

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        self.given = set(dataset.headers)
        for field in self.fields.values():
            if isinstance(field.widget, Reference):
                field.widget.load()
        self.load()

    def after_import(self, dataset: Any, result: Result, **kwargs: Any) -> None:
        """The library counts keys anew here, for files that bring their own; ours do not."""

    def get_import_fields(self) -> list[Any]:
        """Those that a file may change: what is only told is neither read, nor previewed as if it went away."""
        return [field for field in super().get_import_fields() if field.column_name in self._meta.import_order]

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        self.line = int(row.pop(LINE, 0) or kwargs["row_number"] + 1)
        self.problems: list[str] = []
        raw = {name: str(cell or "") for name, cell in row.items()}
        row.update({name: whole(cell) for name, cell in raw.items()})
        self.known = self.find(row)
        strange = [
            f"{field.column_name}: {said}" for field in self.taken_fields() if (said := self._odd(field, raw, row))
        ]
        self.problems = strange or self.problems

    def get_instance(self, instance_loader: Any, row: Any) -> Any:
        """A copy of the record: how it stands is compared with what it would become."""
        return copy(self.known)

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        """A line that changes nothing may still be wrong: it is the second one about its record."""
        return bool(super().skip_row(instance, original, row, import_validation_errors or self.problems))

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """One sentence for each thing that is wrong with a line."""
        columns = {field.attribute: field.column_name for field in self.get_import_fields()}
        if not self.problems:
            misread: Mapping[str, Any] = import_validation_errors or {}
            wrong = _wrong_fields(instance, exclude=misread)
            for name, said in {**wrong, **ValidationError(dict(misread)).message_dict}.items():
                prefix = "" if name == NON_FIELD_ERRORS else f"{columns.get(name, name)}: "
                self.problems += [f"{prefix}{sentence}" for sentence in said]
            self.check(instance, self.known)
        if self.problems:
            line = _("Line {line}: {said}")
            raise ValidationError([line.format(line=self.line, said=said) for said in self.problems])

    def save_instance(self, instance: Any, is_create: bool, row: Any, **kwargs: Any) -> None:
        """Only remembers it: `write` writes, when the whole file has passed."""
        (self.new if is_create else self.changed).append(instance)
        if self.known is not None:
            own = instance._meta.concrete_fields
            self.touched |= {
                one.name for one in own if one.value_from_object(instance) != one.value_from_object(self.known)
            }

    def save_m2m(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """Nothing is written while lines are looked at."""

    def _check_import_id_fields(self, headers: Any) -> None:
        """Said in a sentence already, by the columns of the list."""

    def _odd(self, field: fields.Field, raw: Mapping[str, str], row: Mapping[str, str]) -> str:
        """What is strange about a cell. What stands already may come back in as it went out, whatever it is."""
        named = {one.name: one for one in self._meta.model._meta.concrete_fields}
        several_lines = isinstance(named.get(field.attribute), models.TextField)
        said = odd(raw[field.column_name], several_lines=several_lines)
        stands = bool(said) and self.known is not None and plain(field.export(self.known)) == row[field.column_name]
        return "" if stands else said


def _raise_what_is_our_fault(result: Result) -> None:
    """An error that is no sentence for the person who sent the file belongs into the log, not onto the page."""
    for error in [*result.base_errors, *(one for row in result.rows for one in row.errors)]:
        raise error.error


def _look(key: str) -> str:
    """What two short names have in common that one would take for the same."""
    return key.casefold().lstrip("0")


def _wrong_fields(instance: models.Model, exclude: Mapping[str, Any]) -> dict[str, list[str]]:
    """What a record's own fields find wrong with it, without asking the database.

    Of a reference it is known to be there; that a short name is free, the list has been asked for all lines at once.
    """
    asked = {one.name for one in instance._meta.fields if one.remote_field is not None}
    wrong: dict[str, list[str]] = {}
    try:
        instance.clean_fields(exclude={*exclude, *asked})
        instance.clean()
    except ValidationError as found:
        wrong = dict(found.message_dict)
    for one in instance._meta.fields:
        most = one.max_length if isinstance(one, models.TextField) else None
        if most is not None and len(getattr(instance, one.name) or "") > most and one.name not in wrong:
            # Of a text area Django leaves the length to forms.
            wrong[one.name] = [_("This is longer than {most} letters.").format(most=most)]
    return wrong
