from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The Django app ``accounts``."""

    name = "waystation.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
