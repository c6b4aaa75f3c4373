"""How a word is said of a promise: by somebody who judges, or by the data."""

import re
from functools import cached_property
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coalition import files
from coalition.actions import ledger
from coalition.models import Assessment, Commitment, Organization, Signature, State
from coalition.promises import Promise, Standing, standings
from coalition.rules.ledger import Evidence

from .acts import Act, ActForm, Done, SizedFileField, field_of
from .ledger_words import MEANINGS, promise
from .sections import record_url

#: A key or a year as an address can hold one.
NUMBER = re.compile(r"\d{1,18}", re.ASCII)
#: Who can have been bound by anything.
SIGNERS = Organization.objects.standing().filter(pk__in=Signature.objects.values("organization"))

# --- Say a word -------------------------------------------------------------------------------------------------------


class AssessForm(ActForm):
    """First which organization and year, by the address; then only what binds it and somebody has to judge."""

    organization = forms.ModelChoiceField(
        SIGNERS,
        label=gettext_lazy("Organization"),
    )
    year = field_of(Assessment, "year", min_value=2016)
    commitment = forms.ModelChoiceField(
        Commitment.objects.select_related("version"),
        label=gettext_lazy("Commitment"),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    state = field_of(Assessment, "state", widget=forms.RadioSelect)
    evidence = field_of(Assessment, "evidence")
    evidence_url = field_of(Assessment, "evidence_url")
    file = SizedFileField(
        most=files.MAX_EVIDENCE,
        label=gettext_lazy("File"),
        required=False,
        help_text=format_lazy(
            gettext_lazy(
                "Private: for the staff and the organization; the public reads that there is one. PDF, PNG or JPEG, "
                "at most {most} MB."
            ),
            most=files.MAX_EVIDENCE // files.MEGABYTE,
        ),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )
    reason = field_of(
        Assessment,
        "reason",
        help_text=gettext_lazy("Needed when something is said of this promise and year already. Public."),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["state"].choices = [
            (state.value, format_lazy("{state}: {meaning}", state=State(state.value).label, meaning=meaning))
            for state, meaning in MEANINGS.items()
        ]
        fields["commitment"].widget.choices = [(one.pk, str(one)) for one in self.offered]
        if len(self.offered) == 1:
            self.initial.setdefault("commitment", self.offered[0].pk)

    def _asked(self, name: str) -> int | None:
        asked = str(self[name].value() or "")
        return int(asked) if NUMBER.fullmatch(asked) else None

    @cached_property
    def chosen(self) -> Organization | None:
        """Whom it is about, once somebody has said so, with a year."""
        year = self._asked("year")
        if year is None or not 2016 <= year <= timezone.localdate().year:
            return None
        return SIGNERS.filter(pk=self._asked("organization") or 0).first()

    @cached_property
    def offered(self) -> list[Commitment]:
        """The commitments that bind it in that year and rest on a judgement."""
        year, organization = self._asked("year"), self.chosen
        if organization is None or year is None:
            return []
        found = standings(year=year, today=timezone.localdate(), organizations=[organization.pk])
        standing = found.get(organization.pk, Standing())
        judged = Commitment.objects.filter(evidence=Evidence.JUDGEMENT.value)
        asked = judged.select_related("version").order_by("position")
        if self._asked("seen"):  # another word is said of one promise: the others are not asked for
            asked = asked.filter(pk=self._asked("commitment") or 0)
        return [one for one in asked if Promise(organization, one).stands(standing)]

    @cached_property
    def said(self) -> QuerySet[Assessment]:
        """What is said of it in that year already."""
        words = Assessment.objects.current().filter(organization=self.chosen, year=self._asked("year") or 0)
        return words.select_related("commitment", "organization").order_by("commitment__position")


def _assess(_none: None, data: dict[str, Any], by: User) -> Done:
    file = data.pop("file")
    kept = files.store_evidence(name=file.name, data=file.read(), by=by) if file else None
    word = ledger.assess(evidence_file=kept, by=by, **data)
    words = _("%(assessment)s: “%(state)s”, as a draft. Nobody else sees it until it is sent to the organization.")
    said = words % {"assessment": promise(word), "state": word.get_state_display()}
    if not by.has_perm("coalition.release_assessment"):
        said = f"{said} {_('A publisher sends it.')}"
    return Done(said, about=(word,), url=record_url(word))


ASSESS = Act(
    name="assess",
    words=gettext_lazy("Assess a promise"),
    note=gettext_lazy("A draft, for the staff. The organization reads it first and may reply; then it is released."),
    permission="coalition.add_assessment",
    form=AssessForm,
    do=_assess,
    initial=lambda _none: {"year": timezone.localdate().year - 1},
    whole=True,
    template="admin/coalition/assess.html",
)

# --- Let the data speak -----------------------------------------------------------------------------------------------


class DeriveForm(ActForm):
    year = field_of(Assessment, "year", min_value=2016)


def _derive(_none: None, data: dict[str, Any], by: User) -> Done:
    made = ledger.derive(year=data["year"], by=by)
    if not made:
        return Done(_("Nothing new follows from the data of %(year)s.") % data)
    words = ngettext("%(n)d draft follows from the data of %(year)s.", "%(n)d drafts follow from the data of %(year)s.",
                     len(made))  # fmt: skip
    return Done(words % {"n": len(made), **data}, about=tuple(made))


DERIVE = Act(
    name="derive",
    words=gettext_lazy("Derive a year’s states from data"),
    note=gettext_lazy(
        "Whether a contact is named, data was shared, meetings were attended: what follows from records becomes a "
        "draft wherever it differs from what is said. Nobody’s opinion is asked."
    ),
    permission="coalition.add_assessment",
    form=DeriveForm,
    do=_derive,
    initial=lambda _none: {"year": timezone.localdate().year - 1},
    whole=True,
)
