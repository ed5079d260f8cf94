"""Becoming the server of the pages."""

import os
import sys
from typing import NoReturn


def serve(bind: str, workers: int = 1) -> NoReturn:
    """Become the server of the pages. Its threads share one heap: with one each they take turns all the same, and keep more."""
    options = f"--bind {bind} --workers {workers} --threads 4 --worker-class gthread --log-level warning"
    command = [sys.executable, "-m", "gunicorn", "alongside.wsgi", *options.split()]
    os.execve(sys.executable, command, {"MALLOC_ARENA_MAX": "1", **os.environ})
