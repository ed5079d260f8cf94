"""A process that issues, for the test that kills it: `python -m alongside.money.fees.tests.worker KIND PARTNERSHIP DAYS SEED`.

`ours`: it lives through the days, on each of which one more school's membership begins, and says on its output when it
begins and has done a run. `credits`: on each day it presses for one credit note, by the same key in every life; `credits-lax`
on a database that does not wait for the disk.
`planted` is the fault that the harness must catch: numbers by `max() + 1`.
"""

import hashlib
import random
import sys
import time
from datetime import date, timedelta

import django
from django.db import OperationalError, connection, transaction

from alongside.ground.core.shown import UNSEEN

FIRST = date(2022, 3, 1)
PLANTED = "planted_numbers"


def ours(partnership: str, day: date) -> str:
    """Issue to whoever is due by that day."""
    from alongside.ground.core import clock, keys
    from alongside.ground.core.standing import Standing
    from alongside.members.partnerships.models import Partnership
    from alongside.money.fees.actions import issuing

    with clock.at(clock.start_of(day, 12)):
        run = issuing.issue_invoices(
            partnership=Partnership.objects.get(pk=partnership), key=keys.new_key(), seen=UNSEEN, by=Standing.system()
        )
    return f"{run.first} {run.last}" if run else "0 -1"


def credits(partnership: str, day: date) -> str:
    """Press once for the day's credit note; the press of a life that was cut short is the same press."""
    from alongside.ground.core import clock, keys
    from alongside.ground.core.standing import Standing
    from alongside.money.invoices.actions import corrections
    from alongside.money.invoices.models.invoices import Invoice

    digest = hashlib.sha256(f"{int(sys.argv[4]) // 1_000}-{day}".encode()).digest()
    key = "".join(keys.ALPHABET[byte & 31] for byte in digest[: keys.LENGTH])
    invoices = Invoice.objects.filter(partnership=partnership).select_related("partnership", "school").order_by("number")
    invoice = invoices[digest[0] % invoices.count()]
    with clock.at(clock.start_of(FIRST + timedelta(days=200), 12)):
        note = corrections.issue_credit_note(
            invoice=invoice, key=key, amount=7, reason="A press", seen=UNSEEN, shown=UNSEEN, by=Standing.system()
        )
    return f"{note.number} {note.number}"


def credits_lax(partnership: str, day: date) -> str:
    """The same on a database that does not wait for the disk: the fault that must be noticed."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
    return credits(partnership, day)


def planted(partnership: str, day: date) -> str:
    """Number one invoice as many a program does."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max(number), 0) + 1 FROM {PLANTED}")
        (number,) = cursor.fetchone()
        time.sleep(random.random() / 100)
        cursor.execute(f"INSERT INTO {PLANTED} (number) VALUES (%s)", [number])
    return f"{number} {number}"


def main() -> None:
    """Live through the days, in strides of one to three."""
    kind, partnership, days, seed = sys.argv[1:]
    random.seed(seed)
    django.setup()
    act = {"ours": ours, "credits": credits, "credits-lax": credits_lax, "planted": planted}[kind]
    day = 0
    while day < int(days):
        day = min(day + (1 if kind.startswith("credits") else random.randint(1, 3)), int(days))
        print("begin", flush=True)
        try:
            done = act(partnership, FIRST + timedelta(days=day - 1))
        except (OperationalError, transaction.TransactionManagementError):
            print("again", flush=True)
            continue
        print("done", done, flush=True)
        time.sleep(random.random() / 50)
    print("end", flush=True)


if __name__ == "__main__":
    main()
