"""Forms of the members' area."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm, UsernameField
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coalition.actions.errors import CoalitionError
from coalition.actions.uploads import FileProblems
from coalition.models import Contact, Reply

from .access import contact_of

T = TypeVar("T")


def carried_out(form: forms.BaseForm, act: Callable[..., T], **more: Any) -> T | None:
    """What `act` returns for the values of the form, or None: then the form says why, at the field it is about."""
    if not form.is_valid():
        return None
    try:
        return act(**form.cleaned_data, **more)
    except FileProblems as found:
        form.add_error(None, str(found))
        setattr(form, "problems", found.problems)  # noqa: B010  only a form with a file has them
    except CoalitionError as problem:
        form.add_error(problem.field if problem.field in form.fields else None, str(problem))
    return None


class SignInForm(AuthenticationForm):
    """Lets in whom an organization names as its contact today, and nobody else."""

    username = UsernameField(
        label=_("E-mail"), widget=forms.TextInput(attrs={"autocomplete": "username", "inputmode": "email"})
    )
    error_messages = {
        "invalid_login": _("E-mail and password do not belong together. Capital letters count in the password."),
        "inactive": _("E-mail and password do not belong together. Capital letters count in the password."),
        "staff": _("This account is for the staff area; sign in there."),
        "ended": _("Your organization does not name you as its contact any more, so this account is closed."),
    }

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).lower()

    def confirm_login_allowed(self, user: User) -> None:
        super().confirm_login_allowed(user)
        if contact_of(user) is None:
            reason = "staff" if user.is_staff else "ended"
            raise ValidationError(self.error_messages[reason], code=reason)


def new_password() -> forms.CharField:
    return forms.CharField(
        label=_("New password"),
        help_text=_("At least 15 characters: four or five words that nobody would guess do well."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class NewPasswordForm(SetPasswordForm):
    new_password1 = new_password()


class PasswordForm(PasswordChangeForm):
    new_password1 = new_password()


class LinesField(forms.CharField):
    """A text of several lines. Browsers send two characters for a new line and count one: here it is one."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


class ReplyForm(forms.Form):
    """What the organization says to an assessment. It is read once more before it is sent."""

    text = LinesField(
        label=_("What you reply"),
        max_length=Reply._meta.get_field("text").max_length,
        help_text=_("At most 1,500 characters, about 250 words. The public reads it word for word: write no names."),
        widget=forms.Textarea(attrs={"rows": 9}),
    )


class ContactForm(forms.ModelForm):
    """Another person the organization names. The verb makes the row; the model lends its lengths."""

    class Meta:
        model = Contact
        fields = ("name", "position", "email", "phone")
        help_texts = {
            "name": "",
            "position": "",
            "email": _("Invitations and reminders go there; it is also the name to sign in with."),
            "phone": "",
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "position": forms.TextInput(attrs={"autocomplete": "off"}),
            "email": forms.EmailInput(attrs={"autocomplete": "off"}),
            "phone": forms.TextInput(attrs={"autocomplete": "off", "type": "tel"}),
        }


class LastDayForm(forms.Form):
    until = forms.DateField(
        label=_("Last day as a contact"),
        help_text=_("The person can sign in until the end of this day."),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class FiguresForm(forms.Form):
    """`problems` are the lines that are wrong and why, when the file was refused for them."""

    problems: tuple[tuple[int, str], ...] = ()

    file = forms.FileField(
        label=_("Filled-in template"),
        help_text=_("CSV or Excel (.xlsx), at most 10 MB. Totals of groups only: no names, no student numbers."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )
