"""Acts: a button, a small form, a verb. What a drop-down would change silently is done here, and written down."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from coalition.actions.errors import CoalitionError
from coalition.files import check_size

from .lists import WIDGETS, ListAdmin, day_input, person
from .sections import Button, Section


def field_of(model: type[models.Model], name: str, **changes: Any) -> Any:
    """The form field of a model's field: its label, its help (public or private?), its limits."""
    field: Any = model._meta.get_field(name)
    if isinstance(field, models.DateField):
        changes.setdefault("widget", day_input())
    elif not field.choices:
        changes = {**next((given for kind, given in WIDGETS.items() if isinstance(field, kind)), {}), **changes}
    return field.formfield(**changes)


class SizedFileField(forms.FileField):
    """A file of at most `most` bytes. Of a larger one the content may not have arrived, but its size always has."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        try:
            check_size(file.size, self.most) if file else None
        except CoalitionError as problem:
            raise ValidationError(str(problem)) from None
        return file


class ActForm(forms.Form):
    """Its fields are what the verb asks for, by the verb's own names: so what the verb refuses finds its field.

    `target` is the record or part that the act is done to; None for an act on the whole list.
    """

    required_css_class = "required"

    def __init__(self, *args: Any, target: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.target = target


@dataclass(frozen=True, slots=True)
class Done:
    """What an act did: a sentence, the records in whose history it is written, and where the person goes next.

    `handover` is the path of a link that is shown once, on a page of its own; `remark` what the person should look at
    again, with the button that leads there: it is shown once and written into no history.
    """

    words: str
    about: tuple[models.Model, ...] = ()
    url: str = ""
    handover: str = ""
    remark: Any = ""
    then: Button | None = None


def always(_target: Any) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing that staff do to a record.

    name        its part of the address
    words       what the button says, and the heading of the page
    permission  who may
    do          (record or part, cleaned data, who) → Done; raises CoalitionError
    note        above the form: what it means and who will read it
    parts       the rows of a record that it is done to, one at a time; None: to the record itself
    offered     whether it can be done now to this record or part (None: to the list)
    whole       it is done to the list, not to one record
    """

    name: str
    words: Any
    permission: str
    do: Callable[[Any, dict[str, Any], User], Done]
    form: type[ActForm] = ActForm  # nothing to fill in: the button is the whole form
    note: Any = ""
    parts: Callable[[Any], models.QuerySet[Any]] | None = None
    offered: Callable[[Any], bool] = always
    initial: Callable[[Any], dict[str, Any]] | None = None
    whole: bool = False
    grave: bool = False
    template: str = "admin/coalition/act.html"

    @property
    def route(self) -> str:
        if self.whole:
            return f"{self.name}/"
        return f"<int:pk>/{self.name}/<int:part>/" if self.parts else f"<int:pk>/{self.name}/"


class ActAdmin(ListAdmin):
    """A list whose records have a page each: plain facts as a form, everything else as sections with buttons."""

    acts: tuple[Act, ...] = ()
    change_form_template = "admin/coalition/record.html"

    # --- for the subclasses -------------------------------------------------------------------------------------------

    def sections(self, request: HttpRequest, record: Any) -> Iterable[Section]:
        """What stands below the facts of a record."""
        return ()

    def offers(self, request: HttpRequest, record: Any) -> Iterable[Button]:
        """What may be done next, at the head of the page; the first is what most people came for."""
        return ()

    def standing(self, request: HttpRequest, record: Any) -> Any:
        """How the record stands, in one line under its name."""
        return ""

    def way(
        self, request: HttpRequest, name: str, words: Any, *, permission: str, of: Any = None, **given: Any
    ) -> tuple[Button, ...]:
        """The way to a form of another list, for those who may, with what is known filled in; `of` is its record."""
        if not request.user.has_perm(permission):
            return ()
        keys = [] if of is None else [of.pk]
        return (Button(words, reverse(f"admin:coalition_{name}", args=keys, query=given)),)

    def remark(self, request: HttpRequest, sentence: Any, buttons: Iterable[Button] = ()) -> None:
        """Says something to look at again, with the way there; nothing is refused."""
        links = format_html_join("", ' <a href="{}">{}</a>', ((button.url, button.words) for button in buttons))
        messages.warning(request, format_html("{}{}", sentence, links))

    def button(self, request: HttpRequest, act: Act, record: Any = None, part: Any = None) -> tuple[Button, ...]:
        """The button of an act; none when it may not or cannot be done."""
        if not request.user.has_perm(act.permission):
            return ()
        if not act.offered(record if part is None else part):
            return ()
        keys = [one.pk for one in (record, part) if one is not None]
        return (Button(act.words, reverse(self._url_name(act), args=keys), grave=act.grave),)

    # --- the machinery ------------------------------------------------------------------------------------------------

    def _url_name(self, act: Act) -> str:
        return f"admin:{self._plain_name(act)}"

    def _plain_name(self, act: Act) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{act.name.replace('-', '_')}"

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(act.route, self.admin_site.admin_view(partial(self.act_view, act=act)), name=self._plain_name(act))
            for act in self.acts
        ]
        return own + super().get_urls()

    def record_url(self, record: models.Model) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[record.pk])

    def list_url(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def act_view(
        self, request: HttpRequest, pk: int | None = None, part: int | None = None, *, act: Act
    ) -> HttpResponse:
        """The page of one act: its form, then the record it was done to."""
        if not request.user.has_perm(act.permission):
            raise PermissionDenied
        record = None if act.whole else get_object_or_404(self.get_queryset(request), pk=pk)
        target = get_object_or_404(act.parts(record), pk=part) if act.parts else record
        back = self.list_url() if record is None else self.record_url(record)
        if not act.offered(target):
            messages.warning(request, _("“%(act)s” is not possible now; this is how it stands.") % {"act": act.words})
            return HttpResponseRedirect(back)
        is_post = request.method == "POST"
        initial = {**(act.initial(target) if act.initial else {}), **request.GET.dict()}
        form = act.form(request.POST if is_post else None, request.FILES if is_post else None,
                        initial=initial, target=target)  # fmt: skip
        if is_post and form.is_valid() and (done := self._done(request, act, form, record)):
            if not done.handover:
                messages.success(request, done.words)
                if done.remark:
                    self.remark(request, done.remark, (done.then,) if done.then else ())
                return HttpResponseRedirect(done.url or back)
            shown = {"done": done, "handover": request.build_absolute_uri(done.handover)}
            context = {**self._context(request, act, form, record, back=back), **shown}
            return TemplateResponse(request, "admin/coalition/handover.html", context)
        return TemplateResponse(request, act.template, self._context(request, act, form, record, back=back))

    def _done(self, request: HttpRequest, act: Act, form: Any, record: Any) -> Done | None:
        """Does it and writes it into the history; None when it was refused, with the sentence beside its field."""
        try:
            with transaction.atomic():
                done = act.do(form.target, form.cleaned_data, person(request))
                for one in done.about or ((record,) if record is not None else ()):
                    self.log_change(request, one, f"{act.words}: {done.words}")
        except CoalitionError as problem:
            form.add_error(problem.field if problem.field in form.fields else None, str(problem))
            return None
        return done

    def _context(self, request: HttpRequest, act: Act, form: Any, record: Any, *, back: str) -> Any:
        return {
            **self.admin_site.each_context(request),
            "title": act.words,
            "subtitle": None if record is None else str(record),
            "opts": self.opts,
            "act": act,
            "record": record,
            "part": form.target if act.parts else None,
            "form": form,
            "back": back,
            "media": self.media + form.media,
        }

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        buttons = [button for act in self.acts if act.whole for button in self.button(request, act)]
        return super().changelist_view(request, {"buttons": buttons, **(extra_context or {})})

    def render_change_form(self, *args: Any, **given: Any) -> Any:
        request, context = args
        context["show_save_and_continue"] = context["show_save_and_add_another"] = False  # one button: Save
        if given.get("obj") is not None:
            record = given["obj"]
            context["standing"] = self.standing(request, record)
            context["offers"] = list(self.offers(request, record))
            context["sections"] = list(self.sections(request, record))
        return super().render_change_form(*args, **given)

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """On to the record's own page, where the next step is."""
        return HttpResponseRedirect(self.record_url(obj))

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return HttpResponseRedirect(self.record_url(obj))
