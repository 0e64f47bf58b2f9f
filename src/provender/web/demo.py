"""Try the demo: a simulated member of one's own, marked as simulated, resettable."""

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from provender.store.demo import drop_simulated, new_simulated
from provender.web.accounts import zone_of


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Sign in as a fresh simulated member; a real member stays who they are and is sent home."""
    if request.user.is_authenticated and not request.user.is_simulated:
        return redirect("home")
    _leave(request)
    member = new_simulated(zone=zone_of(request))
    login(request, member, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("home")


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Leave the demo; the simulated diary is removed."""
    _leave(request)
    return redirect("home")


def _leave(request: HttpRequest) -> None:
    if request.user.is_authenticated and request.user.is_simulated:
        number = request.user.pk
        logout(request)
        drop_simulated(number)
