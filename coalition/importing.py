"""The directory's import in the staff area: a preview first, and no copy of the file left anywhere."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from import_export.admin import ImportMixin
from import_export.forms import ConfirmImportForm, ImportForm
from import_export.tmp_storages import BaseStorage

from coalition.actions.errors import CoalitionError
from coalition.files import MEGABYTE, check_size
from coalition.resources import COLUMNS, DirectoryCSV, OrganizationResource

MAX_DIRECTORY = 1 * MEGABYTE
#: Seconds for which a preview can be confirmed.
LIFETIME = 24 * 60 * 60


class InThePage(BaseStorage):
    """Keeps a previewed file in the form that confirms it: signed, and nowhere else; its “name” is its content.

    The library's own storages leave it on the server's disk, or in a memory that the next request does not share.
    """

    salt = "coalition.directory"

    def save(self, data: bytes) -> None:
        self.name = signing.dumps(data.decode("latin-1"), salt=self.salt, compress=True)

    def read(self) -> bytes:
        content: str = signing.loads(self.name, salt=self.salt, max_age=LIFETIME)
        return content.encode("latin-1")

    def remove(self) -> None:
        """There is nothing to remove."""


class DirectoryForm(ImportForm):
    import_file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV (UTF-8), at most 1 MB. The file of the export comes back in as it went out; from Excel, save it as "
            "“CSV UTF-8”."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv"}),
    )
    media = forms.Media()  # one format: no script is needed to guess it

    def clean_import_file(self) -> Any:
        try:
            check_size(self.cleaned_data["import_file"].size, MAX_DIRECTORY)
        except CoalitionError as problem:
            raise ValidationError(str(problem)) from None
        return self.cleaned_data["import_file"]


class ConfirmForm(ConfirmImportForm):
    def clean_import_file_name(self) -> str:
        content = str(self.cleaned_data["import_file_name"])
        try:
            InThePage(name=content).read()
        except signing.BadSignature:
            raise ValidationError(_("This preview is older than a day; send the file again.")) from None
        return content


class DirectoryImport(ImportMixin):
    """For the list of organizations: upload, preview, confirm."""

    resource_classes = (OrganizationResource,)
    import_form_class = DirectoryForm
    confirm_form_class = ConfirmForm
    tmp_storage_class = InThePage
    import_formats = (DirectoryCSV,)

    def get_export_formats(self) -> list[Any]:
        """Only what comes back in."""
        return [one for one in super().get_export_formats() if one().get_extension() == "csv"]

    def get_import_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_import_context_data(**kwargs), "columns": COLUMNS}

    def has_import_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perms(["coalition.add_organization", "coalition.change_organization"])

    def add_data_read_fail_error_to_form(self, form: Any, e: Exception) -> None:
        if not isinstance(e, CoalitionError):
            raise e
        form.add_error("import_file", str(e))

    def process_result(self, result: Any, request: HttpRequest) -> HttpResponse:
        """Nothing was written when a line could be taken in the preview and cannot be any more."""
        problems = [error.error for error in result.base_errors]
        problems += [sentence for row in result.invalid_rows for sentence in row.error.messages]
        problems += [error.error for _line, errors in result.row_errors() for error in errors]
        if not problems:
            return super().process_result(result, request)
        for problem in problems:
            messages.error(request, str(problem))
        return HttpResponseRedirect("../import/")

    def add_success_message(self, result: Any, request: HttpRequest) -> None:
        new, changed, same = (result.totals[kind] for kind in ("new", "update", "skip"))
        said = [
            ngettext("%(n)d organization is new.", "%(n)d organizations are new.", new) % {"n": new},
            ngettext("%(n)d has changed.", "%(n)d have changed.", changed) % {"n": changed},
            ngettext("%(n)d stays as it was.", "%(n)d stay as they were.", same) % {"n": same},
        ]
        messages.success(request, " ".join(said))
