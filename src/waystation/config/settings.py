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
PORT = os.environ.get("WAYSTATION_PORT", "")
ALLOWED_HOST = f"127.0.0.1:{PORT}" if PORT else ""
"""The one host, port included, that requests may name; empty in tests, where no port is listened on."""
ALLOWED_HOSTS = ["127.0.0.1"]
IDLE_SECONDS = int(os.environ.get("WAYSTATION_IDLE", "300"))
"""So long after the last thing a person did, the process that holds the keys ends."""

ROOT_URLCONF = "waystation.config.urls"
WSGI_APPLICATION = None
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ko", "한국어")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Strict"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "waystation.store",
    "waystation.audit",
    "waystation.accounts",
    "waystation.continuity",
    "waystation.consent",
    "waystation.safeguarding",
    "waystation.cases",
    "waystation.exchange",
    "waystation.web",
]
MIDDLEWARE = [
    "waystation.web.middleware.record.RecordMiddleware",
    "waystation.web.middleware.headers.HeadersMiddleware",
    "waystation.web.middleware.origin.OriginMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "waystation.web.middleware.desk.DeskMiddleware",
    "waystation.web.middleware.access.AccessMiddleware",
]
APPEND_SLASH = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
        "TIMEOUT": None,
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.cache"
SESSION_COOKIE_NAME = f"waystation{PORT}"
"""With the port: cookies are kept by host alone, and two stores may be open side by side."""
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = 24 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_USE_SESSIONS = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

STATIC_URL = "static/"
STATICFILES_DIRS = [("fonts", Path(__file__).parents[1] / "briefs" / "assets" / "pretendard")]
"""Hangul on any machine: the font that the brief on paper is set in."""
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 0

LARGEST_BODY = 4 * 1024**3 + 1024**2
"""Bytes of one request: the largest file that can be kept, and the form around it."""
FILE_UPLOAD_HANDLERS = ["waystation.web.uploads.SealingUploadHandler"]
DATABASES = {"default": database_settings(DATA_DIR, os.environ.get("DATABASE_URL", ""))}
LOGGING_CONFIG = None
SECURE_CONTENT_TYPE_NOSNIFF = True
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
