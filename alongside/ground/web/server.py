"""Becoming the server of the pages."""

import os
import sys
from typing import NoReturn


def command(bind: str, workers: int = 1, application: str = "alongside.wsgi") -> list[str]:
    """What Python is asked for. Threads share one heap: with one each they take turns all the same, and keep more."""
    options = f"--bind {bind} --workers {workers} --threads 4 --worker-class gthread --log-level warning"
    return ["-m", "gunicorn", application, *options.split()]


def serve(bind: str, workers: int = 1) -> NoReturn:
    """Become the server of the pages."""
    os.execve(sys.executable, [sys.executable, *command(bind, workers)], {"MALLOC_ARENA_MAX": "1", **os.environ})
