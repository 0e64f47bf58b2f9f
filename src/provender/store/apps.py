"""The Django application that owns the tables."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Registers the tables under the label ``store``."""

    name = "provender.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
