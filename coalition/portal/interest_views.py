"""The public form for those who would like to join, and what is said when it was sent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from .interest import InterestForm


# Exempt, because there is nothing to forge: the form acts for whoever sends it, with no session, and the public
# pages set no cookie that a token could be compared with.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def form(request: HttpRequest) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    sent = InterestForm(data, initial={"kind": request.GET.get("for", "")})
    if sent.send(request):
        return redirect("interest:thanks")
    return render(request, "interest/form.html", {"form": sent})


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "interest/thanks.html")
