"""R3: Monday's mail for a whole country of people on PostgreSQL, written by two processes. With a number, for so many people:
`python -m bench.monday 2000`."""

import os
import subprocess
import sys
import time
from datetime import date, timedelta

from bench.pages import Figure

PROCESSES = 2


WEEKS = 30  # longer than any holiday


def write(number: int, day: str) -> int:
    """Write the mails of every so-manieth person whose day it is; gives how many."""
    import django

    django.setup()
    from alongside.across.monday import actions, queries
    from alongside.ground.core import clock
    from alongside.ground.core.standing import Standing

    on, system = date.fromisoformat(day), Standing.system()
    with clock.at(clock.start_of(on, 6, 30)):
        mine = queries.whose_mail_goes(on, viewer=system)[number::PROCESSES]
        return sum(actions.write_mail(person=one, by=system) is not None for one in mine)


def monday() -> date:
    """The coming Monday, or the next that is a school day."""
    from alongside.across.monday import queries
    from alongside.ground.core import clock
    from alongside.ground.core.standing import Standing

    today = clock.today()
    for week in range(1, WEEKS):
        day = today + timedelta(days=7 * week - today.weekday())
        with clock.at(clock.start_of(day, 6, 30)):
            if queries.whose_mail_goes(day, viewer=Standing.system()):
                return day
    raise AssertionError("nobody has a mail in half a year")


def main(many: int | None = None) -> list[Figure]:
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

        from alongside.members.notices.models import Notice
        from alongside.members.partnerships.models import Membership, Partnership
        from alongside.members.partnerships.rules import Belonging
        from bench._nation import PEOPLE, populate

        people = many or PEOPLE
        populate(people)
        Membership.objects.update(kind=Belonging.MEMBER)  # who is only asked gets no mail of the week
        places, day = Partnership.objects.count(), monday()
        connection.close()
        began = time.perf_counter()
        program = "import sys; from bench.monday import write; print(write(int(sys.argv[1]), sys.argv[2]))"
        started = [
            subprocess.Popen([sys.executable, "-c", program, str(one), day.isoformat()], stdout=subprocess.PIPE, text=True)
            for one in range(PROCESSES)
        ]
        said = [one.communicate()[0] for one in started]
        assert not any(one.returncode for one in started), "a process failed"
        count, took = sum(map(int, said)), time.perf_counter() - began
        whose = Notice.objects.filter(kind="notices.week").values_list("person", flat=True)
        assert count == whose.distinct().count() == whose.count(), "each person's exactly once"
    return [
        (
            "R3",
            f"Monday’s mail for {people:,} people is written in ≤ 20 minutes on two cores",
            f"{took / 60:.1f} minutes for the {count:,} who belong ({1_000 * took / count:.1f} ms each)",
            f"PostgreSQL, {places:,} partnerships, two processes",
        )
    ]


if __name__ == "__main__":
    for promise, what, figure, how in main(int(sys.argv[1]) if len(sys.argv) > 1 else None):
        print(f"{promise}: {what} {figure} ({how})")
