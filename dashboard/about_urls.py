"""Addresses of what the board says about itself: English as they stand, Spanish under /es/."""

from django.urls import path

from dashboard import views

app_name = "about"

urlpatterns = [
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
]
