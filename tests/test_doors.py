"""Every address of the board that has no table of its own, and whom it lets in: one that is new fails until it is here.

The coalition's part of the back office is in tests/coalition/test_admin_roles.py, the members' area and the form for
those who would like to join in tests/portal/test_matrix.py.
"""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse

from tests.coalition.desk import desk

pytestmark = pytest.mark.django_db

ENTRY, PUBLISHER, COMMITTEE = "data entry", "publisher", "committee"
ROLES = (ENTRY, PUBLISHER, COMMITTEE)
ALL, DESK, NOBODY = {*ROLES}, {ENTRY, PUBLISHER}, set[str]()
ELSEWHERE = ("admin:coalition_", "members:", "interest:")

#: Anybody, signed in or not. What they show comes through the doors of published figures and editions.
PUBLIC = {
    "dashboard:home", "dashboard:goal", "dashboard:figure", "dashboard:report_card", "dashboard:gaps",
    "dashboard:how_to_read", "dashboard:indicators", "dashboard:indicator", "healthz", "readyz",
    "coalition:coalition", "coalition:organization", "coalition:logo", "coalition:compact", "coalition:ledger",
    "coalition:teams", "coalition:team", "coalition:plan", "coalition:contributions", "coalition:programs",
    "coalition:program", "about:privacy", "record:changes", "record:figure", "data:changes", "data:robots",
    "data:sitemap", "data:figures", "data:figures_json", "data:figures_xlsx", "data:bundle", "data:dictionary",
    "data:package", "data:on_the_web", "data:api", "data:openapi", "data:api_table", "dashboard:data",
    "history:updates", "history:corrections", "history:corrections_csv", "history:atom", "history:json",
    "history:history", "history:releases", "history:story", "history:story_picture", "about:accessibility",
    "dashboard:pipeline", "dashboard:methods", "dashboard:glossary", "dashboard:search", "dashboard:embed",
    "dashboard:goal_svg", "dashboard:goal_png", "dashboard:goal_card", "dashboard:indicator_figure",
    "dashboard:indicator_svg", "dashboard:indicator_png", "dashboard:indicator_card", "data:oembed",
}  # fmt: skip
#: Who may look at the rows of each model of figures, and who may add one.
LISTS: dict[str, tuple[set[str], set[str]]] = {
    "batch": (DESK, NOBODY),
    "observation": (DESK, {ENTRY}),
    "publishedcell": (ALL, NOBODY),
    "release": (ALL, NOBODY),
    "releaseact": (DESK, NOBODY),
    "story": (DESK, DESK),
    **dict.fromkeys(("dimension", "goal", "group", "indicator", "place", "source"), (ALL, {PUBLISHER})),
}
#: What comes in as a table as well.
TABLES = ("group", "indicator", "place", "source")
OWN = {
    **{f"metrics_{model}_import": {PUBLISHER} for model in TABLES},
    **{f"metrics_{model}_process_import": NOBODY for model in TABLES},  # it is sent, never asked for
    # They are sent, never asked for.
    **dict.fromkeys(
        ("metrics_batch_decide", "metrics_batch_undo", "metrics_batch_spelling", "metrics_batch_places"), NOBODY
    ),
    "metrics_batch_refused": DESK,
    "metrics_observation_reading": NOBODY,  # who sent the file, and it is nobody's
    "metrics_observation_import": {ENTRY},
    "metrics_observation_process_import": NOBODY,
    "metrics_release_next": ALL,  # from its review on the committee may look, too
    "metrics_release_act": NOBODY,  # no act of that name; which there are: tests/releases_desk
    "metrics_release_withdraw": {PUBLISHER},
    # There is no story here; who may do what with one: tests/dashboard/test_stories.py.
    **dict.fromkeys(
        (f"dashboard_story_{act}" for act in ("change", "history", "look", "picture", "publish", "withdraw")), NOBODY
    ),
    "index": ALL,
    "spanish": ALL,  # of each kind of thing as far as they may see it
    "jsi18n": ALL,
    "password_change": ALL,
    "password_change_done": ALL,
    "autocomplete": NOBODY,
    "view_on_site": NOBODY,
    "logout": NOBODY,  # it is sent, never asked for
}
#: Accounts and failed tries are the administrator's.
ADMINISTRATOR = ("auth_", "axes_")
UNNAMED = {"admin:None", "admin:login", "admin:app_list"}  # the way in, one app's part of the index, the rest is 404


def names() -> list[str]:
    def walk(resolver: URLResolver, space: str) -> Iterator[str]:
        for one in resolver.url_patterns:
            if isinstance(one, URLResolver):
                yield from walk(one, f"{space}{one.namespace}:" if one.namespace else space)
            else:
                yield f"{space}{one.name}"

    return sorted({name for name in walk(get_resolver(), "") if not name.startswith(ELSEWHERE)})


def readers(name: str) -> set[str] | None:
    """The roles that an address of the staff area lets in; None: no table knows it."""
    if name in OWN:
        return OWN[name]
    if name.startswith(ADMINISTRATOR):
        return NOBODY
    _app, _, rest = name.partition("_")
    model, _, act = rest.rpartition("_")
    if model not in LISTS:
        return None
    look, add = LISTS[model]
    return {"add": add, "delete": NOBODY, **dict.fromkeys(("changelist", "change", "history", "export"), look)}.get(act)


def address(name: str) -> str:
    for arguments in ([], ["1"], ["1", "1"], [str(UUID(int=0))]):
        try:
            return reverse(name, args=arguments)
        except NoReverseMatch:
            continue
    raise AssertionError(name)


STAFF = [name for name in names() if name.startswith("admin:") and name not in UNNAMED]


def test_every_address_is_in_a_table() -> None:
    others = {name for name in names() if not name.startswith("admin:")}
    assert others == PUBLIC
    assert [name for name in STAFF if readers(name.removeprefix("admin:")) is None] == []


@pytest.fixture
def clients() -> dict[str, Client]:
    return {role: desk(role) for role in ROLES}


@pytest.mark.parametrize("name", STAFF)
def test_each_role_gets_in_where_the_table_says_and_nobody_else_at_all(name: str, clients: dict[str, Client]) -> None:
    path = address(name)
    assert {role for role, client in clients.items() if client.get(path).status_code == 200} == readers(
        name.removeprefix("admin:")
    )
    member = Client()
    member.force_login(User.objects.create_user("no-staff"), backend="django.contrib.auth.backends.ModelBackend")
    for stranger in (Client(), member):
        for answer in (stranger.get(path), stranger.post(path)):
            assert answer.status_code == 302, name
            assert answer["Location"].startswith(("/staff/login/", "/staff/")), name
