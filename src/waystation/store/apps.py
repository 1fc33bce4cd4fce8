from django.apps import AppConfig


class StoreConfig(AppConfig):
    """The Django app ``store``."""

    name = "waystation.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
