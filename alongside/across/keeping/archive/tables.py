"""Tables as lines of JSON and back: the same lines whichever database they come from."""

import base64
import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from django.utils.duration import duration_string

Model = type[models.Model]
LOT = 5_000  # rows in one part of the archive
LEFT_OUT = {"sessions.Session"}  # after a restore everybody signs in again: an ended session must not live again
MODULUS = 1 << 256


def tables() -> list[Model]:
    """Every table of the product, those between two tables too."""
    found = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy]
    return sorted((one for one in found if one._meta.label not in LEFT_OUT), key=lambda model: model._meta.label)


def emptied() -> list[Model]:
    """The tables that a restore empties: all of them, sessions too."""
    return [*tables(), *(apps.get_model(label) for label in sorted(LEFT_OUT))]


def columns_of(model: Model) -> list[models.Field[Any, Any]]:
    """The columns that are stored as given; what the database works out by itself follows."""
    return [column for column in model._meta.local_concrete_fields if not getattr(column, "generated", False)]


def names_of(model: Model) -> list[str]:
    """The names of those columns."""
    return [column.attname for column in columns_of(model)]


def told(value: Any) -> str:
    """A value that JSON has no word for."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_string(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in a backup")


def line_of(row: tuple[Any, ...]) -> bytes:
    """One row as a line."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=told).encode()


def lines_of(model: Model) -> Iterator[bytes]:
    """A table's rows as lines, in the order of their keys."""
    for row in model._base_manager.order_by("pk").values_list(*names_of(model)).iterator(chunk_size=LOT):
        yield line_of(row)


class Digest:
    """A digest of a table's rows that does not depend on their order, which two databases see differently."""

    def __init__(self) -> None:
        self.sum, self.count = 0, 0

    def add(self, line: bytes) -> None:
        """One more row."""
        self.sum = (self.sum + int.from_bytes(hashlib.sha256(line).digest(), "big")) % MODULUS
        self.count += 1

    def __str__(self) -> str:
        return f"{self.sum:064x}"


def digest_of(model: Model) -> Digest:
    """The digest of a table as it stands."""
    digest = Digest()
    for line in lines_of(model):
        digest.add(line)
    return digest


def values_of(model: Model, line: bytes) -> list[Any]:
    """A line's values as the database takes them. Raises ValueError for a line that is none of the table's."""
    columns, row = columns_of(model), json.loads(line)
    if not isinstance(row, list) or len(row) != len(columns):
        raise ValueError(f"a row of {model._meta.label} has another shape")
    return [_as_stored(column, value) for column, value in zip(columns, row, strict=True)]


def _as_stored(column: models.Field[Any, Any], value: Any) -> Any:
    python = value if value is None or isinstance(column, models.JSONField) else column.to_python(value)
    return column.get_db_prep_save(python, connection)
