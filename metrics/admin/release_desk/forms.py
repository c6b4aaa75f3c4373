"""Forms of a release, by the names of the verbs they are for: their fields are what the verb asks for."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metrics import publishing
from metrics.models import Release

#: How far ahead a minute can be set: further is a slip of the keyboard.
FURTHEST = timedelta(days=366)


def _sentence(label: Any, help_text: Any, language: str = "en", **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=publishing.SUMMARY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "lang": language}),
        **more,
    )


class SeenForm(forms.Form):
    """What every button sends: the last thing that was done to the release when its page was opened."""

    required_css_class = "required"

    seen = forms.CharField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class WordsForm(SeenForm):
    """The public sentences of a release."""

    summary = _sentence(
        _("What does it change? In English"),
        _("One sentence. Everybody reads it in the list of updates."),
        error_messages={"required": _("Say in one sentence what this release changes.")},
    )
    summary_es = _sentence(_("The same in Spanish"), _("For whoever reads the board in Spanish."), "es", required=False)
    reason = _sentence(
        _("Why do figures change?"),
        _("Public. It stands beside each changed figure that gives no reason of its own."),
        required=False,
    )


class PrepareForm(WordsForm):
    """The sentences, and which release is put right, if one is."""

    amends = forms.ModelChoiceField(
        Release.objects.published(),
        required=False,
        label=_("Does it correct an earlier release?"),
        help_text=_("Public. Both releases then point at each other."),
        empty_label=_("No"),
    )


class AmendForm(SeenForm):
    """Why a release goes back."""

    comment = _sentence(_("Why does it go back?"), _("Your colleagues read it; it is not public."))


class ScheduleForm(SeenForm):
    """A minute in Hartford."""

    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The day in Hartford."),
    )
    time = forms.TimeField(
        label=_("Time"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Hartford’s time (America/New_York)."),
    )

    def clean(self) -> dict[str, Any]:
        """`at` instead of day and time: what clocks skip or show twice names no minute."""
        data: dict[str, Any] = super().clean() or {}
        if "day" not in data or "time" not in data:
            return data
        local = datetime.combine(data.pop("day"), data.pop("time"))
        try:
            data["at"] = from_current_timezone(local)
        except ValidationError:
            raise ValidationError(
                _("Clocks change that night: this time does not exist, or comes twice. Choose another one.")
            ) from None
        if data["at"] > timezone.now() + FURTHEST:
            raise ValidationError(_("This is more than a year away; look at the year again."))
        return data


class WithdrawForm(SeenForm):
    """Why a release is taken back."""

    reason = _sentence(
        _("Why is it withdrawn?"), _("One sentence. It is public where the release was; of a draft only we read it.")
    )


#: Verbs that ask for something, on a page of their own.
ASKED: dict[str, type[SeenForm]] = {
    "describe": WordsForm,
    "amend": AmendForm,
    "schedule": ScheduleForm,
    "withdraw": WithdrawForm,
}


def opened(verb: str, release: Release, seen: str) -> SeenForm:
    """The form of a verb as it is first shown: with what the release says now."""
    now: dict[str, Any] = {"seen": seen}
    if verb == "describe":
        now |= {name: getattr(release, name) for name in ("summary", "summary_es", "reason")}
    if verb == "schedule" and release.publish_at is not None:
        minute = timezone.localtime(release.publish_at)
        now |= {"day": minute.date(), "time": minute.time()}
    return ASKED[verb](initial=now)
