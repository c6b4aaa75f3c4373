"""Action teams: one page for each, with its life, members, strategies and resources."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coalition import roster
from coalition.actions import teams
from coalition.models import ActionTeam, Resource, TeamEvent
from coalition.rules.teams import Step, is_public

from .acts import ActAdmin
from .filters import Pick
from .lists import ORDER, ListAdmin, WholeForm, columns
from .sections import Button, Row, Section, day, link, when
from .team_acts import JOIN, LEAVE, STEP_ACTS, TAKE_BACK_STEP, last_step


class StepFilter(Pick):
    title = gettext_lazy("where it stands")
    parameter_name = "step"
    choices_offered = tuple(TeamEvent.Step.choices)

    def narrow(self, queryset: Any, value: str | None) -> Any:
        return queryset.filter(events__step=value, events__followed_by__isnull=True)


class ResourceInline(admin.StackedInline):
    model = Resource
    formfield_overrides = ListAdmin.formfield_overrides
    extra = 0
    fields = (("title", "title_es"), ("url", "position"))

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, labels={"position": ORDER}, **kwargs)


class TeamForm(WholeForm):
    def check(self) -> None:
        if self.instance.pk is not None:
            teams.keep_charter(self.instance)


@admin.register(ActionTeam)
class ActionTeamAdmin(ActAdmin):
    lead = gettext_lazy(
        "Groups of members that take on one problem each. A proposal is public once it is approved, not before."
    )
    acts = (*STEP_ACTS, TAKE_BACK_STEP, JOIN, LEAVE)
    form = TeamForm
    resource_classes = columns(ActionTeam, "number", "slug", "name", "summary", "problem", "goal__slug")
    list_display = ("number", "name", "stands", "leads", "members_today")
    list_display_links = ("number", "name")
    list_filter = (StepFilter, "goal")
    search_fields = ("name", "summary", "problem")
    prepopulated_fields = {"slug": ["name"]}
    inlines = (ResourceInline,)
    fieldsets = (
        (
            gettext_lazy("Who it is"),
            {
                "fields": (
                    ("name", "name_es"),
                    ("slug", "number"),
                    ("summary", "summary_es"),
                    ("problem", "problem_es"),
                    ("why", "why_es"),
                    "goal",
                    "sources",
                )
            },
        ),
        (
            gettext_lazy("What it is measured by"),
            {
                "fields": (
                    ("indicator", "place", "group"),
                    ("baseline_value", "baseline_year"),
                    ("target_value", "target_year", "target_source"),
                ),
                "description": gettext_lazy(
                    "Whole, or left empty: what is measured, where, for whom, from which value in which year to which."
                ),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[ActionTeam]:
        queryset: QuerySet[ActionTeam] = super().get_queryset(request)
        return queryset.prefetch_related("events", "memberships__organization")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("number", "slug") if obj else ("number",)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj else self.prepopulated_fields

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # what was proposed is declined, what began is ended

    @admin.display(description=gettext_lazy("stands"))
    def stands(self, team: ActionTeam) -> str:
        last = last_step(team)
        return str(TeamEvent.Step(last.value).label) if last else _("no step yet")

    @admin.display(description=gettext_lazy("lead"))
    def leads(self, team: ActionTeam) -> str:
        return ", ".join(str(one.organization) for one in team.memberships.all() if one.is_lead and one.stands)

    @admin.display(description=gettext_lazy("members today"))
    def members_today(self, team: ActionTeam) -> int:
        return sum(one.stands for one in team.memberships.all())

    def standing(self, request: HttpRequest, record: ActionTeam) -> str:
        reach = _("Not public: a team is, once it is approved.")
        if is_public(Step(event.step) for event in record.events.all()):
            shown = next((len(team.life) for team in roster.edition().coalition.teams if team.slug == record.slug), 0)
            reach = _("Public.") if shown == record.events.count() else _("Public with the next edition, not before.")
        return f"{capfirst(self.stands(record))}. {reach}"

    def offers(self, request: HttpRequest, record: ActionTeam) -> Iterable[Button]:
        """The steps that may come next in its life."""
        return [button for act in (*STEP_ACTS, TAKE_BACK_STEP) for button in self.button(request, act, record)]

    def sections(self, request: HttpRequest, record: ActionTeam) -> Iterable[Section]:
        yield self._life(request, record)
        yield self._members(request, record)
        yield self._strategies(request, record)

    def _life(self, request: HttpRequest, record: ActionTeam) -> Section:
        return Section(
            "life",
            _("Its life"),
            (_("Step"), _("When"), _("Decision"), _("Reported in")),
            [
                Row(
                    (
                        capfirst(event.get_step_display()),
                        when(event.happened_on, event.happened_text),
                        event.decision,
                        event.source or "",
                    )
                )
                for event in record.events.select_related("source")
            ],
            empty=_("Nothing yet: say first whether it is proposed now or at work already."),
        )

    def _members(self, request: HttpRequest, record: ActionTeam) -> Section:
        rows = [
            Row(
                (
                    link(one.organization),
                    _("leads the team") if one.is_lead else _("member"),
                    when(one.since, one.since_text),
                    day(one.until),
                ),
                self.button(request, LEAVE, record, one),
                over=not one.stands,
            )
            for one in record.memberships.select_related("organization").order_by("-is_lead", "organization__name")
        ]
        return Section(
            "members",
            _("Members"),
            (_("Organization"), _("As"), _("Since"), _("Until")),
            rows,
            self.button(request, JOIN, record),
            empty=_("Nobody is in the team yet."),
        )

    def _strategies(self, request: HttpRequest, record: ActionTeam) -> Section:
        rows = []
        for one in record.strategies.prefetch_related("events", "milestones"):
            lines, marks = list(one.events.all()), list(one.milestones.all())
            reached = [mark for mark in marks if mark.done_on is not None]
            stands = (
                format_html("{} <small>{}</small>", lines[-1].get_progress_display(), day(lines[-1].happened_on))
                if lines
                else _("nothing written down yet")
            )
            count = _("%(reached)s of %(all)s reached") % {"reached": len(reached), "all": len(marks)} if marks else ""
            rows.append(Row((link(one), stands, count)))
        return Section(
            "strategies",
            _("Strategies"),
            (_("Strategy"), _("Stands"), _("Milestones")),
            rows,
            self.way(request, "strategy_add", _("Add a strategy"), permission="coalition.add_strategy", team=record.pk),
            note=_("Open one to write down where it stands, and its milestones."),
            empty=_("It has no strategies yet."),
        )
