"""Signing in, the invitation, the password, and how access ends."""

from datetime import date, timedelta
from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from coalition.actions.organizations import end_contact, invite
from coalition.portal.access import invitation_path
from tests.coalition.records import clerk
from tests.portal.conftest import signed_in
from tests.portal.members import PASSWORD, end
from tests.reading import lines

pytestmark = pytest.mark.django_db

BOTH = {"new_password1": "another four long words", "new_password2": "another four long words"}


def sign_in(name: str, password: str = PASSWORD, client: Client | None = None, **more: str) -> tuple[int, str]:
    """Status, and where it leads or what it says."""
    response = (client or Client()).post("/members/sign-in/", {"username": name, "password": password, **more})
    return response.status_code, response.get("Location") or " ".join(lines(response.content.decode()))


@pytest.fixture
def no_lock(settings: Settings) -> None:
    settings.AXES_ENABLED = False


class TestSigningIn:
    def test_the_contact_signs_in_with_its_address_in_any_letters(self, a):
        assert sign_in(a.user.username) == (302, "/members/")
        assert sign_in(f" {a.user.username.upper()} ") == (302, "/members/")

    def test_it_goes_where_it_wanted_to_but_never_to_another_site(self, a):
        assert sign_in(a.user.username, next="/members/programs/") == (302, "/members/programs/")
        assert sign_in(a.user.username, next="https://example.org/") == (302, "/members/")

    def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(self, a, no_lock):
        found = [sign_in(name, "wrong") for name in (a.user.username, "nobody@example.org", a.colleague.email)]
        assert len(set(found)) == 1
        assert "E-mail and password do not belong together." in found[0][1]

    def test_after_five_wrong_passwords_the_page_says_how_long_to_wait(self, a):
        found = [sign_in(a.user.username, "wrong") for _try in range(6)]
        assert [status for status, _said in found] == [200, 200, 200, 200, 429, 429]
        assert "for ten minutes" in found[-1][1]
        assert sign_in(a.user.username)[0] == 429, "not even with the right one"

    def test_whose_last_day_is_over_is_told_so_only_with_the_right_password(self, a):
        end(a.contact)
        assert "this account is closed" in sign_in(a.user.username)[1]
        assert "do not belong together" in sign_in(a.user.username, "wrong")[1]

    def test_the_staff_sign_in_by_their_own_door(self, a):
        User.objects.create_user("editor", password=PASSWORD, is_staff=True)
        assert "This account is for the staff area" in sign_in("editor")[1]

    def test_an_account_that_was_switched_off_is_unknown(self, a):
        User.objects.filter(pk=a.user.pk).update(is_active=False)
        assert "do not belong together" in sign_in(a.user.username)[1]

    def test_signing_out_takes_a_post(self, a, member):
        assert member.get("/members/sign-out/").status_code == 405
        assert member.post("/members/sign-out/")["Location"] == "/members/sign-in/"
        assert member.get("/members/")["Location"] == "/members/sign-in/?next=/members/"

    def test_errors_are_summed_up_and_the_address_is_kept(self, a):
        page = Client().post("/members/sign-in/", {"username": "x@example.org", "password": ""}).content.decode()
        assert 'tabindex="-1" autofocus' in page
        assert 'href="#id_password"' in page
        assert 'value="x@example.org"' in page
        assert page.split("<title>")[1].startswith("Look again:")

    def test_sent_to_the_page_it_is_on_it_goes_home(self, a, member):
        here = "/members/sign-in/"
        for onward in (here, f"{here}?next={here}"):
            response = member.get(here, {"next": onward})
            assert (response.status_code, response["Location"]) == (302, "/members/")
        assert sign_in(a.user.username, next=here) == (302, "/members/")


class TestTheStaff:
    def test_members_are_told_where_to_write(self, a, member, settings: Settings):
        assert "mailto:" not in member.get("/members/").content.decode()
        settings.CONTACT_EMAIL = "staff@example.org"
        assert 'href="mailto:staff@example.org"' in member.get("/members/").content.decode()
        assert 'href="mailto:staff@example.org"' in Client().get("/members/sign-in/").content.decode()


class TestTheEnd:
    def test_access_ends_in_the_middle_of_a_session(self, a, member):
        assert member.get("/members/").status_code == 200
        end(a.contact)
        gone = member.get("/members/promises/")
        assert (gone.status_code, "no-store" in gone["Cache-Control"]) == (403, True)
        assert "Your access has ended" in gone.content.decode()
        assert a.organization.name not in gone.content.decode()
        assert member.get("/members/").status_code == 302, "it is signed out, too"

    def test_the_last_day_still_counts(self, a, member):
        end_contact(contact=a.contact, until=timezone.localdate(), by=clerk())
        assert member.get("/members/").status_code == 200

    def test_who_is_named_for_later_waits_until_then(self, a):
        type(a.contact).objects.filter(pk=a.contact.pk).update(since=timezone.localdate() + timedelta(days=1))
        assert signed_in(a).get("/members/").status_code == 403

    def test_one_account_sees_one_organization_the_one_that_names_it_now(self, a, b, member):
        end(a.contact)
        moved = type(b.contact).objects.create(
            organization=b.organization, name="Moved", email=a.contact.email, since=date(2020, 1, 1)
        )
        user = invite(contact=moved, by=clerk())
        assert member.get("/members/").status_code == 302, "the invitation ends what was open under the old name"
        client = Client()
        client.post(client.get(invitation_path(user))["Location"], BOTH)
        page = client.get("/members/").content.decode()
        assert b.organization.name in page
        assert a.organization.name not in page


class TestInvitation:
    def test_it_sets_a_password_once_and_signs_in(self, a):
        client, path = Client(), invitation_path(a.user)
        form = client.get(path)["Location"]
        assert path.rsplit("/", 2)[1] not in form, "the secret leaves the address bar"
        assert client.post(form, BOTH)["Location"] == "/members/"
        assert client.get("/members/").status_code == 200
        assert sign_in(a.user.username, BOTH["new_password1"]) == (302, "/members/")
        again = Client().get(path)
        assert (again.status_code, "does not work any more" in again.content.decode()) == (200, True)

    def test_a_short_password_is_refused_with_what_is_wrong(self, a):
        client = Client()
        form = client.get(invitation_path(a.user))["Location"]
        page = client.post(form, {"new_password1": "Hartford2025", "new_password2": "Hartford2025"}).content.decode()
        assert "at least 15 characters" in page
        assert sign_in(a.user.username) == (302, "/members/")

    def test_one_that_is_too_old_is_void(self, a, settings):
        path = invitation_path(a.user)
        later = timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT + 60)
        with patch(
            "django.contrib.auth.tokens.PasswordResetTokenGenerator._now", return_value=later.replace(tzinfo=None)
        ):
            assert "does not work any more" in Client().get(path).content.decode()

    @pytest.mark.parametrize("change", ["ended", "staff", "of another"])
    def test_it_opens_no_other_door(self, a, b, change):
        path = invitation_path(a.user)
        if change == "ended":
            end(a.contact)
        elif change == "staff":
            User.objects.filter(pk=a.user.pk).update(is_staff=True)
        else:
            uid = invitation_path(b.user).split("/")[3]
            path = path.replace(path.split("/")[3], uid)
        answer = Client().get(path)
        assert (answer.status_code, "does not work any more" in answer.content.decode()) == (200, True)


class TestPassword:
    def test_it_is_changed_with_the_old_one_and_ends_every_other_session(self, a, member):
        elsewhere = signed_in(a)
        assert member.post("/members/password/", {"old_password": "wrong", **BOTH}).status_code == 200
        assert elsewhere.get("/members/").status_code == 200
        assert member.post("/members/password/", {"old_password": PASSWORD, **BOTH})["Location"] == "/members/"
        assert "Your password is changed." in member.get("/members/").content.decode()
        assert elsewhere.get("/members/").status_code == 302
