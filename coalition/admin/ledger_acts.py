"""What staff do with the ledger: assess, send, release, and let the data speak."""

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
from coalition.models import Assessment, Commitment, Organization, Signature
from coalition.promises import Promise, Standing, standings
from coalition.rules.ledger import Evidence, Stage

from .acts import Act, ActForm, Done, field_of
from .sections import record_url

#: A key or a year as an address can hold one.
NUMBER = re.compile(r"\d{1,18}", re.ASCII)


def stage_of(assessment: Assessment) -> Stage:
    return ledger.stage(assessment, on=timezone.localdate())


def stands(assessment: Assessment) -> bool:
    """Whether this is the word that is said now."""
    return not hasattr(assessment, "superseded_by")


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
    file = forms.FileField(
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
        fields["state"].choices = [pair for pair in fields["state"].choices if pair[0]]
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
    said = words % {"assessment": word, "state": word.get_state_display()}
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

# --- On to the organization, and to the public ------------------------------------------------------------------------


def _days() -> forms.IntegerField:
    return forms.IntegerField(
        label=gettext_lazy("Days to reply"),
        initial=ledger.REPLY_DAYS,
        min_value=1,
        max_value=120,
        help_text=gettext_lazy("From today. The organization is reminded a week and a day before the end."),
    )


class ManyForm(ActForm):
    """Every one is ticked; each choice says which word is said of which promise."""

    assessments = forms.ModelMultipleChoiceField(
        Assessment.objects.none(),
        label=gettext_lazy("Which ones"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick one at least.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["assessments"]
        field.queryset = self.offered().select_related("organization", "commitment")
        field.label_from_instance = lambda one: f"{one}: {one.get_state_display()}"
        if not self.is_bound:
            self.initial["assessments"] = field.queryset

    def offered(self) -> QuerySet[Assessment]:
        raise NotImplementedError


class SendAllForm(ManyForm):
    days = _days()

    def offered(self) -> QuerySet[Assessment]:
        return Assessment.objects.drafts()


class ReleaseAllForm(ManyForm):
    def offered(self) -> QuerySet[Assessment]:
        return Assessment.objects.ready(timezone.localdate())


class SendForm(ActForm):
    days = _days()


def _sent(assessments: list[Assessment], days: int, by: User) -> Done:
    count = ledger.send(assessments=assessments, days=days, by=by)
    words = ngettext("%(n)d assessment is with its organization, which may reply for %(days)d days.",
                     "%(n)d assessments are with their organizations, which may reply for %(days)d days.",
                     count)  # fmt: skip
    return Done(words % {"n": count, "days": days}, about=tuple(assessments))


def _released(assessments: list[Assessment], by: User) -> Done:
    count = ledger.release(assessments=assessments, by=by)
    words = ngettext("%(n)d assessment is released. It is public with the next edition, not before.",
                     "%(n)d assessments are released. They are public with the next edition, not before.",
                     count)  # fmt: skip
    return Done(words % {"n": count}, about=tuple(assessments))


SEND_NOTE = gettext_lazy(
    "The organization sees what is said of it in the members’ area, its contact gets a message, and it may reply. The "
    "public sees nothing of it."
)
RELEASE_NOTE = gettext_lazy(
    "Each organization has replied, or its last day is over. With the next edition the public reads what is said, the "
    "reply word for word beside it."
)

SEND_ALL = Act(
    name="send",
    words=gettext_lazy("Send drafts to the organizations"),
    note=SEND_NOTE,
    permission="coalition.release_assessment",
    form=SendAllForm,
    do=lambda _none, data, by: _sent(list(data["assessments"]), data["days"], by),
    offered=lambda _none: Assessment.objects.drafts().exists(),
    whole=True,
)
RELEASE_ALL = Act(
    name="release",
    words=gettext_lazy("Release what is ready"),
    note=RELEASE_NOTE,
    permission="coalition.release_assessment",
    form=ReleaseAllForm,
    do=lambda _none, data, by: _released(list(data["assessments"]), by),
    offered=lambda _none: Assessment.objects.ready(timezone.localdate()).exists(),
    whole=True,
)
SEND_ONE = Act(
    name="send-one",
    words=gettext_lazy("Send to the organization"),
    note=SEND_NOTE,
    permission="coalition.release_assessment",
    form=SendForm,
    do=lambda assessment, data, by: _sent([assessment], data["days"], by),
    offered=lambda assessment: stands(assessment) and stage_of(assessment) == Stage.DRAFT,
)
RELEASE_ONE = Act(
    name="release-one",
    words=gettext_lazy("Release"),
    note=RELEASE_NOTE,
    permission="coalition.release_assessment",
    do=lambda assessment, data, by: _released([assessment], by),
    offered=lambda assessment: stands(assessment) and stage_of(assessment) == Stage.READY,
)
