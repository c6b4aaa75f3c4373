"""The coalition's addresses: English as they stand, Spanish under /es/."""

from django.urls import path

from dashboard import coalition_views as views

app_name = "coalition"

urlpatterns = [
    path("coalition/", views.coalition, name="coalition"),
    path("coalition/logos/<slug:sha256>.png", views.logo, name="logo"),
    path("coalition/<slug:slug>/", views.organization, name="organization"),
    path("compact/", views.compact, name="compact"),
    path("compact/ledger/", views.ledger, name="ledger"),
    path("action-teams/", views.teams, name="teams"),
    path("action-teams/plan/<int:year>/", views.plan, name="plan"),
    path("action-teams/<slug:slug>/", views.team, name="team"),
    path("contributions/", views.contributions, name="contributions"),
    path("programs/", views.programs, name="programs"),
    path("programs/<slug:slug>/", views.program, name="program"),
]
