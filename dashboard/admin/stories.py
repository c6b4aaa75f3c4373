"""Stories: written like a form, looked at like a page, published and taken back by a button."""

import hashlib
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from allin.lists.asking import OnlyFilters
from allin.pictures import JPEG, MEGABYTE, Drawn, UnusablePicture, drawn_anew, kind_of
from dashboard import stories
from dashboard.models import Story, StoryChange
from dashboard.pages.history.story import story_page

PUBLISH = "dashboard.publish_story"
#: What may be sent, what it may unpack to, and what it is drawn into.
MOST, PIXELS, BOX = 8 * MEGABYTE, 30_000_000, (1200, 900)


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField"})


class StoryForm(forms.ModelForm):
    """The words, a picture, and, once everybody has read them, what is changed about them."""

    new_picture = forms.FileField(
        label=gettext_lazy("Picture"),
        required=False,
        help_text=gettext_lazy("A JPEG or PNG of at most 8 MB. It is drawn anew and nothing else of the file is kept."),
    )
    drop_picture = forms.BooleanField(label=gettext_lazy("Take the picture away"), required=False)
    change_note = forms.CharField(
        label=gettext_lazy("What do you change?"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("The story is public: this sentence is shown under it."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    change_note_es = forms.CharField(
        label=gettext_lazy("The same in Spanish"),
        max_length=360,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    class Meta:
        model = Story
        fields = (
            "title", "title_es", "slug", "lead", "lead_es", "text", "text_es", "alt", "alt_es", "credit", "goals",
            "teams",
        )  # fmt: skip

        widgets = {
            **{name: _area(rows=2) for name in ("lead", "lead_es")},
            **{name: _area(rows=14) for name in ("text", "text_es")},
            "goals": forms.CheckboxSelectMultiple,
            "teams": forms.CheckboxSelectMultiple,
        }

    drawn: Drawn | None = None

    def clean_new_picture(self) -> Any:
        sent = self.cleaned_data["new_picture"]
        if not sent:
            return sent
        if sent.size > MOST:
            raise forms.ValidationError(_("The picture has more than 8 MB; make it smaller and send it again."))
        data = sent.read()
        if not kind_of(data):
            raise forms.ValidationError(_("This is not a JPEG or PNG; send one of these."))
        try:
            self.drawn = drawn_anew(data, box=BOX, pixels=PIXELS, kind=JPEG)
        except UnusablePicture as problem:
            raise forms.ValidationError(str(problem)) from None
        return sent

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        is_public = self.instance.state == Story.State.PUBLIC
        if is_public and self.has_changed() and not said.get("change_note", "").strip():
            self.add_error("change_note", _("Everybody has read this story: say what you change."))
        has_picture = self.drawn or (self.instance.picture_sha256 and not said.get("drop_picture"))
        if is_public and has_picture and not said.get("alt", "").strip():
            self.add_error("alt", _("Say what the picture shows; readers who do not see it need the words."))
        return said


@admin.register(Story)
class StoryAdmin(OnlyFilters):
    """Nothing is public before it is published, and nothing that was public is deleted."""

    form = StoryForm
    change_form_template = "admin/dashboard/story/change_form.html"
    list_display = ("title", "state", "published_at", "written_by")
    list_filter = ("state",)
    list_select_related = ("written_by",)
    search_fields = ("title", "lead", "text")
    prepopulated_fields = {"slug": ("title",)}

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("picture")

    def get_fieldsets(self, request: HttpRequest, obj: Story | None = None) -> Any:
        words = (None, {"fields": (("title", "title_es"), "slug", ("lead", "lead_es"), "text", "text_es")})
        pictures = ["new_picture", *(["drop_picture"] if obj and obj.picture_sha256 else [])]
        shown = (_("Picture"), {"fields": (*pictures, ("alt", "alt_es"), "credit")})
        about = (_("What it is about"), {"fields": ("goals", "teams")})
        changed = (_("The change"), {"fields": ("change_note", "change_note_es")})
        return (words, shown, about, *((changed,) if obj and obj.state == Story.State.PUBLIC else ()))

    def get_prepopulated_fields(self, request: HttpRequest, obj: Story | None = None) -> Any:
        return {} if obj else self.prepopulated_fields

    def get_readonly_fields(self, request: HttpRequest, obj: Story | None = None) -> Any:
        return ("slug",) if obj and obj.state != Story.State.DRAFT else ()

    def has_change_permission(self, request: HttpRequest, obj: Story | None = None) -> bool:
        """A public story is changed by who may publish; one that was taken back by nobody."""
        if obj and obj.state == Story.State.WITHDRAWN:
            return False
        if obj and obj.state == Story.State.PUBLIC and not request.user.has_perm(PUBLISH):
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Story | None = None) -> bool:
        """A draft that nobody but staff has seen may go."""
        return obj is not None and obj.state == Story.State.DRAFT and super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Story, form: Any, change: bool) -> None:
        if not change:
            obj.written_by = _person(request)
        if form.drawn:
            obj.picture = form.drawn.data
            obj.picture_sha256 = hashlib.sha256(form.drawn.data).hexdigest()
            obj.picture_width, obj.picture_height = form.drawn.width, form.drawn.height
        elif form.cleaned_data.get("drop_picture"):
            obj.picture, obj.picture_sha256, obj.picture_width, obj.picture_height = None, "", 0, 0
        super().save_model(request, obj, form, change)
        note = form.cleaned_data.get("change_note", "").strip()
        if obj.state == Story.State.PUBLIC and note:
            spanish = form.cleaned_data.get("change_note_es", "").strip()
            StoryChange.objects.create(story=obj, note=note, note_es=spanish, changed_by=_person(request))

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("<int:pk>/look/", self.admin_site.admin_view(self.look), name="dashboard_story_look"),
            path("<int:pk>/picture/", self.admin_site.admin_view(self.show_picture), name="dashboard_story_picture"),
            path("<int:pk>/publish/", self.admin_site.admin_view(self.publish), name="dashboard_story_publish"),
            path("<int:pk>/withdraw/", self.admin_site.admin_view(self.withdraw), name="dashboard_story_withdraw"),
        ]
        return own + super().get_urls()

    def look(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The page as readers would have it, in the language that is asked for."""
        row, told = self._row(request, pk), stories.draft(pk)
        language = "es" if request.GET.get("in") == "es" else "en"
        if told is None:
            raise Http404
        with override(language):
            picture = reverse("admin:dashboard_story_picture", args=[pk])
            context = {"page": story_page(told, picture), "is_draft": row.state == Story.State.DRAFT}
            return TemplateResponse(request, "pages/history/story.html", context).render()

    def show_picture(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = self._row(request, pk)
        if not row.picture:
            raise Http404
        return HttpResponse(bytes(row.picture), content_type=JPEG)

    def publish(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks once more, with what is missing; then shows it to everybody."""
        row = self._row(request, pk)
        if not request.user.has_perm(PUBLISH):
            raise PermissionDenied
        if request.method == "POST":
            try:
                stories.publish(story=row, by=_person(request))
                messages.success(request, _("The story is public."))
            except stories.StoryError as problem:
                messages.error(request, str(problem))
            return HttpResponseRedirect(reverse("admin:dashboard_story_change", args=[pk]))
        return self._page(request, row, "publish")

    def withdraw(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Takes it back, with the reason that is shown at its address."""
        row = self._row(request, pk)
        if not request.user.has_perm(PUBLISH):
            raise PermissionDenied
        if request.method == "POST":
            try:
                stories.withdraw(story=row, by=_person(request), reason=request.POST.get("reason", "")[:280])
                messages.success(request, _("The story is taken back."))
                return HttpResponseRedirect(reverse("admin:dashboard_story_change", args=[pk]))
            except stories.StoryError as problem:
                messages.error(request, str(problem))
        return self._page(request, row, "withdraw")

    def _page(self, request: HttpRequest, row: Story, act: str) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": row,
            "title": {"publish": _("Publish this story?"), "withdraw": _("Take this story back?")}[act],
            "lacks_spanish": not (row.title_es and row.lead_es and row.text_es),
            "lacks_words": bool(row.picture_sha256 and not row.alt),
        }
        return TemplateResponse(request, f"admin/dashboard/story/{act}.html", context)

    def _row(self, request: HttpRequest, pk: int) -> Story:
        row = Story.objects.filter(pk=pk).first()
        if row is None:
            raise Http404
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        return row

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        context["may_publish"] = request.user.has_perm(PUBLISH)
        return super().render_change_form(request, context, *args, **kwargs)


def _person(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
