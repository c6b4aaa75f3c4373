"""The form for those who would like to join, and what keeps robots out of it: no cookie, no third party, no script."""

import re
from datetime import timedelta
from ipaddress import ip_address, ip_network
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from coalition.actions.errors import CoalitionError
from coalition.actions.interest import record
from coalition.models import Interest, Sector

from .forms import LinesField

#: Nobody types name, organization and address faster; a page that was open longer than a day is loaded anew.
FASTEST = timedelta(seconds=3)
OLDEST = timedelta(days=1)
#: Links a message may hold: enough for a website and a page of it, too few for an advertisement.
MOST_LINKS = 2
#: Messages from one address in an hour, and from everybody together. The second one holds whatever the number of
#: workers, and whatever anybody pretends to be.
MOST_FROM_ONE = 5
MOST_FROM_ALL = 60
WINDOW = timedelta(hours=1)
#: An IPv6 caller is known by its network: what a provider gives to one household or office.
NETWORK_BITS = 64

LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
CONSENT = gettext_lazy(
    "I agree that Achieve Hartford! keeps what I have written here to answer me, and for two years at most."
)

_clock = signing.TimestampSigner(salt="coalition.interest")


def line(label: Any, most: int, autocomplete: str, *, kind: str = "text", required: bool = True) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": autocomplete, "type": kind})
    return forms.CharField(label=label, max_length=most, required=required, widget=widget)


class InterestForm(forms.Form):
    """`website` is for robots: nobody sees it. `shown` says, signed, when the page was made."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What would you like?"),
        choices=[
            (Interest.Kind.MEMBER, gettext_lazy("Our organization would like to become a member")),
            (Interest.Kind.OPEN_HOUSE, gettext_lazy("I would like to come to an open house")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the two: membership or an open house.")},
    )
    organization = line(gettext_lazy("Organization"), 160, "organization")
    sector = forms.ChoiceField(
        label=gettext_lazy("Sector"), choices=[("", gettext_lazy("Not sure")), *Sector.choices], required=False
    )
    name = line(gettext_lazy("Your name"), 120, "name")
    email = forms.EmailField(label=gettext_lazy("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    phone = line(gettext_lazy("Phone"), 40, "tel", kind="tel", required=False)
    message = LinesField(
        label=gettext_lazy("Message"),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
    )
    consent = forms.BooleanField(
        label=CONSENT, error_messages={"required": gettext_lazy("Tick the box if we may keep this and answer you.")}
    )
    website = forms.CharField(required=False)
    shown = forms.CharField(required=False)

    @property
    def stamp(self) -> str:
        """What the page carries in `shown`: the moment it was made, kept while it is good, so that the text is too."""
        sent = self.data.get("shown", "") if self.is_bound else ""
        return sent if _age(sent) is not None else _clock.sign("shown")

    def clean_message(self) -> str:
        message: str = self.cleaned_data["message"]
        if len(LINK.findall(message)) > MOST_LINKS:
            sentence = ngettext(
                "Leave at most {n} link in the message.", "Leave at most {n} links in the message.", MOST_LINKS
            )
            raise ValidationError(sentence.format(n=MOST_LINKS))
        return message

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        age, filled = _age(data.pop("shown", "")), data.pop("website", "")
        if self.errors:  # one thing after the other: sending it again takes long enough
            return data
        if filled:
            raise ValidationError(_("Something was filled in that nobody sees. Look your text over and send it again."))
        if age is None:
            raise ValidationError(_("This page was open for more than a day. Your text is still here: send it again."))
        if age < FASTEST:
            raise ValidationError(_("That was faster than anybody types. Your text is still here: send it again."))
        return data

    def send(self, request: HttpRequest) -> bool:
        """Records a valid form; False when it is not, or too many came: then the form says so and keeps its text."""
        if not self.is_valid():
            return False
        consent, language = str(CONSENT), get_language() or settings.LANGUAGE_CODE
        try:
            _admit(request)
            record(**{**self.cleaned_data, "consent": consent}, language=language)
        except CoalitionError as problem:
            self.add_error(problem.field if problem.field in self.fields else None, str(problem))
            return False
        return True


def _age(stamp: str) -> timedelta | None:
    """How long ago a page with this stamp was made; None where we made none, or it is too old to believe."""
    try:
        _clock.unsign(stamp, max_age=OLDEST)
    except signing.BadSignature:
        return None
    try:
        _clock.unsign(stamp, max_age=FASTEST)
    except signing.SignatureExpired:
        return FASTEST
    return timedelta()


def _admit(request: HttpRequest) -> None:
    """Raises CoalitionError when too many messages came from one address, or at all, within the window."""
    key = f"interest:{salted_hmac('coalition.interest', _address(request)).hexdigest()}"
    cache.add(key, 0, WINDOW.total_seconds())  # the address itself is kept nowhere
    from_one = cache.incr(key) if cache.get(key) is not None else 1
    from_all = Interest.objects.filter(sent_at__gte=timezone.now() - WINDOW).count()
    if from_one > MOST_FROM_ONE or from_all >= MOST_FROM_ALL:
        raise CoalitionError(_("Many messages came within an hour. Your text is still here: send it again later."))


def _address(request: HttpRequest) -> str:
    """Where a request comes from. Of IPv6 it is the network: one caller has all the addresses of it."""
    given = request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(given)
    except ValueError:
        return given
    return str(ip_network((address, NETWORK_BITS), strict=False)) if address.version == 6 else given
