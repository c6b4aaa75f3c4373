"""The addresses of the members' area. None holds the number of a row: each is looked up within one organization."""

from django.contrib.auth.views import LogoutView
from django.urls import path, reverse_lazy

from . import accounts, views

app_name = "members"

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/", accounts.SignIn.as_view(), name="sign_in"),
    path("sign-out/", LogoutView.as_view(next_page=reverse_lazy("members:sign_in")), name="sign_out"),
    path("invitation/<slug:uidb64>/<slug:token>/", accounts.Invitation.as_view(), name="invitation"),
    path("password/", accounts.change_password, name="password"),
    path("organization/", views.organization, name="organization"),
    path("promises/", views.promises, name="promises"),
    path("promises/<int:version>/<int:year>/<slug:number>/", views.promise, name="promise"),
    path("promises/<int:version>/<int:year>/<slug:number>/file/", views.evidence, name="evidence"),
    path("contacts/", views.contacts, name="contacts"),
    path("contacts/<int:number>/", views.end_contact, name="end_contact"),
    path("programs/", views.programs, name="programs"),
    path("programs/<slug:slug>/", views.program, name="program"),
    path("programs/<slug:slug>/<int:year>/", views.figures, name="figures"),
    path("programs/<slug:slug>/<int:year>/template.csv", views.template, {"kind": "csv"}, name="template_csv"),
    path("programs/<slug:slug>/<int:year>/template.xlsx", views.template, {"kind": "xlsx"}, name="template_xlsx"),
]
