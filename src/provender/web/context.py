"""What every template knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from provender import __version__


def page(request: HttpRequest) -> dict[str, Any]:
    """Version, whether accounts may be opened, and of this member whether they are simulated and hide calories."""
    user = getattr(request, "user", None)
    return {
        "version": __version__,
        "mail": not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"),
        "sign_up_open": settings.PROVENDER_SIGN_UP_OPEN,
        "simulated": bool(getattr(user, "is_simulated", False)),
        "hides_calories": bool(getattr(user, "hides_calories", False)),
    }
