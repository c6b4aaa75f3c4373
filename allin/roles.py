"""Who may do what in the staff area: one list of roles with their permissions, written down once."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

READ = ["metrics.view_*", "coalition.view_*"]

DEFINITIONS = (
    "indicator", "goal", "goalstatement", "group", "groupalias", "place", "placealias", "source", "dimension",
)  # fmt: skip

#: Role → permissions. A star stands for every model of the app.
ROLES = {
    "data entry": [*READ, "metrics.add_observation", "metrics.add_batch", "metrics.accept_batch"],
    "publisher": [
        *READ,
        "metrics.publish_release",
        "metrics.accept_batch",
        *(f"metrics.{act}_{model}" for act in ("add", "change") for model in DEFINITIONS),
        "coalition.add_*",
        "coalition.change_*",
    ],
    # Nothing that is not public yet, and no figure that was withheld: what was published, and in which words.
    "committee": [
        *(f"metrics.view_{model}" for model in ("release", "publishedcell", *DEFINITIONS)),
        "coalition.view_*",
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
