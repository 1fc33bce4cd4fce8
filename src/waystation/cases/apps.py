from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The Django app ``cases``."""

    name = "waystation.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"
