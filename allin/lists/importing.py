"""Import in the staff area: a file, a preview of every change, and no copy of the file left anywhere."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportMixin
from import_export.forms import ConfirmImportForm, ImportForm
from import_export.results import Result, RowResult
from import_export.tmp_storages import BaseStorage

from .reading import TableCSV, TableError, check_size
from .resource import faults, fingerprint

#: Seconds for which a preview can be confirmed.
LIFETIME = 24 * 60 * 60


class InThePage(BaseStorage):
    """Keeps a previewed file in the form that confirms it: signed, and nowhere else; its “name” is its content.

    The library's own storages leave it on the server's disk, or in a memory that the next request does not share.
    What was previewed for one list cannot be confirmed for another: `of` is the list's model.
    """

    def __init__(self, *, of: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.salt = f"import.{of}"

    def save(self, data: bytes) -> None:
        self.name = signing.dumps(data.decode("latin-1"), salt=self.salt, compress=True)

    def read(self) -> bytes:
        content: str = signing.loads(self.name, salt=self.salt, max_age=LIFETIME)
        return content.encode("latin-1")

    def remove(self) -> None:
        """There is nothing to remove."""


class TableForm(ImportForm):
    import_file = forms.FileField(
        label=_("File"),
        help_text=_("CSV (UTF-8) or Excel (.xlsx), at most 1 MB. The file of the export comes back in as it went out."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    media = forms.Media()  # one format: no script is needed to guess it

    def clean_import_file(self) -> Any:
        try:
            check_size(self.cleaned_data["import_file"].size)
        except TableError as problem:
            raise ValidationError(str(problem)) from None
        return self.cleaned_data["import_file"]


class ConfirmForm(ConfirmImportForm):
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = of

    def clean_import_file_name(self) -> str:
        content = str(self.cleaned_data["import_file_name"])
        try:
            InThePage(of=self.of, name=content).read()
        except signing.BadSignature:
            raise ValidationError(gettext("This preview is older than a day; send the file again.")) from None
        return content


class TableImport(ImportMixin):
    """For a list with one TableResource: upload, preview, confirm.

    import_lead   above the form: what the file is, and what is not read from it
    import_note   below the names of the columns: what a line is about
    preview_lead  above the preview: when the public will read it
    also_writes   models whose rows an import writes beside those of the list
    """

    import_form_class = TableForm
    confirm_form_class = ConfirmForm
    tmp_storage_class = InThePage
    import_template_name = "admin/lists/import.html"
    import_export_change_list_template = "admin/import_export/change_list_import_export.html"
    import_lead: Any = ""
    import_note: Any = ""
    preview_lead: Any = ""
    also_writes: tuple[str, ...] = ()

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Only who may add and change by hand what the file would."""
        names = (self.opts.model_name, *self.also_writes)
        wanted = [f"{self.opts.app_label}.{act}_{name}" for name in names for act in ("add", "change")]
        return bool(request.user.has_perms(wanted))

    def get_import_formats(self) -> list[Any]:
        (resource,) = self.resource_classes
        return [partial(TableCSV, columns=resource.columns())]

    def get_tmp_storage_class_kwargs(self) -> dict[str, Any]:
        return {"of": self.opts.label_lower}

    def get_confirm_form_kwargs(self, request: HttpRequest, import_form: Any = None) -> dict[str, Any]:
        return {**super().get_confirm_form_kwargs(request, import_form), "of": self.opts.label_lower}

    def get_import_data_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.get("form")
        seen = {"seen": form.cleaned_data["seen"]} if isinstance(form, ConfirmForm) else {}
        return {**super().get_import_data_kwargs(**kwargs), **seen}

    def get_import_context_data(self, **kwargs: Any) -> dict[str, Any]:
        (resource,) = self.resource_classes
        given = super().get_import_context_data(**kwargs)
        words = {name: getattr(self, name) for name in ("import_lead", "import_note", "preview_lead")}
        return {**given, **words, "columns": resource.columns().taken}

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The library's own, but that the page says which list it is, and the form what its preview showed."""
        response = super().import_action(request, **kwargs)
        shown = response.context_data
        shown["title"] = gettext("Import %(list)s") % {"list": self.opts.verbose_name_plural}
        if "confirm_form" in shown:
            shown["confirm_form"].initial["seen"] = fingerprint(shown["result"])
        return response

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """What is written, and that it was, in one."""
        with transaction.atomic():
            return super().process_import(request, **kwargs)

    def add_data_read_fail_error_to_form(self, form: Any, e: Exception) -> None:
        if not isinstance(e, TableError):
            raise e
        form.add_error("import_file", str(e))

    def process_result(self, result: Result, request: HttpRequest) -> HttpResponse:
        """Nothing was written when a line could be taken in the preview and cannot be any more."""
        for problem in faults(result):
            messages.error(request, problem)
        return HttpResponseRedirect("../import/") if faults(result) else super().process_result(result, request)

    def generate_log_entries(self, result: Result, request: HttpRequest) -> None:
        for kind, flag in ((RowResult.IMPORT_TYPE_NEW, ADDITION), (RowResult.IMPORT_TYPE_UPDATE, CHANGE)):
            written = [row.instance for row in result.rows if row.import_type == kind]
            if written:
                LogEntry.objects.log_actions(
                    request.user.pk or 0, written, flag, change_message=gettext("Taken from a file.")
                )

    def add_success_message(self, result: Result, request: HttpRequest) -> None:
        new, changed, same = (result.totals[kind] for kind in ("new", "update", "skip"))
        said = [
            ngettext("%(n)d line is new.", "%(n)d lines are new.", new) % {"n": new},
            ngettext("%(n)d has changed.", "%(n)d have changed.", changed) % {"n": changed},
            ngettext("%(n)d stays as it was.", "%(n)d stay as they were.", same) % {"n": same},
        ]
        messages.success(request, " ".join(said))
