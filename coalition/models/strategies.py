"""What the action teams do: strategies with log and milestones, resources, and the yearly plan that lists them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coalition.rules import teams

from .shared import Recorded
from .teams import ActionTeam


class Strategy(models.Model):
    """One of a team's strategies in action (commitment 3)."""

    team = models.ForeignKey(ActionTeam, models.PROTECT, related_name="strategies", verbose_name=_("action team"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title = models.CharField(_("title"), max_length=120, help_text=_("Public."))
    title_es = models.CharField(_("title, in Spanish"), max_length=140, blank=True, help_text=_("Public."))
    text = models.TextField(_("what is done"), blank=True, help_text=_("Public."))
    text_es = models.TextField(_("what is done, in Spanish"), blank=True, help_text=_("Public."))

    class Meta:
        verbose_name = _("strategy")
        verbose_name_plural = _("strategies")
        ordering = ["team", "position", "pk"]

    def __str__(self) -> str:
        return self.title


class StrategyEvent(Recorded):
    """One line of a strategy's log. Append-only: the last line says where it stands."""

    class Progress(models.TextChoices):
        PLANNED = teams.Progress.PLANNED.value, _("planned")
        RUNNING = teams.Progress.RUNNING.value, _("running")
        PAUSED = teams.Progress.PAUSED.value, _("paused")
        DONE = teams.Progress.DONE.value, _("done")
        DROPPED = teams.Progress.DROPPED.value, _("dropped")

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="events", verbose_name=_("strategy"))
    progress = models.CharField(_("stands"), max_length=10, choices=Progress, help_text=_("Public."))
    happened_on = models.DateField(_("since"), help_text=_("Public."))
    note = models.CharField(_("note"), max_length=300, blank=True, help_text=_("Public."))
    note_es = models.CharField(_("note, in Spanish"), max_length=340, blank=True, help_text=_("Public."))

    class Meta:
        verbose_name = _("log line of a strategy")
        verbose_name_plural = _("log lines of strategies")
        ordering = ["strategy", "happened_on", "pk"]

    def __str__(self) -> str:
        return f"{self.strategy}, {self.get_progress_display()}"


class Milestone(models.Model):
    """Something a strategy has to reach by a day."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="milestones", verbose_name=_("strategy"))
    text = models.CharField(_("milestone"), max_length=200, help_text=_("Public."))
    text_es = models.CharField(_("milestone, in Spanish"), max_length=240, blank=True, help_text=_("Public."))
    due_on = models.DateField(_("due on"), help_text=_("Public."))
    done_on = models.DateField(_("reached on"), null=True, blank=True, help_text=_("Public."))

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["strategy", "due_on", "pk"]

    def __str__(self) -> str:
        return self.text


class Resource(models.Model):
    """A document or a tool of a team, by its address."""

    team = models.ForeignKey(ActionTeam, models.CASCADE, related_name="resources", verbose_name=_("action team"))
    title = models.CharField(_("title"), max_length=160, help_text=_("Public."))
    title_es = models.CharField(_("title, in Spanish"), max_length=180, blank=True, help_text=_("Public."))
    url = models.URLField(_("address"), max_length=500, help_text=_("Public."))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        ordering = ["team", "position", "pk"]

    def __str__(self) -> str:
        return self.title


class Plan(models.Model):
    """The Collective Action Plan of one year: the strategies that run in it."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True, help_text=_("Public: part of its address."))
    title = models.CharField(_("title"), max_length=120, help_text=_("Public."))
    title_es = models.CharField(_("title, in Spanish"), max_length=140, blank=True, help_text=_("Public."))
    intro = models.TextField(_("introduction"), blank=True, help_text=_("Public."))
    intro_es = models.TextField(_("introduction, in Spanish"), blank=True, help_text=_("Public."))
    adopted_on = models.DateField(
        _("adopted on"), null=True, blank=True, help_text=_("Public. A plan nobody has adopted stays in the drawer.")
    )
    strategies = models.ManyToManyField(Strategy, blank=True, related_name="plans", verbose_name=_("strategies"))

    class Meta:
        verbose_name = _("Collective Action Plan")
        verbose_name_plural = _("Collective Action Plans")
        ordering = ["-year"]

    def __str__(self) -> str:
        return f"{self.title} ({self.year})"
