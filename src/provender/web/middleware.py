"""What every answer passes through."""

import logging
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from provender.terms.errors import ArtifactError, InputError, NotFoundError, ProvenderError

Answer = Callable[[HttpRequest], HttpResponse]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
PERMISSIONS = "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()"
log = logging.getLogger("provender.web")


class ContentSecurityPolicy:
    """No page may ask a third party for anything, nor use more of the device than the camera: the browser refuses.

    Barcodes are read by WebAssembly in a worker. A worker obeys the policy its own file was sent with, which is that of
    static files (``settings.STATIC_POLICY``); so the pages themselves need no ``wasm-unsafe-eval``.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer with both policies on it."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response


class SimulatedStaysSimulated:
    """A demo member has no account to manage: account pages lead back to the demo, leaving apart."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, or the way back."""
        simulated = getattr(request.user, "is_simulated", False)
        if simulated and request.path.startswith("/account/") and not request.path.startswith("/account/logout"):
            return redirect("home")
        return self.get_response(request)


class PlainErrors:
    """Turns the errors of the lower floors into a page that says what to do."""

    STATUS: tuple[tuple[type[Exception], int], ...] = (
        (NotFoundError, 404),
        (InputError, 422),
        (ArtifactError, 503),
        (ProvenderError, 500),
        (DatabaseError, 503),
    )

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, unchanged."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page (or, for htmx, a line) with the error's own sentence; None for errors we do not know."""
        for kind, status in self.STATUS:
            if isinstance(exception, kind):
                return self.answer(request, exception, status)
        return None

    @staticmethod
    def answer(request: HttpRequest, exception: Exception, status: int) -> HttpResponse:
        """The error in the page's own words."""
        sentence = str(exception)
        if isinstance(exception, DatabaseError):
            log.error("the database refused", exc_info=exception)
            sentence = (
                f"The diary could not be written ({exception}). Nothing was changed and nothing you typed is lost:"
                " it is still in your browser. Is the disk full, or read-only?"
            )
        template = "web/partials/error.html" if request.headers.get("HX-Request") else "web/error.html"
        return render(request, template, {"sentence": sentence, "status": status}, status=status)
