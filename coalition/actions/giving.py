"""What is recorded of members' giving: money and time, promised and delivered, and grants their funders shared."""

from decimal import Decimal

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coalition.models import ActionTeam, Contribution, Grant, Organization
from coalition.promises import Standing, standings
from coalition.rules.money import Kind
from coalition.rules.roles import Role
from coalition.rules.teams import Step, is_public

from .checking import locked
from .errors import CoalitionError
from .recording import stamp

#: The year of the launch; nothing was given to the coalition before.
FIRST_YEAR = 2016
#: Dollars in one line; more is a slip of the keyboard.
MOST = Decimal(10) ** 9
CENT = Decimal("0.01")


@transaction.atomic
def contribute(
    *,
    organization: Organization,
    year: int,
    kind: str,
    what: str,
    promised: Decimal | None = None,
    delivered: Decimal | None = None,
    valuation: str = "",
    team: ActionTeam | None = None,
    goal: models.Model | None = None,
    what_es: str = "",
    valuation_es: str = "",
    by: User,
) -> Contribution:
    """Records what an organization brings in a year, in dollars; None: nobody has said, which is not 0.

    More may be delivered than was promised. Raises CoalitionError when the year or an amount cannot be, when a value
    in kind does not say how it was reached, or when the team is not approved.
    """
    organization = locked(organization)
    _check_year(year)
    if kind not in set(Kind):
        raise CoalitionError(_("Say whether it is given in money or in kind."), field="kind")
    promised, delivered = _dollars(promised, field="promised"), _dollars(delivered, field="delivered")
    valued = promised is not None or delivered is not None
    if kind == Kind.IN_KIND and valued and not valuation.strip():
        raise CoalitionError(_("Say how the value of what is given in kind was reached."), field="valuation")
    if team is not None and not is_public(Step(step) for step in team.events.values_list("step", flat=True)):
        sentence = _("“{team}” is not approved; until it is, record this for the coalition as a whole.")
        raise CoalitionError(sentence.format(team=team.name), field="team")
    given = Contribution(
        organization=organization,
        year=year,
        kind=kind,
        what=what.strip(),
        what_es=what_es.strip(),
        team=team,
        goal_id=None if goal is None else goal.pk,
        promised=promised,
        delivered=delivered,
        valuation=valuation.strip(),
        valuation_es=valuation_es.strip(),
    )
    stamp(given, by=by)
    given.save(force_insert=True)
    return given


@transaction.atomic
def grant(
    *,
    organization: Organization,
    recipient: str,
    year: int,
    purpose: str,
    goal: models.Model | None = None,
    weighed: str = "",
    amount: Decimal | None = None,
    purpose_es: str = "",
    weighed_es: str = "",
    by: User,
) -> Grant:
    """Records a grant its funder shared of its own accord, in dollars; None: the amount was not shared.

    Raises CoalitionError when the year or the amount cannot be, or the funder was no philanthropic organization of
    the coalition on any day of that year.
    """
    organization = locked(organization)
    _check_year(year)
    _check_funder(organization, year)
    shared = Grant(
        organization=organization,
        recipient=recipient.strip(),
        year=year,
        purpose=purpose.strip(),
        purpose_es=purpose_es.strip(),
        goal_id=None if goal is None else goal.pk,
        weighed=weighed.strip(),
        weighed_es=weighed_es.strip(),
        amount=_dollars(amount, field="amount"),
    )
    stamp(shared, by=by)
    shared.save(force_insert=True)
    return shared


def _check_year(year: int) -> None:
    last = timezone.localdate().year + 1
    if not FIRST_YEAR <= year <= last:
        sentence = _("The year {year} is not between {first} and {last}.")
        raise CoalitionError(sentence.format(year=year, first=FIRST_YEAR, last=last), field="year")


def _check_funder(organization: Organization, year: int) -> None:
    found = standings(year=year, today=timezone.localdate(), organizations=[organization.pk])
    if Role.PHILANTHROPIC not in found.get(organization.pk, Standing()).roles:
        sentence = _("{organization} was not a philanthropic organization of the coalition in {year}.")
        raise CoalitionError(sentence.format(organization=organization, year=year), field="organization")


def _dollars(amount: Decimal | None, *, field: str) -> Decimal | None:
    """The amount in whole cents. Raises CoalitionError for what is no amount of money."""
    if amount is None:
        return None
    if not amount.is_finite():
        raise CoalitionError(_("Write the amount as a number, like 5400 or 5400.50."), field=field)
    if amount < 0:
        raise CoalitionError(_("An amount is not below 0; leave it empty when it is not known."), field=field)
    if amount > MOST:
        raise CoalitionError(_("More than a billion dollars is a slip; look at the amount again."), field=field)
    cents = amount.quantize(CENT)
    if cents != amount:
        raise CoalitionError(_("An amount has no parts of a cent; write two decimals at most."), field=field)
    return abs(cents)  # −0.00 is 0
