"""The sections of an organization's page, each from its own rows."""

from base64 import b64encode
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from coalition.actions.ledger import stage
from coalition.models import Assessment, Commitment, Organization
from coalition.promises import Promise, Standing, standings
from coalition.rules.ledger import Evidence

from .acts import ActAdmin
from .contacts import END_CONTACT, HAND_OVER, INVITE, NAME_CONTACT, account, is_current
from .ledger_words import STAGES, dollars, visible
from .organization_acts import END_ROLE, GIVE_ROLE, MERGE, REMOVE_LOGO, SET_LOGO, SIGN, TAKE_BACK_ROLE, WITHDRAW
from .sections import Button, Row, Section, day, link, when


def signatures(page: ActAdmin, request: HttpRequest, organization: Organization) -> Section:
    events = organization.signatures.select_related("version__document", "source", "followed_by").order_by("pk")
    rows = []
    for event in events:
        last = not hasattr(event, "followed_by")
        may_withdraw = last and event.kind == event.Kind.SIGNED
        rows.append(
            Row(
                (
                    event.version,
                    event.get_kind_display(),
                    when(event.happened_on, event.happened_text),
                    event.office or event.reason,
                    event.source or "",
                ),
                page.button(request, WITHDRAW, organization, event) if may_withdraw else (),
                over=not may_withdraw,
            )
        )
    heads = (_("Version of the Compact"), _("What happened"), _("When"), _("Office, or reason"), _("Reported in"))
    return Section(
        "signatures",
        _("Signatures"),
        heads,
        rows,
        page.button(request, SIGN, organization),
        empty=_("It has not signed, so no commitment binds it."),
    )


def roles(page: ActAdmin, request: HttpRequest, organization: Organization) -> Section:
    rows = [
        Row(
            (
                capfirst(period.get_role_display()),
                when(period.since, period.since_text),
                day(period.until),
                period.source or "",
            ),
            (
                *page.button(request, END_ROLE, organization, period),
                *page.button(request, TAKE_BACK_ROLE, organization, period),
            ),
            over=not period.stands,
        )
        for period in organization.role_periods.select_related("source")
    ]
    heads = (_("Role"), _("Since"), _("Until"), _("Reported in"))
    return Section(
        "roles", _("Roles"), heads, rows, page.button(request, GIVE_ROLE, organization), empty=_("It holds no role.")
    )


def contacts(page: ActAdmin, request: HttpRequest, organization: Organization) -> Section:
    rows = [
        Row(
            (
                link(contact, contact.name),
                contact.position,
                contact.email,
                contact.phone,
                f"{day(contact.since)} – {day(contact.until)}",
                account(contact),
            ),
            (
                *page.button(request, INVITE, organization, contact),
                *page.button(request, HAND_OVER, organization, contact),
                *page.button(request, END_CONTACT, organization, contact),
            ),
            over=not is_current(contact),
        )
        for contact in organization.contacts.select_related("user")
    ]
    heads = (_("Name"), _("Position"), _("E-mail"), _("Phone"), _("Since – until"), _("Members’ area"))
    return Section(
        "contacts",
        _("Contacts"),
        heads,
        rows,
        page.button(request, NAME_CONTACT, organization),
        note=_("Never public: for the staff and the organization itself."),
        empty=_("No contact is named: nobody can be reminded, and nobody can reply."),
    )


def promises(page: ActAdmin, request: HttpRequest, organization: Organization) -> Section:
    """What binds it, and what is said of it for this year and the last one."""
    today = timezone.localdate()
    years = (today.year - 1, today.year)
    standing = {
        year: standings(year=year, today=today, organizations=[organization.pk]).get(organization.pk, Standing())
        for year in years
    }
    said = visible(request, Assessment.objects.filter(organization=organization, year__in=years))
    words = {(one.commitment_id, one.year): one for one in said.prefetch_related("replies")}
    rows = []
    for commitment in Commitment.objects.select_related("version").order_by("version__number", "position"):
        binding = [year for year in years if Promise(organization, commitment).stands(standing[year])]
        if not binding:
            continue
        cells = [_word(words.get((commitment.pk, year)), year in binding) for year in years]
        judged = commitment.evidence == Evidence.JUDGEMENT
        asked = {"organization": organization.pk, "commitment": commitment.pk, "year": binding[0]}
        way = page.way(request, "assessment_assess", _("Assess"), permission="coalition.add_assessment", **asked)
        rows.append(Row((commitment, *cells), way if judged else ()))
    everything = reverse("admin:coalition_assessment_changelist", query={"organization__id__exact": organization.pk})
    return Section(
        "promises",
        _("Promises"),
        (_("Commitment"), *years),
        rows,
        (Button(_("Everything said of it"), everything), *_derive(page, request)) if rows else (),
        empty=_("No commitment binds it: its signature is missing or withdrawn."),
    )


def _derive(page: ActAdmin, request: HttpRequest) -> tuple[Button, ...]:
    words = _("Derive what rests on data")
    return page.way(request, "assessment_derive", words, permission="coalition.add_assessment")


def _word(word: Assessment | None, binds: bool) -> Any:
    if word is None:
        return _("nothing said yet") if binds else "–"
    at = STAGES[stage(word, on=timezone.localdate())]
    return format_html("{} <small>{}</small>", link(word, word.get_state_display()), at)


def gives(page: ActAdmin, request: HttpRequest, organization: Organization) -> Section:
    given = [
        Row((one.year, link(one, one.what), one.get_kind_display(), dollars(one.promised), dollars(one.delivered)))
        for one in organization.contributions.all()
    ]
    granted = [
        Row((one.year, link(one, f"{one.recipient}: {one.purpose}"), _("grant"), dollars(one.amount), ""))
        for one in organization.grants.all()
    ]
    known = {"organization": organization.pk}
    heads = (_("Year"), _("What"), _("Kind"), _("Promised, or amount"), _("Delivered"))
    buttons = page.way(
        request, "contribution_record", _("Record a contribution"), permission="coalition.add_contribution", **known
    )
    if organization.role_periods.filter(role="philanthropic").exists():
        buttons += page.way(request, "grant_record", _("Record a grant"), permission="coalition.add_grant", **known)
    return Section("gives", _("What it gives"), heads, [*given, *granted], buttons, empty=_("Nothing is recorded."))


def teams(page: ActAdmin, request: HttpRequest, organization: Organization) -> Section:
    rows = [
        Row(
            (
                link(one.team),
                _("leads it") if one.is_lead else _("member"),
                when(one.since, one.since_text),
                day(one.until),
            ),
            over=one.until is not None,
        )
        for one in organization.team_memberships.select_related("team")
    ]
    heads = (_("Action team"), _("As"), _("Since"), _("Until"))
    return Section(
        "teams",
        _("Action teams"),
        heads,
        rows,
        note=_("It joins and leaves on the page of the team."),
        empty=_("It is in no team."),
    )


def programs(page: ActAdmin, request: HttpRequest, organization: Organization) -> Section:
    rows = [
        Row((link(one), day(one.since), day(one.until)), over=one.until is not None)
        for one in organization.programs.all()
    ]
    heads = (_("Program"), _("Since"), _("Until"))
    return Section(
        "programs",
        _("Programs"),
        heads,
        rows,
        page.way(
            request, "program_add", _("Add a program"), permission="coalition.add_program", organization=organization.pk
        ),
        empty=_("None is recorded."),
    )


def record(page: ActAdmin, request: HttpRequest, organization: Organization) -> Section:
    """Its logo, its old addresses, and the way out of the list."""
    stored = organization.logo
    rows = [Row((link(old), f"/coalition/{old.slug}/"), over=True) for old in organization.merged.all()]
    return Section(
        "record",
        _("Logo and record"),
        (_("Merged into this one"), _("Its old address")),
        rows,
        (
            *page.button(request, SET_LOGO, organization),
            *page.button(request, REMOVE_LOGO, organization),
            *page.button(request, MERGE, organization),
        ),
        note="" if stored else _("It has no logo."),
        picture=f"data:{stored.content_type};base64,{b64encode(bytes(stored.data)).decode()}" if stored else "",
    )
