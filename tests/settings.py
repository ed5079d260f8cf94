"""The product's settings as tests use them. The database is a file, so that threads meet there as they do in life."""

import importlib
from pathlib import Path
from typing import Any

from jinja2 import FileSystemBytecodeCache

from tests.environment import ROOT, VAR

product = vars(importlib.import_module("alongside.settings"))
globals().update({name: value for name, value in product.items() if name.isupper()})

DATABASES: dict[str, Any] = product["DATABASES"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(Path(VAR) / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0  # so that no thread of a test keeps the database from being dropped
LOGGING = {**product["LOGGING"], "root": {"handlers": [], "level": "WARNING"}}  # pytest keeps the log, and shows it
ANSWERS_TO = "answers@schools.example.org"  # as where mail is taken in
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
kept = ROOT / "build" / "pages"  # compiled templates, each by its text
kept.mkdir(parents=True, exist_ok=True)
TEMPLATES: list[dict[str, Any]] = product["TEMPLATES"]
TEMPLATES[0]["OPTIONS"]["bytecode_cache"] = FileSystemBytecodeCache(str(kept))
STATIC_ROOT = Path(VAR) / "static"  # nothing is collected for tests; the folder keeps whitenoise from warning
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
