"""The one Django settings file, driven by the environment (see environment.py)."""

import base64
import os
import secrets
import sqlite3
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF

from wardline import logs
from wardline.environment import Pkcs11, environment

ENVIRONMENT = environment()
BASE = Path(__file__).parent
DATA = ENVIRONMENT.data.absolute()
KEYS = DATA / "keys"


def kept_key(name: str) -> str:
    """The key in `data/keys/<name>`, base64 of 32 random bytes, made at first use."""
    KEYS.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = KEYS / name
    fresh = base64.b64encode(secrets.token_bytes(32)).decode()
    # Written whole under another name, then linked: of two processes that start at
    # once one link wins, and the other reads the winner's complete key.
    temporary = KEYS / f".{name}.{os.getpid()}"
    if not path.exists():
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(fresh)
        try:
            os.link(temporary, path)
        except FileExistsError:
            pass
        finally:
            temporary.unlink()
    return path.read_text().strip()


SECRET_KEY = ENVIRONMENT.secret_key or kept_key("session.key")
VAULT_PKCS11 = Pkcs11(
    ENVIRONMENT.vault_pkcs11_module,
    ENVIRONMENT.vault_pkcs11_token,
    ENVIRONMENT.vault_pkcs11_pin,
    ENVIRONMENT.vault_pkcs11_key,
)
VAULT_KEY = ENVIRONMENT.vault_key
VAULT_OLD_KEYS = ENVIRONMENT.vault_old_keys
VAULT_KEY_FILE = KEYS / "vault.key"
if not (VAULT_KEY or VAULT_PKCS11.module):
    kept_key("vault.key")
BREACHED_PASSWORDS = ENVIRONMENT.breached_passwords
AUDIT_KEY = ENVIRONMENT.audit_key or kept_key("audit.key")
SIGNING_KEY = ENVIRONMENT.signing_key or kept_key("signing.key")

DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = [*ENVIRONMENT.hosts, urlsplit(ENVIRONMENT.site_url).hostname or ""]
SITE_URL = ENVIRONMENT.site_url.rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
HTTPS = SITE_URL.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "wardline.people",
    "wardline.audit",
    "wardline.registry",
    "wardline.publishing",
    "wardline.web",
    "wardline.api",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wardline.web.clock.in_hospital_time",
    "wardline.web.refusals.DeniedMiddleware",
    "wardline.api.errors.in_json",
]
ROOT_URLCONF = "wardline.urls"
WSGI_APPLICATION = "wardline.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "wardline.web.context.surroundings",
            ]
        },
    }
]


def sqlite_journal() -> str:
    """WAL where SQLite has the WAL-reset fix, else a rollback journal.

    Source: https://www.sqlite.org/wal.html, fixed in 3.51.3, 3.50.7 and 3.44.6.
    """
    version = sqlite3.sqlite_version_info
    fixed = (
        version >= (3, 51, 3)
        or (3, 50, 7) <= version < (3, 51)
        or (3, 44, 6) <= version < (3, 45)
    )
    return "WAL" if fixed else "DELETE"


SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": f"PRAGMA journal_mode={sqlite_journal()}; PRAGMA synchronous=FULL;",
}
POSTGRES_OPTIONS = {
    "pool": {"min_size": 1, "max_size": 8},
    "options": "-c lock_timeout=10s -c statement_timeout=30s"
    " -c idle_in_transaction_session_timeout=60s",
}
DATABASES = {
    "default": dj_database_url.parse(
        ENVIRONMENT.database_url or f"sqlite:///{DATA / 'wardline.sqlite3'}"
    )
}
POSTGRES = "postgresql" in DATABASES["default"]["ENGINE"]
DATABASES["default"]["OPTIONS"] = POSTGRES_OPTIONS if POSTGRES else SQLITE_OPTIONS
# PostgreSQL has its pool; opening SQLite anew took a third of a small request's time.
DATABASES["default"]["CONN_MAX_AGE"] = 0 if POSTGRES else None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "dashboard"
LOGOUT_REDIRECT_URL = "sign-in"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

_MAIL = "smtp" if ENVIRONMENT.mail_host else "console"
EMAIL_BACKEND = f"django.core.mail.backends.{_MAIL}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = ENVIRONMENT.mail_host, ENVIRONMENT.mail_port
EMAIL_HOST_USER = ENVIRONMENT.mail_user
EMAIL_HOST_PASSWORD = ENVIRONMENT.mail_password
EMAIL_USE_TLS, EMAIL_USE_SSL = (port == EMAIL_PORT for port in (587, 465))
# A server that does not answer holds up what is to be published.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from

LOGGING = logs.LOGGING
logs.configure()

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS: list[Path] = []
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "wardline.web.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "wardline_cache",
    }
}
