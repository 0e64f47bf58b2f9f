"""Plan (being written)."""

from django.http import HttpRequest, HttpResponse


def plan_page(request: HttpRequest) -> HttpResponse:
    """Being written."""
    return HttpResponse("plan")
