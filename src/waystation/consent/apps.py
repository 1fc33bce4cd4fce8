from django.apps import AppConfig


class ConsentConfig(AppConfig):
    """The Django app ``consent``."""

    name = "waystation.consent"
    label = "consent"
    default_auto_field = "django.db.models.BigAutoField"
