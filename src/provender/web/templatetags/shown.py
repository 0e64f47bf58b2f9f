"""How values are written on a page: unknown is a word, never a zero, and no number carries dust."""

import math
from datetime import date
from decimal import Decimal
from typing import TypeGuard
from uuid import uuid4

from django import template
from django.utils.safestring import SafeString

from provender.diary.entries import Entry, Kind
from provender.terms.units import amount_text, format_mass_kg, without_dust

register = template.Library()
Value = float | Decimal | None
UNKNOWN = SafeString('<span class="unknown">unknown</span>')


def _known(value: object) -> TypeGuard[float | Decimal]:
    """Whether a value is a finite number; what is not in a mapping at all reaches a filter as empty text."""
    return isinstance(value, int | float | Decimal) and math.isfinite(value)


@register.filter
def kcal(value: Value) -> str:
    """Whole kilocalories with thousands separated; the word when unknown."""
    return f"{value:,.0f}".replace("-", "−") if _known(value) else UNKNOWN


@register.filter
def amount(value: Value, unit: str = "") -> str:
    """An amount with its unit; the word when unknown."""
    return amount_text(value, unit) if _known(value) else UNKNOWN


@register.filter
def plain(value: Decimal | None) -> str:
    """A typed number without trailing zeros; empty when there is none."""
    return "" if value is None else f"{without_dust(value):f}"


@register.filter
def per_week(value: float) -> str:
    """A weekly change in both systems, without its sign: ``0.45 kg (1 lb)``."""
    pounds = abs(value) / 0.45359237
    return f"{amount_text(round(abs(value), 2), 'kg')} ({amount_text(round(pounds, 1), 'lb')})"


@register.filter
def percent(value: Value) -> str:
    """A share from 0 to 1 in percent; 99.6 % of something is not all of it, nor 0.4 % none."""
    if not _known(value):
        return UNKNOWN
    if 0 < value < 0.01:
        return "under 1 %"
    return "over 99 %" if 0.99 < value < 1 else f"{value * 100:.0f} %"


@register.filter
def said(entry: Entry, system: str = "metric") -> str:
    """The amount of an entry as one says it: ``2 large``, ``30 g``, ``45 min``."""
    if entry.kind is Kind.WEIGHT:
        return format_mass_kg((entry.mass_g or Decimal(0)) / 1000, system)
    return "" if entry.amount is None else times(entry.amount, entry.unit)


@register.filter
def times(amount: Decimal, unit: str) -> str:
    """So many of a portion as one says it: twice ``1 slice, regular`` is ``2 slices, regular``."""
    count, _, measure = unit.partition(" ")
    if not measure or not count.replace(".", "", 1).isdigit():
        return f"{plain(amount)} {_counted(unit) if amount > 1 else unit}"
    number = amount * Decimal(count)
    return f"{plain(number)} {_counted(measure) if number > 1 else measure}"


_COUNTED = frozenset(
    {
        "bar",
        "biscuit",
        "bottle",
        "bunch",
        "can",
        "container",
        "cookie",
        "cracker",
        "cup",
        "ear",
        "fillet",
        "leaf",
        "link",
        "muffin",
    }
    | {
        "capsule",
        "drop",
        "gummy",
        "package",
        "packet",
        "pancake",
        "pat",
        "patty",
        "piece",
        "pod",
        "roll",
        "sachet",
        "scoop",
        "serving",
        "slice",
        "softgel",
        "spear",
        "stalk",
        "steak",
        "tablet",
        "wedge",
    }
)
_IRREGULAR = {"leaf": "leaves", "patty": "patties", "gummy": "gummies", "bunch": "bunches"}


def _counted(measure: str) -> str:
    """``slice, regular`` in the plural; adjectives such as ``large`` and spoons stay as they are."""
    word, rest = measure, ""
    for mark in (",", " "):
        if mark in word:
            word, _, more = word.partition(mark)
            rest = mark + more + rest
    return (_IRREGULAR.get(word, f"{word}s") if word in _COUNTED else word) + rest


@register.filter
def share_of(value: Value, whole: Value) -> str:
    """How full a track is, in whole percent from 0 to 100."""
    if value is None or not whole or value <= 0:
        return "0"
    return f"{min(100.0, 100 * float(value) / float(whole)):.0f}"


@register.simple_tag
def new_key() -> str:
    """A key of its own for each form, so that sending it twice keeps one entry."""
    return str(uuid4())


@register.filter
def tens(value: Value) -> str:
    """Kilocalories to the nearest ten, as nobody knows them better: ``2,340``; the word when unknown."""
    return kcal(round(float(value), -1)) if _known(value) else UNKNOWN


@register.filter
def signed(value: Value) -> str:
    """A difference in whole numbers with its sign: ``+12``, ``-30``."""
    return f"{round(float(value)):+,}" if _known(value) else "unknown"


@register.filter
def signed_percent(value: Value) -> str:
    """A share in whole percent that may be below 0: ``−4 %``; the word when unknown."""
    return f"{value * 100:.0f} %".replace("-0 %", "0 %").replace("-", "−") if _known(value) else UNKNOWN


@register.filter
def share(value: float | None) -> str:
    """A share from 0 to 1 in percent, three digits at most; the word when unknown."""
    return f"{100 * value:.3g} %" if value is not None else UNKNOWN


@register.filter
def month(value: str) -> str:
    """A month such as ``2027-11`` as ``November 2027``."""
    return f"{date.fromisoformat(f'{value}-01'):%B %Y}"
