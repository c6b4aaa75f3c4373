"""Forms of the staff area. Figures are typed as text and checked by the same rules as files."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from metrics.intake import actions, by_hand, readers, uploads
from metrics.models import Observation


class UploadForm(forms.Form):
    """Takes the place of the import form; the kind of file is seen from its content."""

    import_file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV or Excel (.xlsx), at most 32 MB, just as it was downloaded. The board sees by itself what it is."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.gz"}),
    )

    def __init__(self, formats: Any, resources: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.resources = resources  # import-export's page lists the columns from them

    def clean_import_file(self) -> Any:
        upload = self.cleaned_data["import_file"]
        try:
            readers.check_size(upload.size, uploads.MAX_BYTES)
        except readers.UnreadableFile as problem:
            raise ValidationError(problem.sentence(gettext)) from None
        return upload


class FigureForm(forms.ModelForm):
    """One figure entered or corrected by hand."""

    value = forms.CharField(
        label=_("Value"), required=False, help_text=_("As the source prints it: 85.3. Leave empty when there is none.")
    )
    numerator = forms.CharField(
        label=_("Numerator"), required=False, help_text=_("Students counted, if the source says.")
    )
    denominator = forms.CharField(label=_("Denominator"), required=False, help_text=_("Out of how many students."))
    period = forms.CharField(label=_("Year"), help_text=_("2025, or 2024-25 for a school year."))
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())
    reason = forms.CharField(
        label=_("Why does it change?"),
        required=False,
        max_length=actions.REASON_LENGTH,
        help_text=_("Needed when this figure stands already. It is shown in the public revision history."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    class Meta:
        model = Observation
        fields = (
            "indicator", "place", "group", "period", "status", "value",
            "numerator", "denominator", "source", "note", "reason", "seen",
        )  # fmt: skip

    def cells(self) -> dict[str, str]:
        """The figure as a line of the tidy layout."""
        data = self.cleaned_data
        return {
            "indicator": data["indicator"].slug,
            "place": data["place"].code,
            "group": data["group"].slug,
            "source": data["source"].slug,
            **{name: data[name] for name in ("period", "status", "value", "numerator", "denominator", "note")},
        }

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not self.errors:
            try:
                by_hand.examine(cells=self.cells(), reason=data["reason"], seen=data["seen"])
            except actions.ReasonMissing as problem:
                self.add_error("reason", str(problem))
            except actions.IntakeError as problem:
                raise ValidationError(str(problem)) from None
        return data

    def _post_clean(self) -> None:
        """The model's own validation is skipped: the texts are checked above, and the action makes the row."""


class ReasonForm(forms.Form):
    """Why a batch is accepted or discarded, and which large changes were checked."""

    reason = forms.CharField(required=False, max_length=actions.REASON_LENGTH, widget=forms.Textarea(attrs={"rows": 2}))

    def ticked(self, data: QueryDict) -> list[int]:
        """The keys of the changes that were ticked."""
        return [int(key) for key in data.getlist("checked") if key.isascii() and key.isdigit()]
