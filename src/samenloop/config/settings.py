"""The settings of Samenloop, small: what differs per place comes from outside.

From the environment (documented in docs/beheer.md) or from the state folder. The
database is not asked for here but at the first connection.
"""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.contrib.messages import constants as messages

from samenloop.core.postgres import database_name
from samenloop.core.statefolder import secret, state_folder

PACKAGE = Path(__file__).resolve().parents[1]


def _on(name: str) -> bool:
    return os.environ.get(name, "").strip().lower() in ("1", "ja", "true", "yes")


def _words(name: str) -> list[str]:
    return os.environ.get(name, "").replace(",", " ").split()


def _pairs(name: str, standard: dict[str, str] | None = None) -> dict[str, str]:
    """Read `a=1, b=2`; a value without a name goes under the empty name."""
    pairs = dict(standard or {})
    for part in os.environ.get(name, "").split(","):
        key, equals, value = part.strip().partition("=")
        if key:
            pairs[key.strip() if equals else ""] = value.strip() if equals else key
    return pairs


SECRET_KEY = secret("sleutel")
# Finds a BSN without storing it readable in an index; see personen.
BSN_SLEUTEL = secret("bsn_sleutel")

# Never on by itself: a page that shows settings belongs on no machine with records.
DEBUG = _on("SAMENLOOP_DEBUG")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *_words("SAMENLOOP_HOSTS")]
HTTPS = _on("SAMENLOOP_HTTPS")
# Whether the persons are invented; the pages say so.
DEMO = _on("SAMENLOOP_DEMO")
# Changes with the code, so no browser keeps a page of an older version.
VERSIE = str(
    max(
        file.stat().st_mtime_ns
        for file in PACKAGE.rglob("*.*")
        if file.suffix in {".py", ".html", ".css", ".js", ".svg", ".po"}
    )
)

ROOMS = [
    "samenloop.core",
    "samenloop.access",
    "samenloop.access.logboek",
    "samenloop.access.bewaren",
    "samenloop.access.koppelingen",
    "samenloop.personen",
    "samenloop.personen.brp",
    "samenloop.signalen",
    "samenloop.signalen.regels",
    "samenloop.signalen.bestand",
    "samenloop.voorzieningen",
    "samenloop.voorzieningen.inkoop",
    "samenloop.voorzieningen.toewijzen",
    "samenloop.voorzieningen.declaraties",
    "samenloop.plannen",
    "samenloop.plannen.plan",
    "samenloop.plannen.metingen",
    "samenloop.plannen.dossier",
    "samenloop.regie",
    "samenloop.regie.taken",
    "samenloop.regie.termijnen",
    "samenloop.regie.caseload",
    "samenloop.regie.overleg",
    "samenloop.regie.afspraken",
    "samenloop.regie.postvak",
    "samenloop.berichten.verkeer",
    "samenloop.klantbeeld",
    "samenloop.verantwoording",
    "samenloop.portaal",
    "samenloop.ui",
    "samenloop.demo",
]
INSTALLED_APPS = [
    *ROOMS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_cotton",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "procrastinate.contrib.django",
    "axes",
    "csp",
]
AUTH_USER_MODEL = "access.Gebruiker"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "samenloop.access.logboek.spoor.SpoorMiddleware",
    "csp.middleware.CSPMiddleware",
    "samenloop.config.api_antwoord.ApiMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "samenloop.ui.taal.TaalMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "samenloop.access.aanwezig.AanwezigMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "samenloop.access.tweede_stap.TweedeStapMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "samenloop.config.urls"
WSGI_APPLICATION = "samenloop.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "samenloop.ui.apps.demo",
                "samenloop.access.menu.frame",
            ],
        },
    }
]

# The same database twice. Code uses `default`, which owns nothing and cannot go
# around row-level security; only migrations run as the owner.
_DATABASE = {
    "ENGINE": "samenloop.core.postgres.backend",
    "NAME": database_name(),
    "CONN_MAX_AGE": 300,
    "CONN_HEALTH_CHECKS": True,
}
DATABASES: dict[str, dict[str, Any]] = {
    "default": {**_DATABASE, "ROLE": "app"},
    "beheer": {**_DATABASE, "ROLE": "beheer", "CONN_MAX_AGE": 0},
}
# Each room keeps its background work in `jobs.py`.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
# Single sign-on with the account of one's own organisation; see access.oidc.
OIDC_ISSUER = os.environ.get("SAMENLOOP_OIDC_ADRES", "").strip()
OIDC_RP_CLIENT_ID = os.environ.get("SAMENLOOP_OIDC_CLIENT", "").strip()
OIDC_RP_CLIENT_SECRET = os.environ.get("SAMENLOOP_OIDC_GEHEIM", "")
OIDC_ACTIEF = bool(OIDC_ISSUER and OIDC_RP_CLIENT_ID)
OIDC_NAAM = os.environ.get("SAMENLOOP_OIDC_NAAM", "") or "uw organisatie"
OIDC_CLAIM = os.environ.get("SAMENLOOP_OIDC_CLAIM", "") or "preferred_username"
# Which level or which methods of the provider are strong enough; empty: left to it.
OIDC_ACR = _words("SAMENLOOP_OIDC_ACR")
OIDC_AMR = _words("SAMENLOOP_OIDC_AMR")
OIDC_RP_SIGN_ALGO = os.environ.get("SAMENLOOP_OIDC_ALGORITME", "") or "RS256"
OIDC_RP_SCOPES = "openid profile"
OIDC_USE_PKCE = True
OIDC_TIMEOUT = 10
OIDC_AUTHENTICATION_CALLBACK_URL = "oidc-terug"
if OIDC_ACTIEF:
    AUTHENTICATION_BACKENDS.append("samenloop.access.oidc.AanbiederBackend")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "aanmelden"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = None  # the page says that one is signed out
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
# By account and address together: nobody can lock a colleague out from elsewhere.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_LOCKOUT_CALLABLE = "samenloop.access.pages.locked_out"
CSRF_FAILURE_VIEW = "samenloop.access.pages.csrf_failure"

# A local account also proves itself with a code of its telephone. In a demonstration
# the passwords are public anyway; there it can be tried, and is not asked.
TWEEDE_STAP_VERPLICHT = not DEMO
OTP_TOTP_ISSUER = "Samenloop"
OTP_TOTP_THROTTLE_FACTOR = OTP_STATIC_THROTTLE_FACTOR = 1

# A quarter of an hour after the last page, and when the browser closes. A dialog asks
# two minutes before.
SESSION_COOKIE_AGE = 15 * 60
SESSION_ENGINE = "samenloop.access.sessies"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in _words("SAMENLOOP_HOSTS")]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
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
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# The words of the design system for what a message is.
MESSAGE_TAGS = {messages.SUCCESS: "ok"}

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = state_folder() / "static"
# What `samenloop.ui.bouw` made of the design system.
LOOK = state_folder() / "static-look"
STATICFILES_DIRS = [LOOK] if LOOK.is_dir() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # It writes names and addresses of who signs in; the table holds them already.
    "loggers": {"axes": {"level": "ERROR"}},
}

# Seconds for which the counters in the menu are kept; 0 counts for each page.
TELLERS_SECONDEN = 10.0

# A half-typed signal or weighing that nobody touched for so many days is forgotten.
CONCEPT_DAGEN = max(1, int(os.environ.get("SAMENLOOP_CONCEPT_DAGEN") or 30))

# Documents of dossiers: where they stand (outside all that is served), how large one
# may be, and the command that looks for what is harmful (0 clean, 1 infected).
DOCUMENTEN: dict[str, Any] = {
    "MAP": Path(
        os.environ.get("SAMENLOOP_DOCUMENTEN") or state_folder() / "documenten"
    ),
    "MAX": max(1, int(os.environ.get("SAMENLOOP_DOCUMENT_MB") or 20)) * 1024 * 1024,
    "SCAN": os.environ.get("SAMENLOOP_DOCUMENT_SCAN", "").strip(),
    "SCAN_TIJD": 120,  # seconds
}

# Sources outside. None is asked anything unless its address is given (docs/beheer.md).
BRP: dict[str, Any] = {
    "URL": os.environ.get("SAMENLOOP_BRP_URL", ""),
    "SLEUTEL": os.environ.get("SAMENLOOP_BRP_SLEUTEL", ""),
    # For a gateway that wants a token (OAuth2, client credentials) beside or for a key.
    "TOKEN_URL": os.environ.get("SAMENLOOP_BRP_TOKEN_URL", ""),
    "CLIENT": os.environ.get("SAMENLOOP_BRP_CLIENT", ""),
    "GEHEIM": os.environ.get("SAMENLOOP_BRP_GEHEIM", ""),
    "SCOPE": os.environ.get("SAMENLOOP_BRP_SCOPE", ""),
    # Our number in the Digikoppeling register; may differ per municipality.
    "OIN": _pairs("SAMENLOOP_BRP_OIN"),
    # What was agreed for a purpose, where it differs from brp/gegevens/doelen.csv.
    "DOELBINDING": _pairs("SAMENLOOP_BRP_DOELBINDING"),
    "LIMIET": float(os.environ.get("SAMENLOOP_BRP_LIMIET", "5")),
    "KOPPEN": _pairs(
        "SAMENLOOP_BRP_KOPPEN",
        {
            "sleutel": "x-api-key",
            "oin": "x-origin-oin",
            "doelbinding": "x-doelbinding",
            "verwerking": "x-verwerking",
            "gebruiker": "x-gebruiker",
        },
    ),
    "TERUGMELDEN_URL": os.environ.get("SAMENLOOP_BRP_TERUGMELDEN_URL", ""),
    "TERUGMELDEN_MAP": os.environ.get("SAMENLOOP_BRP_TERUGMELDEN_MAP", ""),
}
# Address and key per source: SAMENLOOP_BRON_WERK_EN_INKOMEN_URL and _SLEUTEL.
BRONNEN = {
    what: {
        name.removeprefix("SAMENLOOP_BRON_")
        .removesuffix(f"_{what}")
        .lower()
        .replace("_", "-"): value
        for name, value in os.environ.items()
        if name.startswith("SAMENLOOP_BRON_") and name.endswith(f"_{what}")
    }
    for what in ("URL", "SLEUTEL")
}
# Files (PEM) for connections with sources: whom to trust, and who we are.
BRONBEVEILIGING = {
    "VERTROUW": os.environ.get("SAMENLOOP_BRONNEN_VERTROUW", ""),
    "CERTIFICAAT": os.environ.get("SAMENLOOP_BRONNEN_CERTIFICAAT", ""),
    "SLEUTEL": os.environ.get("SAMENLOOP_BRONNEN_CERTIFICAATSLEUTEL", ""),
}
