"""Django from the environment. Every setting is one row of ``ROWS``; docs/settings.md is compared with it by a test."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from wsgiref.headers import Headers

import dj_database_url
from platformdirs import user_data_path

from provender.terms.errors import SettingError


@dataclass(frozen=True)
class Row:
    """One setting: its name after ``PROVENDER_``, its default and a sentence."""

    name: str
    default: str
    sentence: str


ROWS = (
    Row("DATA_DIR", "", "Folder of the database and the secret key; empty: the user's data folder."),
    Row("DATABASE_URL", "", "For example postgres://user:password@host/name; empty: SQLite in DATA_DIR."),
    Row(
        "CATALOGUE",
        "",
        "Path of a catalogue artifact; empty: the one `provender catalogue update` made, else the starter.",
    ),
    Row("SECRET_KEY", "", "Signs sessions; empty: made once and kept in DATA_DIR, readable by its owner only."),
    Row("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]", "Host names the pages answer to, separated by commas."),
    Row(
        "TRUSTED_ORIGINS",
        "",
        "Origins of a proxy in front, such as https://diary.example.org, separated by commas.",
    ),
    Row("HTTPS", "no", "yes when every visitor comes over HTTPS: cookies are then marked secure."),
    Row("SIGN_UP", "open", "open: anybody who reaches the pages may open an account; closed: nobody."),
    Row("MAIL_URL", "", "For example smtp://user:password@host:587; empty: no mail is ever sent."),
    Row("MAIL_FROM", "provender@localhost", "The sender of mail."),
    Row("DEBUG", "no", "yes shows tracebacks in the browser; for developers only."),
)
_DEFAULTS = {row.name: row.default for row in ROWS}


def read(name: str) -> str:
    """The value of one setting as text."""
    return os.environ.get(f"PROVENDER_{name}", "").strip() or _DEFAULTS[name]


def read_choice(name: str, allowed: dict[str, bool]) -> bool:
    """A setting with two words, as a boolean.

    Raises:
        SettingError: Any other word.
    """
    found = read(name).lower()
    if found not in allowed:
        raise SettingError(f"PROVENDER_{name}: found {found!r}, expected one of: {', '.join(allowed)}")
    return allowed[found]


def read_list(name: str) -> list[str]:
    """A setting of several words separated by commas."""
    return [word.strip() for word in read(name).split(",") if word.strip()]


def kept_secret(folder: Path) -> str:
    """The secret key of this installation, made on its first start.

    Raises:
        SettingError: The data folder cannot be made, read or written.
    """
    path = folder / "secret_key"
    try:
        if path.exists():
            return path.read_text("ascii").strip()
        folder.mkdir(parents=True, exist_ok=True)
        key = secrets.token_urlsafe(50)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(key)
    except OSError as error:
        raise SettingError(
            f"the data folder {folder} cannot be used: {error.strerror}; make it writable, or choose another with"
            " PROVENDER_DATA_DIR"
        ) from error
    return key


def database(url: str, folder: Path) -> dict[str, Any]:
    """Django's description of the database behind a URL, SQLite in ``folder`` when there is none.

    Raises:
        SettingError: Not a URL of PostgreSQL or SQLite.
    """
    scheme = url.partition(":")[0]
    if url and scheme not in ("postgres", "postgresql", "sqlite"):
        raise SettingError(f"PROVENDER_DATABASE_URL: found {scheme!r}, expected postgres://user:password@host/name")
    try:
        found: dict[str, Any] = dict(dj_database_url.parse(url or f"sqlite:///{folder / 'provender.sqlite3'}"))
    except ValueError as error:
        raise SettingError(f"PROVENDER_DATABASE_URL: {error}; expected postgres://user:password@host/name") from error
    if found["ENGINE"] == "django.db.backends.sqlite3":
        # An acknowledged entry survives the loss of power: every commit is synced to the disk.
        found["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;",
        }
    else:
        found |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    return found


def mail(url: str) -> dict[str, Any]:
    """Django's settings for a mail server: smtp:// with STARTTLS on port 587, smtps:// with TLS from the start.

    Raises:
        SettingError: Not a URL of a mail server.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or (465 if parts.scheme == "smtps" else 587)
    except ValueError as error:
        raise SettingError(f"PROVENDER_MAIL_URL: {error}; expected smtp://user:password@host:587") from error
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise SettingError(f"PROVENDER_MAIL_URL: found {parts.scheme!r}, expected smtp://user:password@host:587")
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp" and port == 587,
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }


DATA_DIR = Path(read("DATA_DIR") or user_data_path("provender", appauthor=False))
SECRET_KEY = read("SECRET_KEY") or kept_secret(DATA_DIR)
DEBUG = read_choice("DEBUG", {"yes": True, "no": False})
ALLOWED_HOSTS = read_list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = read_list("TRUSTED_ORIGINS")
PROVENDER_CATALOGUE = read("CATALOGUE")
PROVENDER_SIGN_UP_OPEN = read_choice("SIGN_UP", {"open": True, "closed": False})

DATABASES = {"default": database(read("DATABASE_URL"), DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "provender.store.apps.StoreConfig",
    "provender.web.apps.WebConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "provender.web.middleware.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "provender.web.middleware.SimulatedStaysSimulated",
    "provender.web.middleware.PlainErrors",
]
ROOT_URLCONF = "provender.urls"
WSGI_APPLICATION = "provender.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "DIRS": [Path(__file__).parent / "web" / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "provender.web.context.page",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]

AUTH_USER_MODEL = "store.Member"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "provender.web.accounts.Accounts"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "optional" if read("MAIL_URL") else "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
SESSION_COOKIE_AGE = 180 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = read_choice("HTTPS", {"yes": True, "no": False})
SESSION_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SESSION_COOKIE_SECURE else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
if read("MAIL_URL"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    globals().update(mail(read("MAIL_URL")))
DEFAULT_FROM_EMAIL = read("MAIL_FROM")

STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "provender.web.statics.FingerprintedStatics"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 7 * 24 * 3600
STATIC_POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; connect-src 'self';"
    " frame-ancestors 'none'"
)


def WHITENOISE_ADD_HEADERS_FUNCTION(headers: Headers, path: str, url: str) -> None:  # noqa: ARG001, N802
    """Static files have a policy of their own: the worker that reads barcodes obeys it, and may run WebAssembly."""
    headers["Content-Security-Policy"] = STATIC_POLICY


LANGUAGE_CODE = "en"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"
USE_THOUSAND_SEPARATOR = False
X_FRAME_OPTIONS = "DENY"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["terminal"], "level": "WARNING"},
}
