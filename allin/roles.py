"""Who may do what in the staff area: one list of roles with their permissions, written down once."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

READ = ["metrics.view_*", "coalition.view_*", "dashboard.view_story"]

STORIES = ("dashboard.add_story", "dashboard.change_story")
#: What staff type in of the coalition: facts and drafts. Nothing of it is public before a publisher shows it.
FACTS = (
    "organization", "roleperiod", "contact", "document", "signature", "assessment", "meeting", "attendance",
    "actionteam", "teamevent", "teammembership", "strategy", "strategyevent", "milestone", "resource", "plan",
    "contribution", "grant", "program", "programstep", "interest",
)  # fmt: skip
#: What a slip of the keyboard may be taken out of again; everything else is ended, merged, replaced or returned.
DELETABLE = (
    "roleperiod", "meeting", "strategy", "milestone", "resource", "plan", "contribution", "grant", "document",
)  # fmt: skip
#: Of the coalition, what the Steering Committee reads: neither persons, nor files, nor what waits for a reply.
SHOWN_TO_COMMITTEE = (
    "organization", "roleperiod", "document", "compactversion", "commitment", "signature", "assessment", "meeting",
    "attendance", "actionteam", "teamevent", "teammembership", "strategy", "strategyevent", "milestone", "resource",
    "plan", "contribution", "grant", "program", "programstep", "edition",
)  # fmt: skip

DEFINITIONS = (
    "indicator", "goal", "goalstatement", "group", "groupalias", "place", "placealias", "source", "dimension",
)  # fmt: skip

#: Role → permissions. A star stands for every model of the app.
ROLES = {
    "data entry": [
        *READ,
        "metrics.add_observation",
        "metrics.add_batch",
        "metrics.accept_batch",
        "metrics.prepare_release",
        "metrics.preview_release",
        *(f"coalition.{act}_{model}" for act in ("add", "change") for model in FACTS),
        *STORIES,
    ],
    "publisher": [
        *READ,
        "metrics.prepare_release",
        "metrics.approve_release",
        "metrics.publish_release",
        "metrics.preview_release",
        "metrics.accept_batch",
        *(f"metrics.{act}_{model}" for act in ("add", "change") for model in DEFINITIONS),
        "coalition.add_*",
        "coalition.change_*",
        "coalition.publish_edition",
        "coalition.release_assessment",
        "coalition.decide_upload",
        "coalition.decide_actionteam",
        "coalition.hand_over_invitation",
        "coalition.merge_organization",
        *(f"coalition.delete_{model}" for model in DELETABLE),
        *STORIES,
        "dashboard.publish_story",
    ],
    # No figure that was withheld, no person, no word an organization may still reply to: what was published, and the
    # coalition's own affairs, which the Steering Committee decides.
    "committee": [
        *(f"metrics.view_{model}" for model in ("release", "publishedcell", *DEFINITIONS)),
        "metrics.preview_release",
        *(f"coalition.view_{model}" for model in SHOWN_TO_COMMITTEE),
    ],
}  # fmt: skip


def permissions(names: list[str]) -> list[Permission]:
    """The permissions that these names stand for."""
    wanted = Q(pk__in=[])
    for name in names:
        app, codename = name.split(".")
        match = {"codename__startswith": codename[:-1]} if codename.endswith("*") else {"codename": codename}
        wanted |= Q(content_type__app_label=app, **match)
    return list(Permission.objects.filter(wanted))


def ensure_roles() -> dict[str, Group]:
    """Makes every role, or brings it back to what is written here."""
    groups = {}
    for role, names in ROLES.items():
        groups[role], _created = Group.objects.get_or_create(name=role)
        groups[role].permissions.set(permissions(names))
    return groups
