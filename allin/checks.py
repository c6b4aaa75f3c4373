"""What `manage.py check --deploy` asks of an installation beside Django's own questions."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def ready_for_the_public(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    questions = [
        (settings.DEBUG, "DEBUG is on.", "Unset DEBUG: error pages would show code and values.", "E001"),
        (
            settings.ADMIN_PATH == "admin/",
            "The staff area is at /admin/.",
            "Set ADMIN_PATH to something else, like “staff/”: every robot tries this one.",
            "E002",
        ),
        (len(settings.SECRET_KEY) < 50, "SECRET_KEY is short.", "Use 50 random characters or more.", "E003"),
        (not settings.HTTPS, "HTTPS is off.", "Unset HTTPS: passwords and sessions would travel in the open.", "E004"),
    ]
    return [Error(message, hint=hint, id=f"allin.{code}") for wrong, message, hint, code in questions if wrong]
