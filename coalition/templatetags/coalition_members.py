"""What the members' pages say of the staff."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def staff_address() -> str:
    """The e-mail address of the coalition's staff, or nothing where none is set."""
    return str(settings.CONTACT_EMAIL)
