from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The Django app ``audit``."""

    name = "waystation.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
