"""What every template knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from provender import __version__


def page(request: HttpRequest) -> dict[str, Any]:
    """Version, whether accounts may be opened, and whether this member is simulated."""
    return {
        "version": __version__,
        "mail": not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"),
        "sign_up_open": settings.PROVENDER_SIGN_UP_OPEN,
        "simulated": bool(getattr(request.user, "is_simulated", False)) if hasattr(request, "user") else False,
    }
