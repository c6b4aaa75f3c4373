"""Signing in to the members' area, and the two ways to a password: an invitation, and the one before."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView, PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _

from coalition.models import Contact

from .access import account, contact_of, member
from .forms import NewPasswordForm, PasswordForm, SignInForm


class SignIn(LoginView):
    """Asks for e-mail and password. After too many wrong ones it says so on the same page."""

    template_name = "members/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        return reverse("members:home")

    def get_redirect_url(self, request: HttpRequest | None = None) -> str:
        """Nowhere, when that is this page: whoever is signed in would be sent here again."""
        url = super().get_redirect_url()
        return "" if url.partition("?")[0] == self.request.path else url

    def form_invalid(self, form: Any) -> HttpResponse:
        if not getattr(self.request, "axes_locked_out", False):
            return super().form_invalid(form)
        # The middleware of django-axes would answer with one bare sentence and no way back.
        setattr(self.request, "axes_locked_out", False)  # noqa: B010  not an attribute of HttpRequest
        return self.render_to_response(self.get_context_data(form=form, locked=True), status=429)


class Invitation(PasswordResetConfirmView):
    """Sets the password of a contact that was invited. The link works once; a wrong one looks like an old one."""

    template_name = "members/invitation.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("members:home")
    reset_url_token = "choose-a-password"  # noqa: S105  a word in the address
    post_reset_login = True
    post_reset_login_backend = "django.contrib.auth.backends.ModelBackend"

    def get_user(self, uidb64: str) -> User | None:
        user = super().get_user(uidb64)
        # An account of the staff is never opened by this door.
        return user if user is not None and not user.is_staff and contact_of(user) else None


@member
def change_password(request: HttpRequest, contact: Contact) -> HttpResponse:
    form = PasswordForm(account(contact), request.POST or None)
    if form.is_valid():
        update_session_auth_hash(request, form.save())
        messages.success(
            request, _("Your password is changed. Wherever else you were signed in, you are not any more.")
        )
        return redirect("members:home")
    return render(request, "members/password.html", {"form": form})
