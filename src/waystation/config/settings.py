"""Django's settings. They hold no secret: keys arrive when a person unlocks, and live in memory only."""

import os
import secrets
from pathlib import Path

from waystation.config.database import database_settings

DEBUG = False
SECRET_KEY = secrets.token_urlsafe(50)
"""Anew for each process: what it signs (the session cookie's store, form tokens) ends with the process."""

DATA_DIR = Path(os.environ["WAYSTATION_DATA"])
"""Where this device keeps its files; set by whoever starts the process."""

ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "waystation.config.urls"
WSGI_APPLICATION = None
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ko", "한국어")]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django_htmx",
    "waystation.store",
    "waystation.audit",
    "waystation.accounts",
    "waystation.continuity",
    "waystation.cases",
    "waystation.web",
]
DATABASES = {"default": database_settings(DATA_DIR, os.environ.get("DATABASE_URL", ""))}
LOGGING_CONFIG = None
