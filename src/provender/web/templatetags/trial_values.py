"""What the pages of trials need of a mapping."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def get(values: Mapping[str, str], name: str) -> str:
    """The value of a name that is only known when the page is drawn; empty where there is none."""
    return values.get(name, "")
