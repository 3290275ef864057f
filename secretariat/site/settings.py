"""Settings: everything that differs between installations comes from the environment or the home folder."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

BASE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("SECRETARIAT_HOME", BASE.parent / "var")).resolve()
DEMO = os.environ.get("SECRETARIAT_DEMO") == "1" or (HOME / "demo").exists()
TESTING = os.environ.get("SECRETARIAT_TESTING") == "1"


def _secret() -> str:
    """The signing key: from the environment, else made once and kept in the home folder, readable by its owner only."""
    if key := os.environ.get("SECRETARIAT_SECRET_KEY"):
        return key
    kept = HOME / "secret_key"
    if not kept.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return kept.read_text(encoding="ascii").strip()


def _database(url: str) -> dict[str, object]:
    """SQLite in the home folder, or the PostgreSQL that DATABASE_URL names."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "secretariat.sqlite3",
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError("DATABASE_URL must begin with postgresql://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }


SECRET_KEY = _secret()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("SECRETARIAT_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("SECRETARIAT_ORIGINS", "").split(",") if origin]
SITE_URL = os.environ.get("SECRETARIAT_URL", "http://localhost:8000").rstrip("/")
SECURE = SITE_URL.startswith("https://")

ADMINISTRATION = os.environ.get("SECRETARIAT_ADMINISTRATION", "SECAS")
CODE_NAME = os.environ.get("SECRETARIAT_CODE", "Smart Energy Code")

ROOMS = [
    name
    for name in [
        "core",
        "post",
        "papers",
        "register",
        "committees",
        "consultations",
        "products",
        "oversight",
        "legaltext",
        "assurance",
        "effort",
        "meetings",
        "change",
        "engagement",
        "helpdesk",
        "reports",
        "site",
    ]
    if (BASE / name / "apps.py").exists()
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_filters",
    *(f"secretariat.{room}" for room in ROOMS),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "secretariat.site.middleware.clock",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "secretariat.site.middleware.permissions_policy",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "secretariat.site.middleware.second_factor",
    "secretariat.site.middleware.program",
    "secretariat.engagement.website.counting.visits",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "secretariat.site.urls"
WSGI_APPLICATION = "secretariat.site.wsgi.application"
DATABASES = {"default": _database(os.environ.get("DATABASE_URL", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

FORM_RENDERER = "secretariat.site.forms.Renderer"
TEMPLATES = [
    {
        "NAME": "jinja2",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE / room / "templates" for room in ROOMS],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "secretariat.site.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "secretariat.site.context.shell",
            ],
        },
    },
    {
        "NAME": "django",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "site" / "third_party"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "secretariat.site.context.shell",
            ],
        },
    },
]

AUTH_USER_MODEL = "core.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
if TESTING or DEMO:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"] if TESTING else [
        "django.contrib.auth.hashers.ScryptPasswordHasher"
    ]  # fmt: skip
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "secretariat.site.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Secretariat"
MFA_REQUIRED_ROLES = [
    role
    for role in os.environ.get("SECRETARIAT_MFA_ROLES", "" if DEMO or TESTING else "secretariat").split(",")
    if role
]
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_ADAPTER = "secretariat.site.accounts.SocialAccountAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "organisation",
                "name": os.environ.get("SECRETARIAT_OIDC_NAME", "Single sign-on"),
                "client_id": os.environ["SECRETARIAT_OIDC_CLIENT"],
                "secret": os.environ.get("SECRETARIAT_OIDC_SECRET", ""),
                "settings": {"server_url": os.environ["SECRETARIAT_OIDC_SERVER"]},
            }
        ]
        if os.environ.get("SECRETARIAT_OIDC_SERVER")
        else [],
    }
}
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_ENABLE_ADMIN = False
AXES_LOCKOUT_CALLABLE = "secretariat.site.errors.locked_out"
CSRF_FAILURE_VIEW = "secretariat.site.errors.untrusted_form"
SILENCED_SYSTEM_CHECKS: list[str] = []

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
FILTERS_EMPTY_CHOICE_LABEL = "any"
FORMAT_MODULE_PATH = ["secretariat.site.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = None
STATICFILES_DIRS = [BASE / room / "static" for room in ROOMS if (BASE / room / "static").exists()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
FILES_ROOT = HOME / "files"
SIGNING_KEY = os.environ.get("SECRETARIAT_SIGNING_KEY", str(HOME / "signing_key.pem"))
SEALING_KEYS = os.environ.get("SECRETARIAT_SEALING_KEYS", str(HOME / "sealing_keys"))
READINGS_ROOT = HOME / "readings"
READINGS_ENGINE = os.environ.get("SECRETARIAT_READINGS_ENGINE", "duckdb")
READINGS_MEMORY = os.environ.get("SECRETARIAT_READINGS_MEMORY", "2GB")
FILE_LIMIT = 25 * 2**20
DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_LIMIT
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

MAIL_TO_FILES = "django.core.mail.backends.filebased.EmailBackend"
MAIL_BY_SMTP = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_BACKEND = os.environ.get("SECRETARIAT_EMAIL_BACKEND", MAIL_TO_FILES if DEMO else MAIL_BY_SMTP)
EMAIL_FILE_PATH = HOME / "mail"
EMAIL_HOST = os.environ.get("SECRETARIAT_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("SECRETARIAT_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("SECRETARIAT_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("SECRETARIAT_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("SECRETARIAT_SMTP_TLS", "") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("SECRETARIAT_FROM", "secretariat@localhost")
MAIL_IN = os.environ.get("SECRETARIAT_MAIL_IN", "")

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE and os.environ.get("SECRETARIAT_BEHIND_PROXY") != "1"
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("SECRETARIAT_BEHIND_PROXY") == "1" else None
)
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
if _oidc := urlsplit(os.environ.get("SECRETARIAT_OIDC_SERVER", "")).netloc:
    # A form that begins single sign-on is redirected to the provider, which the policy must allow.
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(f"https://{_oidc}")

API_RATES = {
    "anyone": os.environ.get("SECRETARIAT_API_RATE", "120/m"),
    "signed in": os.environ.get("SECRETARIAT_API_RATE_SIGNED_IN", "600/m"),
    "papers": os.environ.get("SECRETARIAT_PAPER_RATE", "10/m"),
    "applications": os.environ.get("SECRETARIAT_APPLICATION_RATE", "20/h"),
    "devices": os.environ.get("SECRETARIAT_DEVICE_RATE", "20/m"),
}
CLOCK = os.environ.get("SECRETARIAT_CLOCK", "")
VISITS_COUNTED = os.environ.get("SECRETARIAT_COUNT_VISITS", "0" if TESTING else "1") == "1"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
