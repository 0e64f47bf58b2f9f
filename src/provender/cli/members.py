"""``provender members``: accounts without a mail server."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from provender.cli.said import AsJson, as_json, django_ready, plainly, table
from provender.terms.errors import InputError

members_app = typer.Typer(no_args_is_help=True, help="Members of this installation.")
Address = Annotated[str, typer.Argument(help="Their e-mail address.")]
ZONES = "zoneinfo/"


@members_app.command("list")
@plainly
def listed(*, json: AsJson = False) -> None:
    """List the members."""
    django_ready()
    from provender.store.members import members  # noqa: PLC0415 - needs Django set up

    found = members()
    if json:
        return as_json([{"email": m.email, "zone": m.zone, "joined_at": m.joined_at} for m in found])
    return table((m.email, m.zone, f"since {m.joined_at:%Y-%m-%d}") for m in found)


@members_app.command("add")
@plainly
def add(
    email: Address,
    zone: Annotated[str, typer.Option(help="Their time zone, such as Europe/Berlin; else this machine's.")] = "",
    *,
    json: AsJson = False,
) -> None:
    """Open an account; the password is asked, or read as one line from a pipe."""
    django_ready()
    from provender.store.members import open_account  # noqa: PLC0415 - needs Django set up

    member = open_account(email, _password(), zone=zone or own_zone())
    if json:
        return as_json({"email": member.email, "zone": member.zone})
    return typer.echo(f"{member.email} can sign in now; their days are those of {member.zone}.")


@members_app.command("password")
@plainly
def password(email: Address, *, json: AsJson = False) -> None:
    """Set a member's password anew; it is asked, or read as one line from a pipe."""
    django_ready()
    from provender.store.members import member_by_email, new_password  # noqa: PLC0415 - needs Django set up

    member_by_email(email)
    new_password(email, _password())
    return as_json({"email": email}) if json else typer.echo(f"{email} has a new password.")


def _password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    typed = sys.stdin.readline().rstrip("\r\n")
    if not typed:
        raise InputError("found no password; type one, or pipe one line in", field="password")
    return typed


def own_zone(link: Path = Path("/etc/localtime")) -> str:
    """The IANA zone this machine is set to; UTC when it does not say."""
    try:
        _, found, zone = link.readlink().as_posix().partition(ZONES)
    except OSError:
        return "UTC"
    return zone if found else "UTC"
