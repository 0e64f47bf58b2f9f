"""Numbers, dates and sentences as a report to somebody else says them."""

import re
from datetime import date, datetime
from typing import Final

MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ADDRESSED: Final = tuple(
    (re.compile(rf"\b{said}\b"), told)
    for said, told in (
        ("In your diary", "In this diary"),
        ("in your diary", "in this diary"),
        ("your data", "these data"),
        ("You can be", "One can be"),
        ("you would need", "it would take"),
        ("you reach", "the person reaches"),
        ("people like you", "such people"),
        ("person like you", "such person"),
        ("Your", "The person’s"),
        ("your", "the person’s"),
        ("You", "The person"),
        ("you", "the person"),
    )
)


def of_the_person(sentence: str) -> str:
    """A sentence of Provender that was said to the person, said of them; never for a person's own words."""
    for said, told in _ADDRESSED:
        sentence = said.sub(told, sentence)
    return sentence


def day_text(day: date) -> str:
    """A date such as ``1 Sep 2025``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def days_text(first: date, last: date) -> str:
    """A range of dates, such as ``1 Sep 2025 to 28 Feb 2026``."""
    return day_text(first) if first == last else f"{day_text(first)} to {day_text(last)}"


def moment_text(moment: datetime) -> str:
    """A time with its zone's offset, such as ``23 Nov 2026, 17:05 (UTC+01:00)``."""
    offset = f"{moment:%z}"
    zone = f"UTC{offset[:3]}:{offset[3:5]}" if moment.utcoffset() else "UTC"
    return f"{day_text(moment.date())}, {moment:%H:%M} ({zone})"


def number(value: float, digits: int = 1) -> str:
    """A number with a true minus sign, ``not recorded`` never among them."""
    shown = f"{round(value, digits) + 0.0:,.{digits}f}"
    return shown.replace("-", "−")


def plain(value: float) -> str:
    """A number as short as it is: ``300``, ``2.5``."""
    return f"{value:,.6g}".replace("-", "−")


def amount(value: float, unit: str, digits: int = 1) -> str:
    """A number with its unit."""
    return f"{number(value, digits)} {unit}".rstrip()


def counted(count: int, noun: str) -> str:
    """A count with its noun: ``1 day``, ``12 days``."""
    return f"{count:,} {noun}{'s' * (count != 1)}"


def sentence(words: str) -> str:
    """Words with a capital and a full stop; "" stays."""
    words = words.strip()
    return words if not words else f"{words[0].upper()}{words[1:]}{'' if words[-1] in '.!?…)”' else '.'}"
