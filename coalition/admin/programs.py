"""Programs and the figures their providers send: each upload is reviewed, then accepted or given back."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coalition.actions import uploads
from coalition.models import HeldRole, Program, ProgramStep, Upload
from coalition.waiting import returned_unanswered

from .acts import Act, ActAdmin, ActForm, Done, field_of
from .filters import Pick
from .lists import ReadOnlyAdmin, WholeForm, by_name, columns
from .sections import Button, Row, Section, link, moment


class ProgramForm(WholeForm):
    """The steps a program serves are ticked, not entered line by line."""

    serves = forms.MultipleChoiceField(
        label=gettext_lazy("Steps it serves"),
        choices=ProgramStep.Step.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("Public: where programs overlap or leave a gap follows from it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            self.initial["serves"] = list(self.instance.steps.values_list("step", flat=True))

    def save_steps(self) -> None:
        """Brings the rows to what is ticked."""
        ticked = set(self.cleaned_data["serves"])
        self.instance.steps.exclude(step__in=ticked).delete()
        for step in ticked:
            ProgramStep.objects.get_or_create(program=self.instance, step=step)


@admin.register(Program)
class ProgramAdmin(ActAdmin):
    lead = gettext_lazy("What providers run, which steps on the way it serves, and for which years it shared figures.")
    form = ProgramForm
    resource_classes = columns(Program, "slug", "organization__name", "name", "since", "until")
    list_display = ("name", "of", "serves", "shared", "since", "until")
    list_filter = ("steps__step", "organization")
    list_select_related = ("organization",)
    search_fields = ("name", "organization__name", "what")
    prepopulated_fields = {"slug": ["name"]}
    fields = (("organization", "name"), "slug", ("what", "what_es"), ("since", "until"), "serves")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Program]:
        queryset: QuerySet[Program] = super().get_queryset(request)
        return queryset.prefetch_related("steps", "uploads")

    @admin.display(description=gettext_lazy("provider"), ordering="organization__name")
    def of(self, program: Program) -> Any:
        return link(program.organization)

    @admin.display(description=gettext_lazy("steps it serves"))
    def serves(self, program: Program) -> str:
        return ", ".join(str(step.get_step_display()) for step in program.steps.all())

    @admin.display(description=gettext_lazy("shared for"))
    def shared(self, program: Program) -> str:
        accepted = {one.year for one in program.uploads.all() if one.state == Upload.State.ACCEPTED}
        return ", ".join(str(year) for year in sorted(accepted))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("organization", "slug") if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj else self.prepopulated_fields

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # a program ends; the years it shared for stay

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        form.save_steps()

    def response_post_save_add(self, request: HttpRequest, obj: Program) -> Any:
        provider, role = obj.organization, HeldRole.PROGRAM_PROVIDER.value
        if not any(period.role == role and period.stands for period in provider.role_periods.all()):
            sentence = _(
                "%(organization)s does not hold the role “program provider”, and so is not asked for its data."
            )
            self.remark(
                request,
                sentence % {"organization": provider},
                self.way(
                    request, "organization_give_role", _("Give a role"),
                    permission="coalition.add_roleperiod", of=provider, role=role,
                ),
            )  # fmt: skip
        return super().response_post_save_add(request, obj)

    def sections(self, request: HttpRequest, record: Program) -> Iterable[Section]:
        if not request.user.has_perm("coalition.view_upload"):
            return
        rows = [
            Row(
                (
                    link(one, one.receipt),
                    one.year,
                    one.get_state_display(),
                    one.rows,
                    moment(one.sent_at),
                    one.comment,
                ),
                over=one.state == Upload.State.RETURNED,
            )
            for one in record.uploads.all()
        ]
        yield Section(
            "uploads",
            _("Figures it sent"),
            (_("Receipt"), _("Year"), _("State"), _("Rows"), _("Sent"), _("Comment")),
            rows,
            note=_("A contact of the provider sends them in the members’ area."),
            empty=_("None yet."),
        )


class AcceptForm(ActForm):
    reason = forms.CharField(
        label=gettext_lazy("Why do figures that stand change?"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("Needed when any does. Public, in the revision history of the figures."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReturnForm(ActForm):
    comment = field_of(Upload, "comment", required=True, label=gettext_lazy("What should the provider correct?"))


def _accept(upload: Upload, data: dict[str, Any], by: User) -> Done:
    done = uploads.accept_upload(upload=upload, by=by, **data)
    words = _("%(upload)s is accepted, receipt %(receipt)s. Its figures are public with the next release of figures.")
    return Done(words % {"upload": done, "receipt": done.receipt})


def _return(upload: Upload, data: dict[str, Any], by: User) -> Done:
    done = uploads.return_upload(upload=upload, by=by, **data)
    return Done(_("%(upload)s is returned; the provider reads your comment.") % {"upload": done})


ACCEPT = Act(
    name="accept",
    words=gettext_lazy("Accept the figures"),
    note=gettext_lazy("They become figures like any other; the public sees them with the next release of figures."),
    permission="coalition.decide_upload",
    form=AcceptForm,
    do=_accept,
    offered=lambda upload: upload.state == Upload.State.SENT,
)
RETURN = Act(
    name="return",
    words=gettext_lazy("Return them with a comment"),
    note=gettext_lazy("No figure changes. The provider reads your comment in its own area and can send them again."),
    permission="coalition.decide_upload",
    form=ReturnForm,
    do=_return,
    offered=lambda upload: upload.state == Upload.State.SENT,
    grave=True,
)


class AnsweredFilter(Pick):
    """Uploads that went back, after which nothing came for that program and year."""

    title = gettext_lazy("what came after")
    parameter_name = "after"
    choices_offered = (("nothing", gettext_lazy("Returned, and not sent again")),)

    def narrow(self, queryset: Any, value: str | None) -> Any:
        return queryset.filter(pk__in=returned_unanswered().values("pk"))


@admin.register(Upload)
class UploadAdmin(ReadOnlyAdmin, ActAdmin):
    lead = gettext_lazy(
        "Figures that providers sent. Only files without a problem get here. Open one to look at every row, then "
        "accept it or give it back with a comment."
    )
    acts = (ACCEPT, RETURN)
    resource_classes = columns(Upload, "program__name", "year", "state", "rows", "sent_at", "decided_at")
    list_display = ("receipt_number", "program", "provider", "year", "state", "rows", "sent_by", "sent_at")
    list_display_links = ("receipt_number", "program")
    list_filter = ("state", AnsweredFilter, "year", "program")
    list_select_related = ("program__organization", "sent_by", "decided_by")
    search_fields = ("program__name", "program__organization__name")
    fields = (
        ("receipt_number", "provider", "program", "year"),
        ("file_name", by_name("sent_by", gettext_lazy("sent by")), "sent_at"),
        ("state", by_name("decided_by", gettext_lazy("decided by")), "decided_at"),
        "comment",
    )

    @admin.display(description=gettext_lazy("receipt"), ordering="pk")
    def receipt_number(self, upload: Upload) -> str:
        return upload.receipt

    @admin.display(description=gettext_lazy("provider"), ordering="program__organization__name")
    def provider(self, upload: Upload) -> Any:
        return link(upload.program.organization)

    def standing(self, request: HttpRequest, record: Upload) -> str:
        if record.state == Upload.State.SENT:
            return _("Waiting for your review. Nothing of it is public.")
        said = {"state": record.get_state_display(), "who": record.decided_by, "when": moment(record.decided_at)}
        return _("Decided: %(state)s, %(who)s, %(when)s") % said

    def offers(self, request: HttpRequest, record: Upload) -> Iterable[Button]:
        yield from self.button(request, ACCEPT, record)
        yield from self.button(request, RETURN, record)

    def sections(self, request: HttpRequest, record: Upload) -> Iterable[Section]:
        rows = [
            Row((one.line, one.group, one.stage, one.figure, one.stands or "–", one.outcome))
            for one in uploads.rows_of(record)
        ]
        yield Section(
            "rows",
            _("Every row of it"),
            (_("Line"), _("Group"), _("Stage"), _("In the file"), _("Stands now"), _("Accepting makes it")),
            rows,
            empty=_("Its rows were put away when it was returned."),
        )
