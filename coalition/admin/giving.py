"""Contributions and grants: recorded with a form each, listed with what they add up to."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Sum
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coalition.actions import giving
from coalition.models import Contribution, Grant, HeldRole, Organization
from coalition.rules import money

from .acts import Act, ActAdmin, ActForm, Done, field_of
from .ledger_words import dollars
from .lists import NEXT_EDITION, columns
from .sections import Button, link, record_url


class GivenAdmin(ActAdmin):
    """What was given: recorded once, corrected in place; the foot of the list says what it adds up to."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # it is recorded by its act, which asks for what the rules need

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        response = super().changelist_view(request, extra_context)
        context = response.context_data if isinstance(response, TemplateResponse) else None
        if context and "cl" in context:
            context["foot"] = self.foot(context["cl"].queryset)
        return response

    def foot(self, queryset: Any) -> list[tuple[str, str]]:
        """What the rows of the list, as it is filtered, add up to."""
        raise NotImplementedError

    @admin.display(description=gettext_lazy("organization"), ordering="organization__name")
    def of(self, given: Any) -> Any:
        return link(given.organization)


class ContributionForm(ActForm):
    organization = forms.ModelChoiceField(Organization.objects.standing(), label=gettext_lazy("Organization"))
    year = field_of(Contribution, "year")
    kind = field_of(Contribution, "kind")
    what = field_of(Contribution, "what")
    what_es = field_of(Contribution, "what_es")
    team = field_of(Contribution, "team")
    goal = field_of(Contribution, "goal")
    promised = field_of(Contribution, "promised")
    delivered = field_of(Contribution, "delivered")
    valuation = field_of(Contribution, "valuation")
    valuation_es = field_of(Contribution, "valuation_es")


def beyond(given: Contribution) -> str:
    """What to look at again: more may be delivered than was promised, and more often it is a slip."""
    if given.promised is None or given.delivered is None or given.delivered <= given.promised:
        return ""
    sentence = _("More was delivered (%(delivered)s) than promised (%(promised)s). Is that right?")
    return sentence % {"delivered": dollars(given.delivered), "promised": dollars(given.promised)}


def _contribute(_none: None, data: dict[str, Any], by: User) -> Done:
    given = giving.contribute(by=by, **data)
    way = Button(_("Correct it"), record_url(given))
    return Done(
        _("Recorded: %(what)s.") % {"what": given},
        about=(given, given.organization),
        remark=beyond(given),
        then=way,
    )


CONTRIBUTE = Act(
    name="record",
    words=gettext_lazy("Record a contribution"),
    note=NEXT_EDITION,
    permission="coalition.add_contribution",
    form=ContributionForm,
    do=_contribute,
    initial=lambda _none: {"year": timezone.localdate().year},
    whole=True,
)


@admin.register(Contribution)
class ContributionAdmin(GivenAdmin):
    lead = gettext_lazy(
        "What members bring, in money and in kind. An empty amount is not known, and never counted as 0."
    )
    acts = (CONTRIBUTE,)
    resource_classes = columns(
        Contribution, "organization__name", "year", "kind", "what", "team__name", "goal__slug", "promised", "delivered",
        "valuation",
    )  # fmt: skip
    list_display = ("what", "of", "year", "kind", "team", "promised_dollars", "delivered_dollars")
    list_filter = ("year", "kind", "goal", "team", "organization__sector")
    list_select_related = ("organization", "team", "goal")
    search_fields = ("what", "organization__name", "valuation")
    readonly_fields = ("organization", "year", "kind", "team")
    fields = (
        ("organization", "year", "kind", "team"),
        ("what", "what_es"),
        "goal",
        ("promised", "delivered"),
        ("valuation", "valuation_es"),
    )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if beyond(obj):
            self.remark(request, beyond(obj))

    @admin.display(description=gettext_lazy("promised"), ordering="promised")
    def promised_dollars(self, given: Contribution) -> str:
        return dollars(given.promised) or _("not known")

    @admin.display(description=gettext_lazy("delivered"), ordering="delivered")
    def delivered_dollars(self, given: Contribution) -> str:
        return dollars(given.delivered) or _("not known")

    def foot(self, queryset: Any) -> list[tuple[str, str]]:
        total = money.total(queryset)
        lines = [
            (_("Promised"), dollars(total.promised) if total.says_promised else _("not known")),
            (_("Delivered"), dollars(total.delivered) if total.says_delivered else _("not known")),
        ]
        for words, unknown in (
            (_("Promise not known"), total.promised_unknown),
            (_("Delivery not known"), total.delivered_unknown),
        ):
            if unknown:
                lines.append((words, ngettext("%(n)d line", "%(n)d lines", unknown) % {"n": unknown}))
        return lines


class GrantForm(ActForm):
    organization = forms.ModelChoiceField(
        Organization.objects.standing().filter(role_periods__role=HeldRole.PHILANTHROPIC).distinct(),
        label=gettext_lazy("Funder"),
        help_text=gettext_lazy("Public. Organizations that hold or held the role “philanthropic organization”."),
    )
    recipient = field_of(Grant, "recipient")
    year = field_of(Grant, "year")
    purpose = field_of(Grant, "purpose")
    purpose_es = field_of(Grant, "purpose_es")
    goal = field_of(Grant, "goal")
    weighed = field_of(Grant, "weighed")
    weighed_es = field_of(Grant, "weighed_es")
    amount = field_of(Grant, "amount")


def _grant(_none: None, data: dict[str, Any], by: User) -> Done:
    shared = giving.grant(by=by, **data)
    return Done(_("Recorded: %(what)s.") % {"what": shared}, about=(shared, shared.organization))


GRANT = Act(
    name="record",
    words=gettext_lazy("Record a grant"),
    note=NEXT_EDITION,
    permission="coalition.add_grant",
    form=GrantForm,
    do=_grant,
    initial=lambda _none: {"year": timezone.localdate().year},
    whole=True,
)


@admin.register(Grant)
class GrantAdmin(GivenAdmin):
    lead = gettext_lazy("Grants that funders shared of their own accord, each with the goal it serves (commitment F).")
    acts = (GRANT,)
    resource_classes = columns(
        Grant, "organization__name", "recipient", "year", "purpose", "goal__slug", "weighed", "amount"
    )
    list_display = ("purpose", "of", "recipient", "year", "goal", "amount_dollars")
    list_filter = ("year", "goal", "organization")
    list_select_related = ("organization", "goal")
    search_fields = ("purpose", "recipient", "organization__name")
    readonly_fields = ("organization", "year")
    fields = (
        ("organization", "year"),
        "recipient",
        ("purpose", "purpose_es"),
        "goal",
        ("weighed", "weighed_es"),
        "amount",
    )

    @admin.display(description=gettext_lazy("amount"), ordering="amount")
    def amount_dollars(self, given: Grant) -> str:
        return dollars(given.amount) or _("not shared")

    def foot(self, queryset: Any) -> list[tuple[str, str]]:
        amount = queryset.aggregate(sum=Sum("amount"))["sum"]
        unknown = queryset.filter(amount__isnull=True).count()
        lines = [(_("Shared amounts"), dollars(amount) or _("not known"))]
        if unknown:
            lines.append((_("Amount not shared"), ngettext("%(n)d grant", "%(n)d grants", unknown) % {"n": unknown}))
        return lines
