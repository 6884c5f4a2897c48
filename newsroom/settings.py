"""Settings: one typed environment feeds one file.

Embedded (the default) needs no configuration: SQLite, files and a broker, all under VAR. Production
(`NEWSROOM_MODE=production`) takes everything from the environment and refuses to start on a missing or
weak value.
"""

import secrets
from pathlib import Path
from typing import Any

import dj_database_url
from django.utils.translation import gettext_lazy as _
from environs import Env, EnvError, validate
from kombu import Queue

from newsroom.lib.stages import Stage, parse_stages
from newsroom.production import weak_value

BASE_DIR = Path(__file__).resolve().parent.parent
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
PERHAPS_EMAIL = validate.Regexp(r"(?:[^@\s]+@[^@\s]+)?$")
env = Env()


def kept_secret(path: Path) -> str:
    """A key of this installation: made once, readable by its owner alone, the same for every process."""
    if not path.exists():
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(64))
        try:
            # A link, unlike a rename, fails where another process was first.
            path.hardlink_to(fresh)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text()


def stages(name: str, default: str) -> list[Stage]:
    try:
        return parse_stages(env.str(name, default) or default)
    except ValueError as wrong:
        raise SystemExit(f"newsroom: {name}: {wrong}") from None


# The environment. docs/operations.md and README list the names.
try:
    MODE: str = env.str("NEWSROOM_MODE", "embedded", validate=validate.OneOf(["embedded", "production"]))
    PRODUCTION = MODE == "production"
    VAR: Path = env.path("NEWSROOM_VAR", BASE_DIR / "var").resolve()
    DEBUG: bool = env.bool("DEBUG", False)
    PORT: int = env.int("PORT", 8000)
    SITE_URL: str = env.str("SITE_URL", "" if PRODUCTION else f"http://127.0.0.1:{PORT}").rstrip("/")
    SITE_NAME: str = env.str("SITE_NAME", "东岸周报")
    # What the site says of itself to machines: see articles/heads.py.
    SITE_DESCRIPTION: str = env.str("SITE_DESCRIPTION", "")
    SITE_KEYWORDS: list[str] = env.list("SITE_KEYWORDS", [])
    # Does the foot of a story name who reviewed it (一审, 二审, 三审)?
    SHOW_REVIEWERS: bool = env.bool("SHOW_REVIEWERS", False)
    SITE_ID_CODE: str = env.str("SITE_ID_CODE", "", validate=validate.Regexp("(?:[0-9A-Za-z]{10})?$"))
    COLUMN_TYPE: str = env.str("COLUMN_TYPE", "") or "工作动态"
    COLUMN_TYPES: dict[str, str] = env.dict("COLUMN_TYPES", {})
    # What stands at every page's foot, each where it is set: see articles/colophon.py.
    ORGAN: str = env.str("ORGAN", "")
    OPERATOR: str = env.str("OPERATOR", "")
    CONTACT_ADDRESS: str = env.str("CONTACT_ADDRESS", "")
    CONTACT_PHONE: str = env.str("CONTACT_PHONE", "")
    CONTACT_EMAIL: str = env.str("CONTACT_EMAIL", "", validate=PERHAPS_EMAIL)
    ICP_NUMBER: str = env.str("ICP_NUMBER", "")
    POLICE_NUMBER: str = env.str("POLICE_NUMBER", "")
    NEWS_LICENCE: str = env.str("NEWS_LICENCE", "")
    REPORT_PHONE: str = env.str("REPORT_PHONE", "")
    REPORT_EMAIL: str = env.str("REPORT_EMAIL", "", validate=PERHAPS_EMAIL)
    SECRET_KEY: str = env.str("SECRET_KEY", "")
    DATABASE_URL: str = env.str("DATABASE_URL", "")
    REDIS_URL: str = env.str("REDIS_URL", "")
    ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", [] if PRODUCTION else LOOPBACK)
    TIME_ZONE: str = env.str("TIME_ZONE", "Asia/Shanghai")
    LEVELS = validate.OneOf(["DEBUG", "INFO", "WARNING", "ERROR"])
    LOG_LEVEL: str = env.str("LOG_LEVEL", "INFO", validate=LEVELS)
    # Celery says a line a task at INFO, which is every five seconds.
    CELERY_LOG_LEVEL: str = env.str("CELERY_LOG_LEVEL", "WARNING", validate=LEVELS)
    WEB_WORKERS: int = env.int("WEB_WORKERS", 2)
    # Of readers' answers, in each web process: see newsroom/kept.
    KEPT_BYTES: int = env.int("KEPT_BYTES", 64 * 1024 * 1024)
    # nginx before us keeps them too, by its keys of half a second: see deploy/nginx.conf.
    KEPT_FOR_NGINX: bool = env.bool("KEPT_FOR_NGINX", PRODUCTION)
    # What our keys in Redis begin with: several bureaus may share one.
    REDIS_PREFIX: str = env.str("REDIS_PREFIX", "newsroom")
    S3_BUCKET: str = env.str("S3_BUCKET", "")
    # The most one picture may hold; an animated one shows its first frame.
    PHOTO_MAX_BYTES: int = env.int("PHOTO_MAX_BYTES", 40 * 1024 * 1024)
    PHOTO_MAX_PIXELS: int = env.int("PHOTO_MAX_PIXELS", 80_000_000)
    PHOTO_MAX_FRAMES: int = env.int("PHOTO_MAX_FRAMES", 60)
    # Where nginx finds VAR/files as an internal location; empty: Django streams pictures itself.
    X_ACCEL_LOCATION: str = "" if S3_BUCKET else env.str("X_ACCEL_LOCATION", "")
except EnvError as wrong:
    raise SystemExit(f"newsroom: {wrong}") from None

if PRODUCTION and (line := weak_value(globals())):
    raise SystemExit(f"newsroom: {line}")

REVIEW_STAGES = stages("REVIEW_STAGES", "初审:editor,复审:deputy,终审:chief")
PROOF_STAGES = stages("PROOF_STAGES", "一校:proofreader,二校:proofreader,三校:proofreader,签样:chief")

for folder in ("files", "static", "tmp", "cache", "broker/messages", "broker/control"):
    (VAR / folder).mkdir(parents=True, exist_ok=True, mode=0o700)
if not PRODUCTION and not SECRET_KEY:
    SECRET_KEY = kept_secret(VAR / "secret-key")

# Applications, uppermost layer first; templates and static files of an upper layer win.
INSTALLED_APPS = [
    "newsroom",
    "issues",
    "articles",
    "media",
    "people",
    "newsroom.apps.NewsroomAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",  # its templates, so that FORM_RENDERER finds them and an app may replace one
    "django_ckeditor_5",
    "taggit",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "newsroom.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People
AUTH_USER_MODEL = "people.User"
LOGIN_URL = "admin:login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Database
SQLITE_OPTIONS: dict[str, Any] = {
    # A transaction that will write takes the lock at its start, so that it waits instead of failing half-way.
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
}
DATABASES: dict[str, Any] = {
    "default": dict(dj_database_url.parse(DATABASE_URL or f"sqlite:///{VAR}/newsroom.sqlite3"))
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
    DATABASES["default"]["CONN_MAX_AGE"] = 60  # opening the file anew takes longer than most pages
    # A file, as the worker and the browser's server of a test are other processes and threads.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 300, "CONN_HEALTH_CHECKS": True}
    # Compiling a search takes a hundred times as long as running it.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")

# Cache and sessions: every process must see the same cache, so it is never in one process's memory.
CACHES: dict[str, Any] = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(VAR / "cache"),
            "OPTIONS": {"MAX_ENTRIES": 2000},
        }
    )
    | {"KEY_PREFIX": REDIS_PREFIX}
}
SESSION_ENGINE = "newsroom.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600

# Files: the originals are private and never served by their own address.
STORAGES: dict[str, Any] = {
    "default": (
        {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": S3_BUCKET,
                "endpoint_url": env.str("S3_ENDPOINT_URL", "") or None,
                "region_name": env.str("S3_REGION", "") or None,
                "access_key": env.str("S3_ACCESS_KEY", "") or None,
                "secret_key": env.str("S3_SECRET_KEY", "") or None,
                "default_acl": "private",
                "querystring_auth": True,
                "file_overwrite": False,
            },
        }
        if S3_BUCKET
        else {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {
                "location": str(VAR / "files"),
                "base_url": None,
                "file_permissions_mode": 0o640,
                "directory_permissions_mode": 0o750,
            },
        }
    ),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
MEDIA_ROOT = str(VAR / "files")
MEDIA_URL = ""
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"] if (BASE_DIR / "static").is_dir() else []
FILE_UPLOAD_TEMP_DIR = str(VAR / "tmp")
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 60

# Language: readers get Chinese whatever their browser asks for; see newsroom/language.py.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "newsroom_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True

# Security
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PRODUCTION
CSRF_TRUSTED_ORIGINS = [SITE_URL] if PRODUCTION else []
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
if PRODUCTION:
    # nginx alone reaches the web processes and sets this header itself.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        # CKEditor and the admin set widths and positions on elements, never a sheet.
        "style-src-attr": ["'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "frame-src": ["'self'"],
        "frame-ancestors": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    },
}

# Celery: the database is the truth; the broker only wakes people up.
CELERY_BROKER_URL = REDIS_URL or "filesystem://"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    {"visibility_timeout": 600, "global_keyprefix": f"{REDIS_PREFIX}:"}
    if REDIS_URL
    else {
        "data_folder_in": str(VAR / "broker" / "messages"),
        "data_folder_out": str(VAR / "broker" / "messages"),
        "control_folder": str(VAR / "broker" / "control"),
        "polling_interval": 0.1,
    }
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A web request that queues work must not hang on a dead broker: the sweeps find the work.
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_DEFAULT_QUEUE = "newsroom"
# Pictures take seconds each and come by the dozen: the rest must not wait behind all of them. A worker
# takes from both in turn; `--queues pictures` makes one for pictures alone.
CELERY_TASK_QUEUES = [Queue("newsroom"), Queue("pictures")]
CELERY_TASK_ROUTES = {
    "media.tasks.make_renditions": {"queue": "pictures"},
    "issues.tasks.make_proof": {"queue": "pictures"},
}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = env.int("WORKER_CONCURRENCY", 2)
# Without Redis nobody asks a worker questions, and each question would stay behind as a file.
CELERY_WORKER_ENABLE_REMOTE_CONTROL = bool(REDIS_URL)
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat-schedule")
CELERY_BEAT_MAX_LOOP_INTERVAL = 1
# What nobody took before its next turn is dropped: a broker must not fill while the workers are away.
CELERY_BEAT_SCHEDULE = {
    "release_due": {"task": "articles.tasks.release_due", "schedule": 5.0, "options": {"expires": 30}},
    "mask_pages": {"task": "issues.tasks.mask_pages", "schedule": 5.0, "options": {"expires": 30}},
    "sweep_proofs": {"task": "issues.tasks.sweep_proofs", "schedule": 60.0, "options": {"expires": 120}},
    "sweep_intakes": {"task": "articles.tasks.sweep_intakes", "schedule": 60.0, "options": {"expires": 120}},
    "sweep_renditions": {
        "task": "media.tasks.sweep_renditions",
        "schedule": 60.0,
        "options": {"expires": 120},
    },
}
# A sweep older than this many seconds is stale in /readyz.
SWEEP_STALE_AFTER = 60

# Tags: 「，、；」 separate too; the parser and its reverse are ours.
TAGGIT_CASE_INSENSITIVE = True
TAGGIT_TAGS_FROM_STRING = "articles.tags.parse_tags"
TAGGIT_STRING_FROM_TAGS = "articles.tags.edit_string"

# The editor. 'zh-cn' must stand in each config, and a None anywhere stops the editor from loading.
CK_EDITOR_5_UPLOAD_FILE_VIEW_NAME = "articles:editor_upload"
CKEDITOR_5_FILE_UPLOAD_PERMISSION = "staff"
CKEDITOR_5_ALLOW_ALL_FILE_TYPES = False
CKEDITOR_5_UPLOAD_FILE_TYPES = ["jpeg", "jpg", "png", "gif", "webp", "heic", "heif", "tiff", "bmp"]
CKEDITOR_5_MAX_FILE_SIZE = PHOTO_MAX_BYTES // (1024 * 1024)
CKEDITOR_5_CONFIGS: dict[str, Any] = {
    "default": {
        "language": "zh-cn",
        "toolbar": {
            "items": [
                "heading", "|", "bold", "italic", "link", "|", "bulletedList", "numberedList", "blockQuote",
                "|", "imageUpload", "insertTable", "horizontalLine", "|", "removeFormat", "undo", "redo",
            ],
            "shouldNotGroupWhenFull": True,
        },
        "heading": {
            "options": [
                {"model": "paragraph", "title": "正文", "class": "ck-heading_paragraph"},
                {"model": "heading2", "view": "h2", "title": "小标题", "class": "ck-heading_heading2"},
                {"model": "heading3", "view": "h3", "title": "次级小标题", "class": "ck-heading_heading3"},
            ]
        },
        "image": {"toolbar": ["imageTextAlternative"]},
        "table": {"contentToolbar": ["tableColumn", "tableRow", "mergeTableCells"]},
        "link": {"addTargetToExternalLinks": False},
    }
}  # fmt: skip

# Logs go to stderr, a line an event.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # every passing scanner sends one
        "celery": {"level": CELERY_LOG_LEVEL},
        "kombu": {"level": "ERROR"},  # warns of the host that a folder does not have
        "PIL": {"level": "WARNING"},
    },
}
