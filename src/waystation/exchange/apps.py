from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """The Django app ``exchange``."""

    name = "waystation.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"
