"""Who gets into the members' area: the current contact of an organization, asked anew with every request."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.views.decorators.cache import never_cache

from coalition.models import Contact

View = Callable[..., HttpResponse]


def contact_of(user: User | AnonymousUser) -> Contact | None:
    """The contact that `user` signs in as, while its organization stands by it. One query."""
    return Contact.objects.current().select_related("organization", "user").filter(user=user.pk).first()


def account(contact: Contact) -> User:
    """The account of a contact who is signed in, and so has one."""
    if contact.user is None:
        raise PermissionDenied
    return contact.user


def member(view: View) -> View:
    """A page of the members' area: `view(request, contact, …)`. Nobody keeps it, and nobody else gets it.

    Whoever is not signed in is asked to; staff who are nobody's contact go to their own area; a contact whose last
    day is over is signed out on the spot.
    """

    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("members:sign_in"))
        contact = contact_of(request.user)
        if contact is not None:
            return view(request, contact, *args, **kwargs)
        if request.user.is_staff:
            return redirect("admin:index")
        logout(request)
        return render(request, "members/ended.html", status=403)

    return answer


def invitation_path(user: User) -> str:
    """The address at which `user` sets a password, once: using it or waiting too long makes it void."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("members:invitation", args=[uid, default_token_generator.make_token(user)])
