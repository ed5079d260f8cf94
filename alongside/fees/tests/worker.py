"""A process that issues, for the test that kills it: `python -m alongside.fees.tests.worker ours|planted PARTNERSHIP DAYS SEED`.

It lives through the days, on each of which one more school's membership begins, and says on its output when it
begins and has done a run. `planted` is the fault that the harness must catch: numbers by `max() + 1`.
"""

import random
import sys
import time
from datetime import date, timedelta

import django
from django.db import OperationalError, connection, transaction

FIRST = date(2022, 3, 1)
PLANTED = "planted_numbers"


def ours(partnership: str, day: date) -> str:
    """Issue to whoever is due by that day."""
    from alongside.core import clock, keys
    from alongside.core.standing import Standing
    from alongside.fees import actions
    from alongside.partnerships.models import Partnership

    with clock.at(clock.start_of(day, 12)):
        run = actions.issue_invoices(
            partnership=Partnership.objects.get(pk=partnership), key=keys.new_key(), by=Standing.system()
        )
    return f"{run.first} {run.last}" if run else "0 -1"


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
    act = {"ours": ours, "planted": planted}[kind]
    day = 0
    while day < int(days):
        day = min(day + random.randint(1, 3), int(days))
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
