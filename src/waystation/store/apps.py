from django.apps import AppConfig
from django.db.models.signals import post_migrate


class StoreConfig(AppConfig):
    """The Django app ``store``."""

    name = "waystation.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the database count changes once its tables stand: those of other apps too, which no migration here knows."""
        from waystation.store.touched import keep_count

        post_migrate.connect(keep_count, sender=self)
