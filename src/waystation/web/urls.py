"""Every page's address: each module in ``web/views`` names its own, and they are gathered here."""

from importlib import import_module
from pkgutil import iter_modules

from django.urls import URLPattern

from waystation.web import views


def gathered() -> list[URLPattern]:
    """Return the addresses that each module or package in ``web/views`` names in its ``urlpatterns``."""
    modules = (import_module(f"{views.__name__}.{found.name}") for found in iter_modules(views.__path__))
    return [pattern for module in modules for pattern in getattr(module, "urlpatterns", ())]


urlpatterns = gathered()
