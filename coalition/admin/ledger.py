"""The accountability ledger: what is said of each promise, and its way to the public."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coalition import notices, promises
from coalition.models import Assessment, Commitment
from coalition.rules.ledger import Evidence, Stage

from .acts import ActAdmin
from .assessing import ASSESS, DERIVE
from .filters import Pick
from .ledger_acts import RELEASE_ALL, RELEASE_ONE, SEND_ALL, SEND_ONE, TAKE_BACK, stage_of, stands
from .ledger_words import STAGES, sees_drafts, visible
from .lists import ReadOnlyAdmin, columns
from .sections import Button, Row, Section, day, link, moment


class StageFilter(Pick):
    title = gettext_lazy("where it is")
    parameter_name = "stage"
    choices_offered = (
        ("draft", gettext_lazy("Draft")),
        ("with_organization", gettext_lazy("With the organization")),
        ("ready", gettext_lazy("Ready to release")),
        ("public", gettext_lazy("Released")),
    )

    def narrow(self, queryset: Any, value: str | None) -> Any:
        today = timezone.localdate()
        match value:
            case "draft":
                return queryset.drafts()
            case "with_organization":
                return queryset.with_organization(today)
            case "ready":
                return queryset.ready(today)
        return queryset.public()


class CommitmentFilter(admin.SimpleListFilter):
    """By its number and a word, not by the whole promise."""

    title = gettext_lazy("commitment")
    parameter_name = "commitment"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        found = Commitment.objects.order_by("version__number", "position").values_list("pk", "number", "short")
        return [(str(pk), f"{number} {short}") for pk, number, short in found]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        known = {value for value, _words in self.lookup_choices}
        return queryset.filter(commitment=self.value()) if self.value() in known else queryset


class WordFilter(Pick):
    """Words that a later one replaced are out of the way unless somebody asks for them."""

    title = gettext_lazy("whether it stands")
    parameter_name = "word"
    choices_offered = (("old", gettext_lazy("Replaced by a later word")),)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "old":
            return queryset.filter(superseded_by__isnull=False)
        # A released word stays public, and so in this list, while the draft that replaces it is on its way.
        return queryset.filter(pk__in=queryset.current().values("pk")) | queryset.filter(
            pk__in=queryset.public().values("pk")
        )


@admin.register(Assessment)
class AssessmentAdmin(ReadOnlyAdmin, ActAdmin):
    """Nobody edits a word: a later one replaces it and says why."""

    lead = gettext_lazy(
        "One line is one organization, one commitment, one year. A draft is sent to the organization, which may reply; "
        "then it is released and becomes public with the next edition."
    )
    acts = (ASSESS, SEND_ALL, RELEASE_ALL, DERIVE, SEND_ONE, RELEASE_ONE, TAKE_BACK)
    resource_classes = columns(
        Assessment, "organization__name", "commitment__number", "year", "state", "evidence", "evidence_url",
        "from_data", "assessed_at", "sent_at", "reply_until", "released_at", "reason",
    )  # fmt: skip
    list_display = ("of", "commitment_number", "year", "state", "where", "how", "assessed_by")
    list_display_links = ("of", "state")
    list_filter = (StageFilter, "year", CommitmentFilter, "state", "from_data", WordFilter, "organization__sector")
    list_select_related = ("organization", "commitment__version", "assessed_by", "superseded_by")
    search_fields = ("organization__name", "evidence")
    linked = ("organization__id__exact",)  # from the page of an organization
    fields = ("organization", "commitment", "year", "state", "evidence", "evidence_url", "file", "reason", "said")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Assessment]:
        queryset: QuerySet[Assessment] = super().get_queryset(request)
        found = queryset if sees_drafts(request) else visible(request, queryset)
        return found.prefetch_related("replies")

    def get_list_filter(self, request: HttpRequest) -> Any:
        return self.list_filter if sees_drafts(request) else self.list_filter[1:5]

    def get_urls(self) -> list[URLPattern]:
        file = self.admin_site.admin_view(self.evidence_file)
        due = self.admin_site.admin_view(self.due)
        return [
            path("<int:pk>/file/", file, name="coalition_assessment_file"),
            path("due/", due, name="coalition_assessment_due"),
            *super().get_urls(),
        ]

    def due(self, request: HttpRequest) -> HttpResponse:
        """The promises of the year that is over of which nothing has been said yet, each with the way to say it."""
        if not sees_drafts(request):
            raise PermissionDenied
        year = timezone.localdate().year - 1
        rows = [
            Row(
                (link(one.organization), one.commitment, one.commitment.get_evidence_display()),
                self._say(request, one, year),
            )
            for one in promises.due(year=year, today=timezone.localdate())
        ]
        section = Section(
            "due",
            _("Nothing said yet for %(year)s") % {"year": year},
            (_("Organization"), _("Commitment"), _("Rests on")),
            rows,
            empty=_("Something is said of every promise."),
        )
        context = {
            **self.admin_site.each_context(request),
            "title": _("What is still to be said"),
            "opts": self.opts,
            "standing": _("A year is judged when it is over. What rests on records is said all at once by the button."),
            "offers": self.button(request, DERIVE),
            "sections": [section],
        }
        return TemplateResponse(request, "admin/coalition/page.html", context)

    def _say(self, request: HttpRequest, promise: promises.Promise, year: int) -> tuple[Button, ...]:
        if promise.commitment.evidence != Evidence.JUDGEMENT:
            return ()  # one button says all of these at once
        asked = {"organization": promise.organization.pk, "commitment": promise.commitment.pk, "year": year}
        return self.way(request, "assessment_assess", _("Assess"), permission="coalition.add_assessment", **asked)

    def evidence_file(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The file as it was handed in, to be saved and not shown: the browser runs nothing that is in it."""
        if not request.user.has_perm("coalition.view_storedfile"):
            raise PermissionDenied
        kept = get_object_or_404(self.get_queryset(request), pk=pk).evidence_file
        if kept is None:
            raise Http404
        data = BytesIO(kept.data)
        return FileResponse(data, as_attachment=True, filename=kept.name, content_type=kept.content_type)

    @admin.display(description=gettext_lazy("organization"), ordering="organization__name")
    def of(self, word: Assessment) -> str:
        return str(word.organization)

    @admin.display(description=gettext_lazy("commitment"), ordering="commitment__position")
    def commitment_number(self, word: Assessment) -> str:
        return f"{word.commitment.number} {word.commitment.short}"

    @admin.display(description=gettext_lazy("rests on"), ordering="from_data")
    def how(self, word: Assessment) -> str:
        return _("data") if word.from_data else _("judgement")

    @admin.display(description=gettext_lazy("where it is"))
    def where(self, word: Assessment) -> str:
        at = stage_of(word)
        if at == Stage.WITH_ORGANIZATION:
            return _("with the organization until %(day)s") % {"day": day(word.reply_until)}
        return str(STAGES[at])

    @admin.display(description=gettext_lazy("file"))
    def file(self, word: Assessment) -> Any:
        kept = word.evidence_file
        if kept is None:
            return "–"
        return format_html('<a href="{}">{}</a>', reverse("admin:coalition_assessment_file", args=[word.pk]), kept.name)

    @admin.display(description=gettext_lazy("said"))
    def said(self, word: Assessment) -> str:
        return f"{word.assessed_by}, {moment(word.assessed_at)} ({self.how(word)})"

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_fields(request, obj)
        return (
            fields if request.user.has_perm("coalition.view_storedfile") else [one for one in fields if one != "file"]
        )

    def standing(self, request: HttpRequest, record: Assessment) -> str:
        if self._replaced(request, record):
            return _("Replaced by a later word; kept as history.")
        match stage_of(record):
            case Stage.DRAFT:
                return _("A draft: only the staff see it. Next a publisher sends it to the organization.")
            case Stage.WITH_ORGANIZATION:
                until = _("With the organization, which may reply until %(day)s.") % {"day": day(record.reply_until)}
                return f"{until} {_('It was told so: %(how)s') % {'how': record.told}}" if record.told else until
            case Stage.READY:
                return _("Ready: the organization has replied, or its last day is over. Next a publisher releases it.")
        return _("Released: public with the edition that followed, or the next one.")

    def sections(self, request: HttpRequest, record: Assessment) -> Iterable[Section]:
        yield self._replies(request, record)
        if request.user.has_perm("coalition.view_notice"):
            yield Section(
                "notices",
                _("Messages that went out"),
                (_("What about"), _("To"), _("When")),
                [Row((one.get_kind_display(), one.to, moment(one.sent_at))) for one in record.notices.all()],
                note=_("Never public."),
                empty=_("None yet.") if notices.is_set_up() else _("None: the board sends no mail. Tell the contact."),
            )
        yield Section(
            "words",
            _("Everything said of this promise and year"),
            (_("State"), _("Said by"), _("When"), _("Why it changed"), _("Where it is")),
            [
                Row(
                    (
                        link(one, one.get_state_display()),
                        one.assessed_by,
                        moment(one.assessed_at),
                        one.reason,
                        self.where(one),
                    ),
                    over=self._replaced(request, one),
                )
                for one in self._chain(request, record)
            ],
        )

    def _replaced(self, request: HttpRequest, word: Assessment) -> bool:
        """Who sees no drafts has only the latest released words before them: that one is rewritten must not show."""
        return sees_drafts(request) and not stands(word)

    def offers(self, request: HttpRequest, record: Assessment) -> Iterable[Button]:
        yield from self.button(request, SEND_ONE, record)
        yield from self.button(request, RELEASE_ONE, record)
        if stands(record) and record.commitment.evidence == Evidence.JUDGEMENT:
            asked = {
                "organization": record.organization_id,
                "year": record.year,
                "commitment": record.commitment_id,
                "seen": record.pk,
            }
            words = _("Say something else")
            yield from self.way(request, "assessment_assess", words, permission="coalition.add_assessment", **asked)
        yield from self.button(request, TAKE_BACK, record)

    def _replies(self, request: HttpRequest, record: Assessment) -> Section:
        """Word for word; who wrote it is known by an e-mail address, so only those who know the contacts read that."""
        replies = record.replies.select_related("written_by")
        heads, cells = [_("Reply, word for word"), _("When")], [[one.text, moment(one.written_at)] for one in replies]
        if request.user.has_perm("coalition.view_contact"):
            heads.append(_("Written by"))
            cells = [[*row, str(one.written_by)] for row, one in zip(cells, replies, strict=True)]
        title, empty = _("What the organization replied"), _("It has not replied.")
        return Section("replies", title, heads, [Row(row) for row in cells], empty=empty)

    def _chain(self, request: HttpRequest, record: Assessment) -> Any:
        same = {"organization": record.organization_id, "commitment": record.commitment_id, "year": record.year}
        words = self.get_queryset(request).filter(**same).select_related("assessed_by", "superseded_by")
        return words.order_by("-pk")
