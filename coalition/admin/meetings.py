"""Meetings that members were asked to, and who came: one page with a line for each signer, one save."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coalition.actions.errors import CoalitionError
from coalition.actions.meetings import attend
from coalition.models import Assessment, Meeting, Organization, Signature
from coalition.rules.ledger import Evidence

from .acts import Act, ActAdmin, ActForm, Done
from .ledger_words import sees_drafts
from .lists import WholeForm, columns
from .sections import Row, Section, day, link

CAME, ASKED, NOT_ASKED = "came", "asked", "not_asked"


class AttendanceForm(ActForm):
    """One answer for each signer: came, was asked and did not come, was not asked.

    Nothing is answered beforehand: what nobody has said would count against the organization.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known: dict[int, bool] = dict(self.target.attendances.values_list("organization", "present"))
        for organization in self.invited():
            present = known.get(organization.pk)
            entered = NOT_ASKED if known else ""  # who is not on a list that was entered was not asked
            self.fields[f"of-{organization.pk}"] = forms.ChoiceField(
                label=organization.name,
                choices=[(CAME, _("came")), (ASKED, _("did not come")), (NOT_ASKED, _("was not asked"))],
                widget=forms.RadioSelect,
                required=False,  # one sentence names all that are left out, not one below each line
                initial=entered if present is None else CAME if present else ASKED,
            )

    def invited(self) -> QuerySet[Organization]:
        """Whoever signed, and whoever is on the meeting's list already."""
        signers = Q(pk__in=Signature.objects.standing().values("organization"))
        return Organization.objects.standing().filter(signers | Q(attendances__meeting=self.target)).distinct()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        left_out = [str(self.fields[name].label) for name, value in data.items() if not value]
        if left_out:
            sentence = _("Say also of %(organizations)s: came, did not come, or was not asked.")
            raise forms.ValidationError(sentence % {"organizations": get_text_list(left_out, _("and"))})
        return data


def _attend(meeting: Meeting, data: dict[str, Any], by: User) -> Done:
    present = {int(name.removeprefix("of-")): value == CAME for name, value in data.items() if value != NOT_ASKED}
    attend(meeting=meeting, present=present, by=by)
    return Done(_("%(came)s of %(asked)s came.") % {"came": sum(present.values()), "asked": len(present)})


def was_held(meeting: Meeting) -> bool:
    return meeting.held_on <= timezone.localdate()


ATTEND = Act(
    name="attendance",
    words=gettext_lazy("Enter who came"),
    note=gettext_lazy(
        "One line for each organization that signed. Commitment 7 follows from it; the public reads that, not the list."
    ),
    permission="coalition.change_attendance",
    form=AttendanceForm,
    do=_attend,
    offered=was_held,
    template="admin/coalition/attendance.html",
)


def is_counted(year: int) -> bool:
    """Whether the ledger holds a word, draft or not, that was derived from the meetings of the year."""
    derived = Assessment.objects.filter(from_data=True, commitment__evidence=Evidence.MEETINGS.value)
    return derived.filter(year=year).exists()


class MeetingForm(WholeForm):
    def check(self) -> None:
        if self.instance.pk is not None and not was_held(self.instance) and self.instance.attendances.exists():
            raise CoalitionError(_("Who came is entered already; the meeting cannot lie ahead."), field="held_on")
        before = self.initial.get("held_on")
        if before is not None and before.year != self.instance.held_on.year and is_counted(before.year):
            sentence = _("The ledger counts this meeting for %(year)s; its day can only change within that year.")
            raise CoalitionError(sentence % {"year": before.year}, field="held_on")


@admin.register(Meeting)
class MeetingAdmin(ActAdmin):
    lead = gettext_lazy("Meetings that members were asked to. Commitment 7 follows from who came.")
    note = gettext_lazy("Never public by itself: the public reads in how many meetings an organization took part.")
    acts = (ATTEND,)
    form = MeetingForm
    resource_classes = columns(Meeting, "held_on", "title")
    list_display = ("title", "held_on", "came")
    search_fields = ("title",)
    date_hierarchy = "held_on"
    fields = ("held_on", "title")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        queryset: QuerySet[Any] = super().get_queryset(request)
        present = Count("attendances", filter=Q(attendances__present=True))
        return queryset.annotate(asked_count=Count("attendances"), came_count=present)

    @admin.display(description=gettext_lazy("who came"))
    def came(self, meeting: Any) -> str:
        if not meeting.asked_count:
            return _("not entered yet")
        return _("%(came)s of %(asked)s") % {"came": meeting.came_count, "asked": meeting.asked_count}

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A word that counts it would lose what it rests on. Who came may be corrected: the word is derived again."""
        counted = obj is not None and is_counted(obj.held_on.year)
        return not counted and super().has_delete_permission(request, obj)

    def standing(self, request: HttpRequest, record: Meeting) -> str:
        if not was_held(record):
            return _("It has not taken place yet. From %(day)s on, enter here who came.") % {"day": day(record.held_on)}
        if not sees_drafts(request) or not is_counted(record.held_on.year):
            return ""
        words = _("The ledger counts it for %(year)s: it stays, in that year. Correct who came, then derive again.")
        return words % {"year": record.held_on.year}

    def response_post_save_add(self, request: HttpRequest, obj: Meeting) -> Any:
        if not was_held(obj):
            return super().response_post_save_add(request, obj)
        return HttpResponseRedirect(reverse("admin:coalition_meeting_attendance", args=[obj.pk]))

    def sections(self, request: HttpRequest, record: Meeting) -> Iterable[Section]:
        rows = [
            Row((link(one.organization), _("came") if one.present else _("did not come")), over=not one.present)
            for one in record.attendances.select_related("organization")
        ]
        yield Section(
            "attendance",
            _("Who came"),
            (_("Organization"), _("Came?")),
            rows,
            self.button(request, ATTEND, record),
            empty=_("Nobody has entered yet who was asked and who came."),
        )
