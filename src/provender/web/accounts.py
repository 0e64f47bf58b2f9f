"""How accounts are opened: allauth's pages, our rules."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from provender.store.days import checked_zone
from provender.store.members import keep_plan
from provender.terms.errors import InputError


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Opens accounts only where the installation allows it, and carries a plan made before signing up over."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth passes it
        """Whether anybody may open an account here."""
        return bool(settings.PROVENDER_SIGN_UP_OPEN)

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        """The new member, in their own time zone, with the plan they made before."""
        user.zone = zone_of(request)
        member = super().save_user(request, user, form, commit)
        kept = request.session.get("plan")
        if commit and kept:
            keep_plan(member, kept)
            del request.session["plan"]
        return member


def zone_of(request: HttpRequest) -> str:
    """The browser's time zone, from the cookie its script keeps; UTC when it says none."""
    try:
        return checked_zone(request.COOKIES.get("zone", "UTC").replace("%2F", "/"))
    except InputError:
        return "UTC"
