"""Check an article: any pasted text, sentence by sentence, beside what is known."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def check_page(request: HttpRequest) -> HttpResponse:
    """The page."""
    return render(request, "web/library/check.html", {})
