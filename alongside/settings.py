"""Every setting, read from the environment. Safe by default: only `demo` and `test` know a secret."""

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("ALONGSIDE_VAR", ROOT / "var"))
BUILD = ROOT / "build"
REGISTER_DATA = ROOT / "data"

MODE = os.environ.get("ALONGSIDE_MODE", "production")
if MODE not in {"production", "demo", "test"}:
    raise ImproperlyConfigured("ALONGSIDE_MODE is one of: production, demo, test")
DEMO, TESTING = MODE == "demo", MODE == "test"
DEBUG = False

SECRET_KEY = os.environ.get("ALONGSIDE_SECRET_KEY", "")
if not SECRET_KEY:
    if MODE == "production":
        raise ImproperlyConfigured(
            "Set ALONGSIDE_SECRET_KEY to fifty random characters, or start a demonstration with ALONGSIDE_MODE=demo."
        )
    SECRET_KEY = "only-for-demonstrations-and-tests"
elif MODE == "production" and (len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10 or SECRET_KEY.startswith("only-for")):
    raise ImproperlyConfigured("ALONGSIDE_SECRET_KEY is too easy to guess: use fifty random characters.")

# earlier keys, while what was made with them is still about: sessions, links, second factors
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("ALONGSIDE_SECRET_KEY_FALLBACKS", "").split(",") if key]

ALLOWED_HOSTS = [host.strip() for host in os.environ.get("ALONGSIDE_HOSTS", "127.0.0.1,localhost").split(",") if host.strip()]
label = r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?"
host_name = rf"(?:\.?{label}(?:\.{label})*|\[[0-9a-f:.]+\])"  # a name as browsers send it, or a number
if not ALLOWED_HOSTS or not all(host == "*" or re.fullmatch(host_name, host, re.IGNORECASE) for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured("ALONGSIDE_HOSTS names hosts with commas between them, like data.school.example,10.0.0.7.")
if TESTING:
    ALLOWED_HOSTS.append("testserver")
if MODE == "production" and "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALONGSIDE_HOSTS names the hosts that people type, never *.")
ADDRESS = os.environ.get(
    "ALONGSIDE_ADDRESS", "http://127.0.0.1:8000" if DEMO or TESTING else f"https://{ALLOWED_HOSTS[0]}"
).removesuffix("/")
if not re.fullmatch(rf"https?://{host_name}(?::[1-9]\d{{0,4}})?", ADDRESS, re.IGNORECASE | re.ASCII):
    raise ImproperlyConfigured("ALONGSIDE_ADDRESS is how links in e-mails begin, like https://schools.example.org, and no more.")


def database(url: str) -> dict[str, object]:
    """Django's description of the database at a URL: sqlite:///path or postgresql://user:pass@host/name."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]) or ":memory:",
            "CONN_MAX_AGE": None,  # to open it anew costs more than most pages; a file put in its place is noticed
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # each thread keeps its own pages in memory: more than half a megabyte makes none of ours quicker
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-512;",
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        query = dict(pair.split("=", 1) for pair in parts.query.split("&") if pair)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path[1:],
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or unquote(query.get("host", "")),
            "PORT": parts.port or "",
            "CONN_MAX_AGE": 3_600,  # each connection keeps the plans of large questions
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"prepare_threshold": None if query.get("prepare") == "off" else 0},  # off: for a pooler that cannot
        }
    raise ImproperlyConfigured("DATABASE_URL starts with sqlite:/// or postgresql://")


DATABASES = {"default": database(os.environ.get("DATABASE_URL", f"sqlite:///{VAR / 'alongside.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

OUR_APPS = [
    "alongside.ground.web",
    "alongside.ground.audit",
    "alongside.ground.documents",
    "alongside.ground.files",
    "alongside.ground.search",
    "alongside.ground.work",
    "alongside.members.schools",
    "alongside.members.partnerships",
    "alongside.members.calendar",
    "alongside.members.notices",
    "alongside.members.posts",
    "alongside.members.people",
    "alongside.members.whoswho",
    "alongside.members.authority",
    "alongside.members.membership",
    "alongside.members.inviting",
    "alongside.members.mail",
    "alongside.members.diary",
    "alongside.members.contributions",
    "alongside.members.bulletin",
    "alongside.members.groups",
    "alongside.money.invoices",
    "alongside.money.bank",
    "alongside.money.books",
    "alongside.money.budget",
    "alongside.money.fees",
    "alongside.deciding.bodies",
    "alongside.deciding.elections",
    "alongside.deciding.recruitment",
    "alongside.deciding.meetings",
    "alongside.across.home",
    "alongside.across.monday",
    "alongside.across.keeping",
    "alongside.across.demo",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "django_tasks",
    "django_tasks_db",
    *OUR_APPS,
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "alongside.ground.web.middleware.headers",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    *(["alongside.across.demo.middleware.demo_clock"] if DEMO or TESTING else []),
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "alongside.members.people.middleware.StandingMiddleware",
    "alongside.members.partnerships.middleware.PartnershipMiddleware",
    "alongside.members.people.middleware.SecondFactorMiddleware",
    "alongside.ground.web.middleware.Refusals",
]

ROOT_URLCONF = "alongside.urls"
WSGI_APPLICATION = "alongside.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "alongside.ground.web.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "alongside.across.home.context.page",
                *(["alongside.across.demo.context.bar"] if DEMO or TESTING else []),
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

# Who signs in, and how
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/me/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
STANDING_BY_ID = "alongside.members.people.queries.roles.standing_by_id"  # who somebody is, for what stands below people
ACCOUNT_ADAPTER = "alongside.members.people.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # nobody signs up; with it sign-in takes passwords too
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is proven by its invitation or by a code, never by a form
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {  # besides allauth's own; they hold over all processes, since they stand in the database
    "apply": "20/m/ip",
    "apply_to": "5/h/key",
    "letter": "20/m/ip",
    "opening_code": "20/m/ip",
    "pass_on": "10/m/ip",
    "second_factor": "60/m/ip,5/5m/key,20/d/key",
    "mailed_code": "5/h/key",
    "new_address": "5/h/key",
}
ACCOUNT_FORMS = {
    "login": "alongside.members.people.forms.signing_in.PasswordSignIn",
    "request_login_code": "alongside.members.people.forms.signing_in.AskForCode",
    "confirm_login_code": "alongside.members.people.forms.signing_in.TypeCode",
    "reset_password": "alongside.members.people.forms.signing_in.ForgottenPassword",
    "reset_password_from_key": "alongside.members.people.forms.signing_in.NewPassword",
    "set_password": "alongside.members.people.forms.signing_in.FirstPassword",
    "change_password": "alongside.members.people.forms.signing_in.OtherPassword",
}

# The second factor: asked for by pages that touch money and the like, not at every sign-in
SECOND_FACTOR_LASTS = 8 * 60 * 60  # seconds of real time, and never longer than the session
MAILED_CODE_LASTS = 10 * 60
MFA_ADAPTER = "alongside.members.people.adapter.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Alongside"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute wrong
MFA_RECOVERY_CODES_SHOW_ONCE = True

# Microsoft and Google, where the installation has an agreement with them
SOCIALACCOUNT_ADAPTER = "alongside.members.people.adapter.OtherAccounts"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_QUERY_EMAIL = True
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, Any]] = {}
SIGN_IN_ELSEWHERE = []  # the hosts to which a sign-in form may lead
for provider, name, host in (
    ("microsoft", "MICROSOFT", "https://login.microsoftonline.com"),
    ("google", "GOOGLE", "https://accounts.google.com"),
):
    client, secret = os.environ.get(f"ALONGSIDE_{name}_ID", ""), os.environ.get(f"ALONGSIDE_{name}_SECRET", "")
    if client and secret:
        SIGN_IN_ELSEWHERE.append(host)
        SOCIALACCOUNT_PROVIDERS[provider] = {
            "APPS": [{"client_id": client, "secret": secret, "settings": {}}],
            "OAUTH_PKCE_ENABLED": True,
        }
if "microsoft" in SOCIALACCOUNT_PROVIDERS:
    SOCIALACCOUNT_PROVIDERS["microsoft"]["TENANT"] = os.environ.get("ALONGSIDE_MICROSOFT_TENANT", "organizations")
INSTALLED_APPS += [
    f"allauth.socialaccount.providers.{one}" for one in ("google", "microsoft") if TESTING or one in SOCIALACCOUNT_PROVIDERS
]

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "alongside"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # by whichever way one came in: a shared computer remembers nobody
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = MODE == "production"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "alongside.ground.web.views.csrf_failed"
SECURE_SSL_REDIRECT = MODE == "production" and os.environ.get("ALONGSIDE_TLS", "on") == "on"
SECURE_HSTS_SECONDS = 31_536_000 if MODE == "production" else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = MODE == "production"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
if os.environ.get("ALONGSIDE_BEHIND_PROXY") == "on":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *SIGN_IN_ELSEWHERE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILES_LARGEST = int(os.environ.get("ALONGSIDE_FILES_LARGEST", "10000000"))  # bytes of one file that somebody sends
FILE_UPLOAD_HANDLERS = [
    "alongside.ground.files.uploads.LimitedUploads",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "rate_limits",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Background work: one row of the queue each, done by `alongside worker`; tests do theirs in their own process
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
TASKS_AT_ONCE = TESTING and os.environ.get("ALONGSIDE_TASKS") != "stored"

# Mail: nothing leaves a demonstration or a test
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
if DEMO:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
EMAIL_HOST = os.environ.get("ALONGSIDE_MAIL_HOST", "localhost")
MAIL_PORT = os.environ.get("ALONGSIDE_MAIL_PORT", "25")
if not (MAIL_PORT.isascii() and MAIL_PORT.isdigit() and 0 < int(MAIL_PORT) < 65_536):
    raise ImproperlyConfigured("ALONGSIDE_MAIL_PORT is the number of the mail server's port, such as 25 or 587.")
EMAIL_PORT = int(MAIL_PORT)
EMAIL_HOST_USER = os.environ.get("ALONGSIDE_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("ALONGSIDE_MAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("ALONGSIDE_MAIL_TLS") == "on"
EMAIL_TIMEOUT = 20
ANSWERS_TO = os.environ.get("ALONGSIDE_ANSWERS_TO", "answers@elthorne.example" if DEMO else "").lower()
if ANSWERS_TO and (ANSWERS_TO.count("@") != 1 or "+" in ANSWERS_TO):
    raise ImproperlyConfigured("ALONGSIDE_ANSWERS_TO is where answers come in, like answers@schools.example.org, without a +.")
MAIL_CHECKED_BY = os.environ.get("ALONGSIDE_MAIL_CHECKED_BY", "")
DEFAULT_FROM_EMAIL = os.environ.get("ALONGSIDE_MAIL_FROM", "Alongside <alongside@localhost>")

LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

STATIC_URL = "/static/"
STATIC_ROOT = BUILD / "collected"
STATICFILES_DIRS = [BUILD / "static"] if (BUILD / "static").exists() else []


def file_store(bucket: str) -> dict[str, Any]:
    """Where uploaded files lie: a folder that nothing serves, or a private bucket; they go out through `files:download`."""
    if not bucket:
        options = {"location": str(VAR / "files"), "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    asked = {
        "endpoint_url": os.environ.get("ALONGSIDE_FILES_ENDPOINT"),
        "region_name": os.environ.get("ALONGSIDE_FILES_REGION"),
        "access_key": os.environ.get("ALONGSIDE_FILES_KEY"),
        "secret_key": os.environ.get("ALONGSIDE_FILES_SECRET"),
    }
    private = {"bucket_name": bucket, "default_acl": None, "querystring_auth": True, "querystring_expire": 60}
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {**private, "file_overwrite": False, **{name: value for name, value in asked.items() if value}},
    }


STORAGES = {
    "files": file_store(os.environ.get("ALONGSIDE_FILES_BUCKET", "")),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = TESTING

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_links": {"()": "alongside.members.people.logs.WithoutLinks"}},
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["without_links"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
# TLS may end at a proxy (W004, W008); to be listed with browsers for good is for the owner of the whole domain (W021)
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W021"]
