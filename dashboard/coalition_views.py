"""The coalition's public pages: what the roster says, put into words, put into a template."""

from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from coalition import roster
from dashboard import stories
from dashboard.delivery import public
from dashboard.mounts import edition, measures, moment, program_figures
from dashboard.pages.coalition import compact as compact_pages
from dashboard.pages.coalition import giving, organizations
from dashboard.pages.coalition import program as one_program
from dashboard.pages.coalition import programs as program_pages
from dashboard.pages.coalition import team as one_team
from dashboard.pages.coalition import teams as team_pages
from dashboard.pages.history.story import teasers

Page = TypeVar("Page")


@public
def coalition(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "pages/coalition/coalition.html",
        {"page": organizations.coalition_page(edition(request))},
    )


@public
def organization(request: HttpRequest, slug: str) -> HttpResponse:
    seen = edition(request)
    moved = dict(seen.coalition.moved)
    if slug in moved:
        return HttpResponsePermanentRedirect(reverse("coalition:organization", args=[moved[slug]]))
    page = _found(organizations.organization_page(seen, slug))
    return render(request, "pages/coalition/organization.html", {"page": page})


@public
def logo(request: HttpRequest, sha256: str) -> HttpResponse:
    return HttpResponse(_found(roster.logo(sha256, moment(request))), content_type="image/png")


@public
def compact(request: HttpRequest) -> HttpResponse:
    page = compact_pages.compact_page(edition(request), request.GET.get("version", ""))
    return render(request, "pages/coalition/compact.html", {"page": page})


@public
def ledger(request: HttpRequest) -> HttpResponse:
    page = compact_pages.ledger_page(edition(request), request.GET)
    return render(request, "pages/coalition/ledger.html", {"page": page})


@public
def teams(request: HttpRequest) -> HttpResponse:
    page = team_pages.teams_page(edition(request), measures(request))
    return render(request, "pages/coalition/teams.html", {"page": page})


@public
def team(request: HttpRequest, slug: str) -> HttpResponse:
    page = _found(one_team.team_page(edition(request), measures(request), slug))
    told = teasers(stories.of_team(slug, moment(request)))
    return render(request, "pages/coalition/team.html", {"page": page, "stories": told})


@public
def plan(request: HttpRequest, year: int) -> HttpResponse:
    return render(
        request,
        "pages/coalition/plan.html",
        {"page": _found(team_pages.plan_page(edition(request), year))},
    )


@public
def contributions(request: HttpRequest) -> HttpResponse:
    page = giving.contributions_page(edition(request), request.GET)
    return render(request, "pages/coalition/contributions.html", {"page": page})


@public
def programs(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/coalition/programs.html", {"page": program_pages.programs_page(edition(request))})


@public
def program(request: HttpRequest, slug: str) -> HttpResponse:
    page = _found(one_program.program_page(edition(request), program_figures(request), slug))
    return render(request, "pages/coalition/program.html", {"page": page})


def _found(page: Page | None) -> Page:
    if page is None:
        raise Http404
    return page
