"""R3: Monday's mail for a whole country of people on PostgreSQL, written by two processes."""

import os
import subprocess
import sys
import time
from datetime import date, timedelta

from bench.pages import Figure

PROCESSES = 2


def monday() -> date:
    """The coming Monday, or the next that is no holiday in the country of the benchmark."""
    today = date.today()
    return today + timedelta(days=7 - today.weekday())


def write(number: int) -> int:
    """Write the mails of every so-manieth person whose day it is; gives how many."""
    import django

    django.setup()
    from alongside.across.monday import actions, queries
    from alongside.ground.core import clock
    from alongside.ground.core.standing import Standing

    day, system = monday(), Standing.system()
    with clock.at(clock.start_of(day, 6, 30)):
        mine = queries.whose_mail_goes(day, viewer=system)[number::PROCESSES]
        return sum(actions.write_mail(person=one, by=system) is not None for one in mine)


def main() -> list[Figure]:
    """Fill a PostgreSQL of its own, and write."""
    from bench.nation import SECRET
    from tests.run import postgresql

    with postgresql() as url:
        os.environ.update(
            DATABASE_URL=url,
            ALONGSIDE_MODE="production",
            ALONGSIDE_SECRET_KEY=SECRET,
            DJANGO_SETTINGS_MODULE="alongside.settings",
        )
        import django

        django.setup()
        from django.db import connection

        from bench._nation import PARTNERSHIPS, PEOPLE, populate

        populate()
        connection.close()
        began = time.perf_counter()
        program = "import sys; from bench.monday import write; print(write(int(sys.argv[1])))"
        started = [
            subprocess.Popen([sys.executable, "-c", program, str(one)], stdout=subprocess.PIPE, text=True)
            for one in range(PROCESSES)
        ]
        count = sum(int(one.communicate()[0]) for one in started)
        took = time.perf_counter() - began
        from alongside.members.notices.models import Notice

        people = Notice.objects.filter(kind="notices.week").values_list("person", flat=True)
        assert count == people.distinct().count() == people.count(), "each person's exactly once"
    return [
        (
            "R3",
            f"Monday’s mail for {PEOPLE:,} people is written in ≤ 20 minutes on two cores",
            f"{took / 60:.1f} minutes for {count:,} whose partnership is in term ({1_000 * took / count:.1f} ms each)",
            f"PostgreSQL, {PARTNERSHIPS:,} partnerships, two processes",
        )
    ]


if __name__ == "__main__":
    for promise, what, figure, how in main():
        print(f"{promise}: {what} {figure} ({how})")
