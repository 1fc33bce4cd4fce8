from django.apps import AppConfig


class ContinuityConfig(AppConfig):
    """The Django app ``continuity``."""

    name = "waystation.continuity"
    label = "continuity"
    default_auto_field = "django.db.models.BigAutoField"
