"""Which day it is for whom."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, available_timezones

from provender.terms.errors import InputError

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2199, 12, 31)


def now() -> datetime:
    """This instant, in UTC: the one place where the upper floors read the clock."""
    return datetime.now(UTC)


def today(zone: str, *, at: datetime | None = None) -> date:
    """The date on a calendar in this zone."""
    return (at or now()).astimezone(ZoneInfo(zone)).date()


def checked_zone(name: str) -> str:
    """The name itself, if it is an IANA zone.

    Raises:
        InputError: It is not.
    """
    if name not in available_timezones():
        raise InputError(f"found {name[:60]!r}, expected a time zone such as Europe/Berlin", field="zone")
    return name


def day_from_text(text: str, zone: str) -> date:
    """A date typed as 2026-11-22, or ``today`` or ``yesterday``.

    Raises:
        InputError: Anything else, or a date outside 1900 to 2199.
    """
    words = text.strip().lower()
    if words in ("", "today"):
        return today(zone)
    if words == "yesterday":
        return date.fromordinal(today(zone).toordinal() - 1)
    try:
        found = date.fromisoformat(words)
    except ValueError as error:
        raise InputError(f"found {text[:40]!r}, expected a date such as 2026-11-22", field="day") from error
    if not FIRST_DAY <= found <= LAST_DAY:
        raise InputError(f"found {found}, expected a date from 1900 to 2199", field="day")
    return found
