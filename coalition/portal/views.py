"""The members' pages: each asks only for what belongs to the contact's own organization; anything else is not there."""

from typing import TypeVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from coalition.actions import ledger
from coalition.actions.organizations import name_contact
from coalition.models import Contact

from . import people
from .access import account, member
from .downloads import evidence_file, template_file
from .figures import figures_page, send
from .forms import ContactForm, FiguresForm, LastDayForm, ReplyForm, carried_out
from .home import home_page
from .programs import program_page, program_pages
from .promises import promise_lines, promise_page
from .public import public_part

Found = TypeVar("Found")

reads = require_safe
reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])


def found(thing: Found | None) -> Found:
    if thing is None:
        raise Http404
    return thing


@reads
@member
def home(request: HttpRequest, contact: Contact) -> HttpResponse:
    page = home_page(contact.organization, timezone.localdate())
    return render(request, "members/home.html", {"contact": contact, "page": page})


@reads
@member
def organization(request: HttpRequest, contact: Contact) -> HttpResponse:
    page = public_part(contact.organization)
    return render(request, "members/organization.html", {"contact": contact, "page": page})


@reads
@member
def promises(request: HttpRequest, contact: Contact) -> HttpResponse:
    lines = promise_lines(contact.organization, timezone.localdate())
    return render(request, "members/promises.html", {"contact": contact, "lines": lines})


@reads_and_writes
@member
def promise(request: HttpRequest, contact: Contact, version: int, year: int, number: str) -> HttpResponse:
    page = found(promise_page(contact.organization, (version, number, year), timezone.localdate()))
    form = ReplyForm(request.POST or None)
    read_again, word = "send" not in request.POST and form.is_valid(), page.latest.assessment
    if "send" in request.POST and carried_out(form, ledger.reply, assessment=word, by=account(contact)) is not None:
        messages.success(request, _("Your reply is sent. It stands beside the assessment, word for word."))
        return redirect(request.path)
    context = {"contact": contact, "page": page, "form": form, "read_again": read_again}
    return render(request, "members/promise.html", context)


@reads
@member
def evidence(request: HttpRequest, contact: Contact, version: int, year: int, number: str) -> HttpResponse:
    page = found(promise_page(contact.organization, (version, number, year), timezone.localdate()))
    return found(evidence_file(page.latest.assessment))


@reads_and_writes
@member
def contacts(request: HttpRequest, contact: Contact) -> HttpResponse:
    form = ContactForm(request.POST or None)
    if carried_out(form, name_contact, organization=contact.organization, by=account(contact)):
        messages.success(request, _("The contact is named. The coalition’s staff sends the invitation to sign in."))
        return redirect("members:contacts")
    named = people.named(contact.organization, timezone.localdate())
    return render(request, "members/contacts.html", {"contact": contact, "named": named, "form": form})


@reads_and_writes
@member
def end_contact(request: HttpRequest, contact: Contact, number: int) -> HttpResponse:
    person = found(people.find(contact.organization, number, timezone.localdate()))
    form = LastDayForm(request.POST or None)
    if carried_out(form, people.end, contact=person, by=contact):
        messages.success(request, _("The last day of {name} is recorded.").format(name=person.name))
        return redirect("members:contacts")
    return render(request, "members/contact.html", {"contact": contact, "person": person, "form": form})


@reads
@member
def programs(request: HttpRequest, contact: Contact) -> HttpResponse:
    pages = program_pages(contact.organization, timezone.localdate())
    return render(request, "members/programs.html", {"contact": contact, "pages": pages})


@reads
@member
def program(request: HttpRequest, contact: Contact, slug: str) -> HttpResponse:
    page = found(program_page(contact.organization, slug, timezone.localdate()))
    return render(request, "members/program.html", {"contact": contact, "page": page})


@reads_and_writes
@member
def figures(request: HttpRequest, contact: Contact, slug: str, year: int) -> HttpResponse:
    page = found(figures_page(contact.organization, slug, year, timezone.localdate()))
    form = FiguresForm(request.POST or None, request.FILES or None)
    upload = carried_out(form, send, line=page.line, by=account(contact))
    if upload is not None:
        receipt = _("Your figures are received. The receipt is number {number}.").format(number=upload.receipt)
        messages.success(request, receipt)
        return redirect(request.path)
    return render(request, "members/figures.html", {"contact": contact, "page": page, "form": form})


@reads
@member
def template(request: HttpRequest, contact: Contact, slug: str, year: int, kind: str) -> HttpResponse:
    page = found(figures_page(contact.organization, slug, year, timezone.localdate()))
    return template_file(page.line.program, year, kind)
