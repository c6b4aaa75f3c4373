"""What staff do on the page of an organization: roles, signatures, logo, and making two records one."""

import re
from functools import cached_property
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coalition.actions import merging, organizations, signatures
from coalition.files import MAX_LOGO, MEGABYTE
from coalition.models import CompactVersion, Organization, RolePeriod, Signature

from .acts import Act, ActForm, Done, SizedFileField, field_of
from .lists import NEXT_EDITION
from .sections import day, record_url

#: A key as an address can hold one.
PK = re.compile(r"\d{1,18}", re.ASCII)


def stands(organization: Organization) -> bool:
    return organization.merged_into_id is None


# --- Roles ------------------------------------------------------------------------------------------------------------


class RoleForm(ActForm):
    role = field_of(RolePeriod, "role")
    since = field_of(RolePeriod, "since")
    since_text = field_of(RolePeriod, "since_text")
    source = field_of(RolePeriod, "source")


class EndRoleForm(ActForm):
    until = field_of(RolePeriod, "until", required=True)


def _give_role(organization: Organization, data: dict[str, Any], by: User) -> Done:
    period = organizations.give_role(organization=organization, by=by, **data)
    words = _("%(organization)s: %(role)s.")
    return Done(words % {"organization": organization, "role": period.get_role_display()})


def _end_role(period: RolePeriod, data: dict[str, Any], by: User) -> Done:
    period = organizations.end_role(period=period, by=by, **data)
    return Done(_("%(role)s until %(day)s.") % {"role": capfirst(period.get_role_display()), "day": day(period.until)})


def _take_back_role(period: RolePeriod, data: dict[str, Any], by: User) -> Done:
    organizations.take_back_role(period=period, by=by)
    words = _("“%(role)s” is taken out; it was recorded by mistake.")
    return Done(words % {"role": capfirst(period.get_role_display())}, about=(period.organization,))


GIVE_ROLE = Act(
    name="give-role",
    words=gettext_lazy("Give a role"),
    note=NEXT_EDITION,
    permission="coalition.add_roleperiod",
    form=RoleForm,
    do=_give_role,
    offered=stands,
)
END_ROLE = Act(
    name="end-role",
    words=gettext_lazy("End"),
    note=gettext_lazy("That it held the role stays on its page, with both days."),
    permission="coalition.change_roleperiod",
    form=EndRoleForm,
    do=_end_role,
    parts=lambda organization: organization.role_periods.all(),
    offered=lambda period: period.until is None or period.until >= timezone.localdate(),
)
TAKE_BACK_ROLE = Act(
    name="take-back-role",
    words=gettext_lazy("Recorded by mistake"),
    note=gettext_lazy(
        "Only when the organization never held this role: the line goes, and the history of the organization says so. "
        "The public sees it no more from the next edition on. A role that was held is ended instead."
    ),
    permission="coalition.delete_roleperiod",
    do=_take_back_role,
    parts=lambda organization: organization.role_periods.select_related("organization"),
    grave=True,
)

# --- Signatures -------------------------------------------------------------------------------------------------------


class SignForm(ActForm):
    version = field_of(Signature, "version", queryset=CompactVersion.objects.open())
    on = field_of(Signature, "happened_on")
    text = field_of(Signature, "happened_text")
    office = field_of(Signature, "office")
    source = field_of(Signature, "source")


class WithdrawForm(ActForm):
    on = field_of(Signature, "happened_on")
    text = field_of(Signature, "happened_text")
    reason = field_of(Signature, "reason")


def _sign(organization: Organization, data: dict[str, Any], by: User) -> Done:
    event = signatures.sign(organization=organization, by=by, **data)
    words = _("The signature of %(organization)s under version %(number)s is recorded.")
    return Done(words % {"organization": organization, "number": event.version.number})


def _withdraw(signed: Signature, data: dict[str, Any], by: User) -> Done:
    signatures.withdraw(organization=signed.organization, version=signed.version, by=by, **data)
    words = _("%(organization)s has withdrawn its signature under version %(number)s; that it signed stays on record.")
    return Done(words % {"organization": signed.organization, "number": signed.version.number})


SIGN = Act(
    name="sign",
    words=gettext_lazy("Record a signature"),
    note=NEXT_EDITION,
    permission="coalition.add_signature",
    form=SignForm,
    do=_sign,
    offered=stands,
    initial=lambda _organization: {"version": CompactVersion.objects.filter(is_current=True).first()},
)
WITHDRAW = Act(
    name="withdraw",
    words=gettext_lazy("Withdraw"),
    note=gettext_lazy(
        "The organization takes its signature back. Nothing is deleted: that it signed, and that it withdrew, both "
        "become public with the next edition, not before."
    ),
    permission="coalition.add_signature",
    form=WithdrawForm,
    do=_withdraw,
    parts=lambda organization: organization.signatures.standing().select_related("organization", "version"),
    grave=True,
)

# --- Logo -------------------------------------------------------------------------------------------------------------


class LogoForm(ActForm):
    file = SizedFileField(
        most=MAX_LOGO,
        label=gettext_lazy("Picture"),
        help_text=format_lazy(gettext_lazy("Public. PNG or JPEG, at most {most} MB."), most=MAX_LOGO // MEGABYTE),
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg"}),
    )


def _set_logo(organization: Organization, data: dict[str, Any], by: User) -> Done:
    file = data["file"]
    organizations.set_logo(organization=organization, name=file.name, data=file.read(), by=by)
    return Done(_("The logo of %(organization)s is in.") % {"organization": organization})


def _remove_logo(organization: Organization, data: dict[str, Any], by: User) -> Done:
    organizations.remove_logo(organization=organization, by=by)
    return Done(_("%(organization)s has no logo any more.") % {"organization": organization})


SET_LOGO = Act(
    name="set-logo",
    words=gettext_lazy("Put a logo in"),
    note=NEXT_EDITION,
    permission="coalition.change_organization",
    form=LogoForm,
    do=_set_logo,
    offered=stands,
)
REMOVE_LOGO = Act(
    name="remove-logo",
    words=gettext_lazy("Take the logo away"),
    note=NEXT_EDITION,
    permission="coalition.change_organization",
    do=_remove_logo,
    offered=lambda organization: stands(organization) and organization.logo_id is not None,
    grave=True,
)

# --- Two records of one organization ----------------------------------------------------------------------------------


class MergeForm(ActForm):
    """First which one, by the address; then what moves, and the button."""

    into = forms.ModelChoiceField(Organization.objects.standing(), label=gettext_lazy("The record that stays"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Organization.objects.standing().exclude(pk=self.target.pk)
        self.fields["into"].widget.choices = [("", "---------"), *((one.pk, one.name) for one in others)]

    @cached_property
    def chosen(self) -> Organization | None:
        """The record that stays, once somebody has said which."""
        asked = str(self["into"].value() or "")
        found = Organization.objects.standing().filter(pk=int(asked)) if PK.fullmatch(asked) else None
        return found.first() if found is not None else None

    @cached_property
    def moves(self) -> list[tuple[Any, int]]:
        """What would move, and how many rows of it."""
        found = [
            (relation.related_model, relation.related_model._base_manager.filter(**{relation.field.name: self.target}))
            for relation in merging.relations()
        ]
        return [(capfirst(model._meta.verbose_name_plural), rows.count()) for model, rows in found if rows.exists()]


def _merge(duplicate: Organization, data: dict[str, Any], by: User) -> Done:
    organizations.merge(duplicate=duplicate, into=data["into"], by=by)
    words = _("%(old)s is an old address of %(organization)s now.") % {"old": duplicate, "organization": data["into"]}
    return Done(words, about=(duplicate,), url=record_url(data["into"]))


MERGE = Act(
    name="merge",
    words=gettext_lazy("Merge into another record"),
    note=gettext_lazy("When one organization is in the list twice. This cannot be undone."),
    permission="coalition.merge_organization",
    form=MergeForm,
    do=_merge,
    offered=stands,
    grave=True,
    template="admin/coalition/merge.html",
)
