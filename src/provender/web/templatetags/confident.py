"""How a confidence is written on a page: in the words of the core, never 0 or 100 %."""

from django import template

from provender.nutrition.wording import percent

register = template.Library()


@register.filter
def confidence(probability: float | None) -> str:
    """A probability from 0 to 1 as ``84 %``; the word when unknown."""
    return "unknown" if probability is None else percent(probability)
