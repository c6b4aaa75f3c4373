"""What is kept for ever of a release: what it changed, and each of its figures. Also as any release showed it."""

from django.urls import path

from dashboard import record_views as views

app_name = "record"

urlpatterns = [
    path("changes/", views.changes, name="changes"),
    path("figures/<slug:indicator>/<str:place>/<slug:group>/<int:year>/", views.figure, name="figure"),
]
