"""What was published when, from the first release to the last: these addresses are those of today alone."""

from django.urls import path
from django.views.generic import RedirectView

from dashboard import history_views as views

app_name = "history"

urlpatterns = [
    path("updates/", views.updates, name="updates"),
    path("updates/stories/<slug:slug>/", views.story, name="story"),
    path("updates/stories/<slug:slug>/<slug:sha256>.jpg", views.story_picture, name="story_picture"),
    path("updates/corrections/", views.corrections, name="corrections"),
    path("updates/corrections.csv", views.corrections_csv, name="corrections_csv"),
    path("updates/feed.atom", views.atom, name="atom"),
    path("updates/feed.json", views.json, name="json"),
    path("history/", views.history, name="history"),
    path("releases/", RedirectView.as_view(pattern_name="history:updates", permanent=True), name="releases"),
]
