"""The staff area as a test sits down at it: a browser of each role, the addresses, and what a page says."""

from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from allin.roles import ensure_roles


def desk(role: str) -> Client:
    """A browser in which somebody of this role is signed in."""
    user, _created = User.objects.get_or_create(username=role.replace(" ", "-"), defaults={"is_staff": True})
    user.groups.set([ensure_roles()[role]])
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def url(name: str, *args: Any) -> str:
    return reverse(f"admin:coalition_{name}", args=args)


def text(response: Any) -> str:
    found: str = response.content.decode().replace("&#x27;", "'")
    return found
