from django.apps import AppConfig


class WebConfig(AppConfig):
    """The Django app ``web``."""

    name = "waystation.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
