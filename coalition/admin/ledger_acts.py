"""How a word goes its way: to the organization, which may reply, and to the public."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coalition import notices
from coalition.actions import ledger
from coalition.models import Assessment
from coalition.rules.ledger import Stage

from .acts import Act, ActForm, Done, field_of
from .ledger_words import promise


def stage_of(assessment: Assessment) -> Stage:
    return ledger.stage(assessment, on=timezone.localdate())


def stands(assessment: Assessment) -> bool:
    """Whether this is the word that is said now."""
    return not hasattr(assessment, "superseded_by")


def _reminded() -> str:
    if notices.is_set_up():
        return _("From today. The organization is reminded a week and a day before the end.")
    return _("From today. The board sends no mail: remind the contact yourself.")


def _send_note() -> str:
    seen = _(
        "The organization sees what is said of it in the members’ area and may reply. The public sees nothing of it."
    )
    if notices.is_set_up():
        return f"{seen} {_('Its contact gets a message.')}"
    return f"{seen} {_('The board sends no mail: tell its contact yourself.')}"


def _days() -> forms.IntegerField:
    return forms.IntegerField(
        label=gettext_lazy("Days to reply"),
        initial=ledger.REPLY_DAYS,
        min_value=1,
        max_value=120,
        help_text=lazy(_reminded, str)(),
    )


def _told() -> forms.CharField:
    return field_of(
        Assessment,
        "told",
        label=gettext_lazy("How it was told, where nobody can sign in"),
        help_text=gettext_lazy(
            "Private: letter of May 3 to its office. Say there that it may reply by naming a contact, and until when."
        ),
    )


class ManyForm(ActForm):
    """Each choice says which word is said of which promise."""

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
        field.label_from_instance = self.label

    def label(self, one: Assessment) -> str:
        return f"{promise(one)}: {one.get_state_display()}"

    def offered(self) -> QuerySet[Assessment]:
        raise NotImplementedError


class SendAllForm(ManyForm):
    """Ticked from the start where somebody can read it: what is only sent can still be replaced."""

    days = _days()
    told = _told()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reached = ledger.reachable()
        self.initial.setdefault("assessments", self.offered().filter(organization__in=self.reached))

    def label(self, one: Assessment) -> str:
        said = super().label(one)
        if one.organization_id in self.reached:
            return said
        return _("%(said)s – nobody can sign in for it") % {"said": said}

    def offered(self) -> QuerySet[Assessment]:
        return Assessment.objects.drafts()


class ReleaseAllForm(ManyForm):
    def offered(self) -> QuerySet[Assessment]:
        return Assessment.objects.ready(timezone.localdate())


class SendForm(ActForm):
    days = _days()
    told = _told()


def _sent(assessments: list[Assessment], days: int, told: str, by: User) -> Done:
    count = ledger.send(assessments=assessments, days=days, told=told, by=by)
    words = ngettext("%(n)d assessment is with its organization, which may reply for %(days)d days.",
                     "%(n)d assessments are with their organizations, which may reply for %(days)d days.",
                     count)  # fmt: skip
    said = words % {"n": count, "days": days}
    if not notices.is_set_up():
        said = f"{said} {_('No message went out: tell the contacts yourself.')}"
    return Done(said, about=tuple(assessments))


def _released(assessments: list[Assessment], by: User) -> Done:
    count = ledger.release(assessments=assessments, by=by)
    words = ngettext("%(n)d assessment is released. It is public with the next edition, not before.",
                     "%(n)d assessments are released. They are public with the next edition, not before.",
                     count)  # fmt: skip
    return Done(words % {"n": count}, about=tuple(assessments))


SEND_NOTE = lazy(_send_note, str)()  # said anew on every page: whether mail is set up is the server's matter
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
    do=lambda _none, data, by: _sent(list(data["assessments"]), data["days"], data["told"], by),
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
    do=lambda assessment, data, by: _sent([assessment], data["days"], data["told"], by),
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


def _taken_back(assessment: Assessment) -> Done:
    said = _("%(promise)s: the draft “%(state)s” is taken back.")
    done = Done(
        said % {"promise": promise(assessment), "state": assessment.get_state_display()},
        url=reverse("admin:coalition_assessment_changelist"),
    )
    ledger.discard(assessment=assessment)
    return done


TAKE_BACK = Act(
    name="take-back",
    words=gettext_lazy("Take the draft back"),
    note=gettext_lazy(
        "Nobody but the staff has seen it. It goes for good, and what it was to replace stands again. That it was "
        "there stays in the staff’s own history."
    ),
    permission="coalition.add_assessment",
    do=lambda assessment, data, by: _taken_back(assessment),
    offered=lambda assessment: stands(assessment) and stage_of(assessment) == Stage.DRAFT,
    grave=True,
)
