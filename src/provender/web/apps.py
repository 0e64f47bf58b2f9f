"""The Django application that owns the pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers templates and static files under the label ``web``."""

    name = "provender.web"
    label = "web"
