"""In the staff's review of a file: what the public would read, in the public's own words."""

from collections.abc import Sequence

from django import template

from dashboard.pages.outlook import OutlookPart, outlook_part
from metrics.published import GoalOutlook

register = template.Library()


@register.simple_tag
def public_outlook(outlook: Sequence[GoalOutlook]) -> OutlookPart:
    return outlook_part(outlook)
