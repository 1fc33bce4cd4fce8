from django.apps import AppConfig


class SafeguardingConfig(AppConfig):
    """The Django app ``safeguarding``."""

    name = "waystation.safeguarding"
    label = "safeguarding"
    default_auto_field = "django.db.models.BigAutoField"
