"""Work that waits until the transaction is safely stored."""

import importlib

from django.db import transaction


def later(task: str, *ids: str) -> None:
    """Run `<app>.<task>` from that app's `tasks` with those ids once the transaction is committed.

    The task must be safe to run twice: what it makes is also made on demand if the process dies first.
    """
    app, name = task.split(".")

    def run() -> None:
        getattr(importlib.import_module(f"alongside.{app}.tasks"), name)(*ids)

    transaction.on_commit(run, robust=True)
