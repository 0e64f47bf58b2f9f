"""Who may come in: every page of a diary is its member's alone."""

from collections.abc import Callable
from functools import wraps
from importlib import import_module
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from provender.store.members import Member

Rest = ParamSpec("Rest")


def member_view(
    view: Callable[Concatenate[HttpRequest, Member, Rest], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponse]:
    """A view that is given the signed-in member; anybody else is asked to sign in first."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        return view(request, cast("Member", request.user), *args, **kwargs)

    return cast("Callable[Concatenate[HttpRequest, Rest], HttpResponse]", login_required(inner))


def later(module: str, name: str) -> Callable[..., HttpResponse]:
    """A view whose module is imported when it is first asked for: what draws charts takes a second to load.

    Args:
        module: Where the view is.
        name: What it is called there.
    """

    def inner(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        view: Callable[..., HttpResponse] = getattr(import_module(module), name)
        return view(request, *args, **kwargs)

    return inner
