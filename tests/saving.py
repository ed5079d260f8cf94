"""A process that saves so many times and says after each that it is saved: `python -m tests.saving COUNT full|normal`.

`normal` is the planted fault: a setting that many guides recommend, under which a saved thing can vanish with the power.
"""

import sys

import django


def main(count: int, mode: str) -> None:
    """Start so many partnerships, each in its own transaction."""
    django.setup()
    from django.db import connection

    from alongside.ground.core.standing import Standing
    from alongside.members.partnerships import actions
    from alongside.members.partnerships.rules import Template

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_autocheckpoint = 100000")  # so that only what saving asks for is counted
        if mode == "normal":
            cursor.execute("PRAGMA synchronous = NORMAL")
    for number in range(count):
        actions.start_partnership(name=f"Oak {mode} {number}", template=Template.LEARNING, by=Standing.system())
        print("saved", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
