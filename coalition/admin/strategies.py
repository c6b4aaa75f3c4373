"""Strategies with their log and milestones, and the yearly Collective Action Plan that lists them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coalition.actions.checking import not_ahead
from coalition.models import Milestone, Plan, Strategy

from .acts import ActAdmin
from .lists import ORDER, ListAdmin, WholeForm, columns
from .sections import Button, Row, Section, day, link, record_url
from .team_acts import ADOPT, LOG


class MilestoneForm(WholeForm):
    def check(self) -> None:
        not_ahead(self.instance.done_on, field="done_on")


class MilestoneInline(admin.StackedInline):
    model = Milestone
    form = MilestoneForm
    formfield_overrides = ListAdmin.formfield_overrides
    extra = 0
    fields = (("text", "text_es"), ("due_on", "done_on"))


@admin.register(Strategy)
class StrategyAdmin(ActAdmin):
    lead = gettext_lazy("What the teams do. Open one to write down where it stands, and its milestones.")
    acts = (LOG,)
    resource_classes = columns(Strategy, "team__name", "position", "title", "text")
    list_display = ("title", "team", "stands")
    list_filter = ("team",)
    list_select_related = ("team",)
    search_fields = ("title", "text", "team__name")
    inlines = (MilestoneInline,)
    fields = (("team", "position"), ("title", "title_es"), ("text", "text_es"))
    labels = {"position": ORDER}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Strategy]:
        queryset: QuerySet[Strategy] = super().get_queryset(request)
        return queryset.select_related("team").prefetch_related("events")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("team",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        written = obj is not None and (obj.events.exists() or obj.plans.exists())
        return not written and super().has_delete_permission(request, obj)  # what has a log is dropped, in words

    @admin.display(description=gettext_lazy("stands"))
    def stands(self, strategy: Strategy) -> str:
        lines = list(strategy.events.all())
        return lines[-1].get_progress_display() if lines else ""

    def offers(self, request: HttpRequest, record: Strategy) -> Iterable[Button]:
        yield from self.button(request, LOG, record)
        yield Button(_("Back to the team"), record_url(record.team))

    def sections(self, request: HttpRequest, record: Strategy) -> Iterable[Section]:
        yield Section(
            "log",
            _("Where it stands"),
            (_("Stands"), _("Since"), _("Note")),
            [Row((line.get_progress_display(), day(line.happened_on), line.note)) for line in record.events.all()],
            empty=_("Nothing is written down yet."),
        )


class PlanForm(WholeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "strategies" in self.fields:
            field: Any = self.fields["strategies"]
            field.queryset = Strategy.objects.select_related("team")
            field.label_from_instance = lambda one: f"{one.team}: {one.title}"
            field.help_text = _("Public. Those that run in the year. A new one is added on the page of its team.")


@admin.register(Plan)
class PlanAdmin(ActAdmin):
    lead = gettext_lazy("One Collective Action Plan a year: the strategies that run in it.")
    note = gettext_lazy("Once it is adopted it is public with the next edition, not before.")
    acts = (ADOPT,)
    form = PlanForm
    resource_classes = columns(Plan, "year", "title", "intro", "adopted_on")
    list_display = ("year", "title", "listed", "adopted_on")
    list_display_links = ("year", "title")
    fields = ("year", ("title", "title_es"), ("intro", "intro_es"), "strategies")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        queryset: QuerySet[Any] = super().get_queryset(request)
        return queryset.annotate(listed_count=Count("strategies"))

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Boxes to tick."""
        return super().formfield_for_manytomany(db_field, request, **{**kwargs, "widget": forms.CheckboxSelectMultiple})

    @admin.display(description=gettext_lazy("strategies"))
    def listed(self, plan: Any) -> int:
        return int(plan.listed_count)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        if obj is not None and obj.adopted_on is not None:
            return ("year", "strategies")  # what was adopted is this list, each of an approved team
        return ("year",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        adopted = obj is not None and obj.adopted_on is not None
        return not adopted and super().has_delete_permission(request, obj)

    def standing(self, request: HttpRequest, record: Plan) -> str:
        if record.adopted_on is None:
            return _("Not adopted yet, and so not public.")
        return _("Adopted on %(day)s. What you change here becomes public with the next edition.") % {
            "day": day(record.adopted_on)
        }

    def offers(self, request: HttpRequest, record: Plan) -> Iterable[Button]:
        return self.button(request, ADOPT, record)

    def sections(self, request: HttpRequest, record: Plan) -> Iterable[Section]:
        strategies = record.strategies.select_related("team")
        yield Section(
            "listed",
            _("What it lists"),
            (_("Strategy"), _("Action team")),
            [Row((link(one), link(one.team))) for one in strategies],
            empty=_("Tick the strategies above and save; then the plan can be adopted."),
        )
