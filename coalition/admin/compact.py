"""The Compact: its versions with their commitments, the documents they come from, and every signature."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Count, F, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coalition.actions import signatures
from coalition.models import Commitment, CompactVersion, Document, Signature

from .acts import Act, ActAdmin, Done
from .filters import Pick
from .lists import ORDER, ListAdmin, ReadOnlyAdmin, columns
from .sections import Button, Row, Section, link, when


def _make_current(version: CompactVersion, data: dict[str, Any], by: User) -> Done:
    signatures.make_current(version=version, by=by)
    return Done(_("%(version)s is the current version now.") % {"version": version})


MAKE_CURRENT = Act(
    name="make-current",
    words=gettext_lazy("Make it the current version"),
    note=gettext_lazy(
        "From the next edition on this is the Compact that the public reads and that new members sign. The version "
        "before it stays, with its signatures."
    ),
    permission="coalition.change_compactversion",
    do=_make_current,
    offered=lambda version: not version.is_current,
)


def is_signed(version: CompactVersion | None) -> bool:
    """Whether anybody has ever signed it: who withdrew had promised what it says, too."""
    return version is not None and version.signatures.exists()


class CommitmentInline(admin.StackedInline):
    """What is promised, until somebody has promised it: from the first signature on it stays, and so does what it
    is judged by. The words in which the board speaks of it bind nobody, and may be put better.
    """

    PROMISE = ("number", "text", "binds", "evidence")

    model = Commitment
    formfield_overrides = ListAdmin.formfield_overrides
    extra = 0
    can_delete = False

    fields = (
        ("number", "position"),
        ("short", "short_es"),
        ("text", "text_es"),
        ("done", "done_es"),
        ("binds", "evidence"),
    )

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, labels={"position": ORDER}, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        if not is_signed(obj):
            return ()
        return self.PROMISE

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not is_signed(obj) and super().has_add_permission(request, obj)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """A promise is a sentence or two: it has to be seen whole."""
        if db_field.name in ("text", "text_es"):
            kwargs["widget"] = forms.Textarea(attrs={"rows": 3})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(CompactVersion)
class CompactVersionAdmin(ActAdmin):
    lead = gettext_lazy(
        "What signers promise. For other promises make a new version: signatures stay with the version they were "
        "given to."
    )
    acts = (MAKE_CURRENT,)
    resource_classes = columns(CompactVersion, "number", "document__title", "since", "since_text", "is_current")
    list_display = ("number", "document", "opened", "is_current", "commitments_made")
    list_display_links = ("number", "document")
    list_select_related = ("document",)
    inlines = (CommitmentInline,)
    fields = ("number", "document", ("since", "since_text"), ("note", "note_es"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        queryset: QuerySet[Any] = super().get_queryset(request)
        return queryset.annotate(made=Count("commitments"))

    @admin.display(description=gettext_lazy("open for signing since"), ordering="since")
    def opened(self, version: CompactVersion) -> str:
        return when(version.since, version.since_text)

    @admin.display(description=gettext_lazy("commitments"))
    def commitments_made(self, version: Any) -> int:
        return int(version.made)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        if is_signed(obj):
            return ("number", "document", "since", "since_text")
        return ("number",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def standing(self, request: HttpRequest, record: CompactVersion) -> str:
        count = record.signatures.standing().count()
        signers = ngettext("%(n)d signature stands.", "%(n)d signatures stand.", count) % {"n": count}
        state = _("The current version.") if record.is_current else _("Not the current version.")
        return f"{state} {signers}"

    def offers(self, request: HttpRequest, record: CompactVersion) -> Iterable[Button]:
        return self.button(request, MAKE_CURRENT, record)

    def sections(self, request: HttpRequest, record: CompactVersion) -> Iterable[Section]:
        events = record.signatures.latest_word().select_related("organization", "source")
        rows = [
            Row(
                (
                    link(event.organization),
                    event.get_kind_display(),
                    when(event.happened_on, event.happened_text),
                    event.office,
                ),
                over=event.kind == Signature.Kind.WITHDRAWN,
            )
            for event in events
        ]
        heads = (_("Organization"), _("Last word"), _("When"), _("Office"))
        yield Section(
            "signers",
            _("Signers"),
            heads,
            rows,
            note=_("Signatures are recorded on the page of each organization."),
            empty=_("Nobody has signed this version."),
        )


class StandsFilter(Pick):
    title = gettext_lazy("whether it stands")
    parameter_name = "stands"
    choices_offered = (("yes", gettext_lazy("Stands")), ("no", gettext_lazy("Withdrawn")))

    def narrow(self, queryset: Any, value: str | None) -> Any:
        kind = Signature.Kind.SIGNED if value == "yes" else Signature.Kind.WITHDRAWN
        return queryset.latest_word().filter(kind=kind)


@admin.register(Signature)
class SignatureAdmin(ReadOnlyAdmin):
    """Every signature and withdrawal there ever was."""

    lead = gettext_lazy(
        "Every signature and every withdrawal, kept for ever. Record one on the page of the organization."
    )
    resource_classes = columns(
        Signature, "organization__name", "version__number", "kind", "happened_on", "happened_text", "office", "reason"
    )
    list_display = ("of", "version", "kind", "when", "office", "source")
    list_display_links = None
    list_filter = (StandsFilter, "version", "organization__sector")
    list_select_related = ("organization", "version__document", "source")
    search_fields = ("organization__name",)
    ordering = (F("position").asc(nulls_last=True), "organization__name", "pk")

    @admin.display(description=gettext_lazy("organization"), ordering="organization__name")
    def of(self, event: Signature) -> Any:
        return link(event.organization)

    @admin.display(description=gettext_lazy("when"), ordering="happened_on")
    def when(self, event: Signature) -> str:
        return when(event.happened_on, event.happened_text)


@admin.register(Document)
class DocumentAdmin(ListAdmin):
    lead = gettext_lazy("What the public reads as the source of a signature, a role, a team or a target.")
    labels = {"slug": gettext_lazy("Short name")}
    helps = {"slug": gettext_lazy("Private, and made from the title. It cannot be changed once it is saved.")}
    resource_classes = columns(Document, "slug", "title", "url", "stated")
    list_display = ("title", "stated", "url")
    search_fields = ("title", "slug")
    prepopulated_fields = {"slug": ["title"]}
    fields = ("title", "slug", "url", ("stated", "stated_es"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj else self.prepopulated_fields
