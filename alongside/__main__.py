"""The `alongside` command."""

import argparse
import os
import sys
from datetime import date
from pathlib import Path


def port(text: str) -> int:
    """The number of a port."""
    if text.isascii() and text.isdigit() and 0 < int(text) < 65_536:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text} is not a port: choose a number from 1 to 65535")


def offered() -> argparse.ArgumentParser:
    """What the command understands."""
    parser = argparse.ArgumentParser(prog="alongside", description="The open platform on which schools work together.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    demo = commands.add_parser("demo", help="the invented borough and the national register, ready to try")
    demo.add_argument("--port", type=int, default=8000)
    demo.add_argument("--no-serve", action="store_true", help="prepare everything and stop")
    demo.add_argument("--no-worker", action="store_true", help="without the worker beside the pages")

    serve = commands.add_parser("serve", help="serve the pages")
    serve.add_argument("--port", type=port, default=8000)
    serve.add_argument("--bind", default="127.0.0.1")
    serve.add_argument("--workers", type=int, default=1)
    serve.add_argument("--no-worker", action="store_true", help="workers run elsewhere: see `alongside worker`")

    worker = commands.add_parser("worker", help="do what waits in the queue: mail, typesetting, what comes again each day")
    worker.add_argument("--beside", type=int, default=0, help=argparse.SUPPRESS)  # the process that it ends with

    bounces = commands.add_parser("bounces", help="read mail that came back, and show it to the offices concerned")
    bounces.add_argument("path", nargs="?", type=Path, help="a message, an mbox or a Maildir; without it, one message from stdin")

    receive = commands.add_parser("receive-mail", help="take in one message from stdin: for a mail server's pipe")
    receive.add_argument("sent_to", nargs="*", metavar="ADDRESS", help="the addresses to which the mail server took it")

    door = commands.add_parser("mail-door", help="take in mail by SMTP, from a mail server that hands it on")
    door.add_argument("--bind", default="127.0.0.1")
    door.add_argument("--port", type=port, default=8025)

    mails = commands.add_parser("mails", help="list mail that belongs to no partnership; print one; give it to an office")
    mails.add_argument("key", nargs="?", default="")
    mails.add_argument("--to", default="", metavar="SLUG", help="the partnership whose office is to see it")

    commands.add_parser("migrate", help="make or renew the database's tables")

    register = commands.add_parser("import-schools", help="take in extracts of the register of schools (GIAS)")
    register.add_argument("files", nargs="+", type=Path, metavar="FILE", help="CSV as the DfE publishes it, plain or gzipped")
    register.add_argument("--dry-run", action="store_true", help="say exactly what would change, and change nothing")
    register.add_argument("--date", type=date.fromisoformat, help="the extract's date, where neither file nor name tells")

    holidays = commands.add_parser("import-bank-holidays", help="take in gov.uk/bank-holidays.json, and say what it touches")
    holidays.add_argument("file", type=Path, metavar="FILE")
    holidays.add_argument("--dry-run", action="store_true", help="say exactly what would change, and change nothing")
    holidays.add_argument("--older", action="store_true", help="take it in though it lacks days that are known")

    new = commands.add_parser("new-partnership", help="set up a partnership and invite its manager")
    new.add_argument("name")
    new.add_argument("--template", choices=["learning", "trust"], required=True)
    new.add_argument("--la", default="", metavar="CODE", help="the local authority's three figures, such as 312")
    new.add_argument("--area", default="", help="the area in words")
    new.add_argument("--manager", required=True, metavar="E-MAIL")

    backup = commands.add_parser("backup", help="write everything, rows and files, into one archive, while people go on working")
    backup.add_argument(
        "path",
        type=Path,
        metavar="FOLDER|FILE",
        help="a folder, made if it is not there: the archive is named after the day and hour; or a name that ends in .backup",
    )
    backup.add_argument("--key-file", type=Path, help="seal it with the passphrase in this file")

    restore = commands.add_parser("restore", help="bring a backup back: all of it or nothing")
    restore.add_argument("path", type=Path, metavar="FILE")
    restore.add_argument("--key-file", type=Path, help="the file with the passphrase that sealed it")
    restore.add_argument("--replace", action="store_true", help="throw away what is in the database now")

    retention = commands.add_parser("retention", help="take away what has been kept for its time (the worker does it each night)")
    retention.add_argument("--dry-run", action="store_true", help="list exactly what would go, and change nothing")

    erase = commands.add_parser("erase-person", help="erase somebody, by the e-mail address")
    erase.add_argument("address", metavar="E-MAIL")
    erase.add_argument("--because", choices=["asked", "left", "mistake", "court"], required=True)
    erase.add_argument("--dry-run", action="store_true", help="say exactly what would go, and change nothing")

    hold = commands.add_parser("hold", help="keep everything of a person, school or partnership until the hold is lifted")
    hold.add_argument("what", choices=["person", "school", "partnership", "list"])
    hold.add_argument("which", nargs="?", default="", help="the e-mail address, the URN, or the name in the address (its slug)")
    hold.add_argument("--reason", default="")
    hold.add_argument("--lift", action="store_true")

    free = commands.add_parser("free-second-factor", help="take every second factor off somebody who has lost theirs")
    free.add_argument("email", metavar="E-MAIL")

    count = commands.add_parser("count", help="count a ballot file (BLT) as the Scottish councils count")
    count.add_argument("file", type=Path, metavar="FILE.blt")
    count.add_argument("--json", action="store_true", help="quota, stages and who is elected, as JSON")
    count.add_argument("--lots", default="", metavar="3,1,2", help="the order of lots, by the candidates' numbers in the file")

    check = commands.add_parser("check", help="is this installation safe and complete?")
    check.add_argument(
        "--head", default="", metavar="HASH", help="the head of the log as noted earlier: is it still in the chain?"
    )

    return parser


def main(words: list[str] | None = None) -> int:
    """Run one command; gives the exit code."""
    asked = offered().parse_args(words)
    if asked.command == "count":
        return run_count(asked)
    os.umask(0o077)  # rows, files and backups are their owner's alone
    if asked.command == "demo":
        os.environ.setdefault("ALONGSIDE_MODE", "demo")
        os.environ.setdefault("ALONGSIDE_ADDRESS", f"http://127.0.0.1:{asked.port}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.settings")
    import django

    try:
        django.setup()
    except Exception as error:
        if type(error).__name__ != "ImproperlyConfigured":
            raise
        print(f"alongside: {error}", file=sys.stderr)
        return 2
    from django.db import OperationalError, ProgrammingError

    run = {
        "demo": run_demo,
        "serve": run_serve,
        "worker": run_worker,
        "bounces": run_bounces,
        "receive-mail": run_receive_mail,
        "mail-door": run_mail_door,
        "mails": run_mails,
        "migrate": run_migrate,
        "import-schools": run_import,
        "import-bank-holidays": run_bank_holidays,
        **dict.fromkeys(["new-partnership", "free-second-factor"], run_people),
        **dict.fromkeys(["backup", "restore", "retention", "erase-person", "hold", "check"], run_keeping),
    }[asked.command]
    try:
        return run(asked)
    except (OperationalError, ProgrammingError) as error:
        problem = str(error).strip().splitlines()[0]
        print(
            f"alongside: the database does not answer, or has no tables yet (run `alongside migrate`): {problem}", file=sys.stderr
        )
    except OSError as error:
        print(f"alongside: {error}", file=sys.stderr)
    return 2


def run_demo(asked: argparse.Namespace) -> int:
    """Prepare the demonstration and serve it."""
    from alongside.across.demo import commands
    from alongside.ground.work.commands import start_beside

    return commands.start(port=asked.port, serve=not asked.no_serve, beside=None if asked.no_worker else start_beside)


def run_serve(asked: argparse.Namespace) -> int:
    """Serve the pages with gunicorn, with one worker beside it that ends when it ends."""
    from alongside.ground.web.server import serve
    from alongside.ground.work.commands import start_beside

    if not asked.no_worker:
        start_beside()
    serve(f"{asked.bind}:{asked.port}", asked.workers)


def run_worker(asked: argparse.Namespace) -> int:
    """Do what waits in the queue, until asked to stop. Several workers may run at once, on several machines."""
    from contextlib import AbstractContextManager, nullcontext
    from datetime import timedelta

    from django.conf import settings

    from alongside.across.demo.queries import state as demo
    from alongside.across.demo.rules import Stage, demo_moment
    from alongside.ground.core import clock
    from alongside.ground.work.commands import Loop
    from alongside.members.calendar.queries.days import bank_holidays
    from alongside.members.calendar.rules.settings import Nation

    def elthorne() -> AbstractContextManager[None]:
        state, real = demo.state(), clock.now()
        if state is None:
            return nullcontext()
        return clock.offset(demo_moment(real, timedelta(seconds=state.offset_seconds), Stage(state.stage)) - real)

    def is_open(day: date) -> bool:
        return day.weekday() < 5 and day not in bank_holidays()[Nation.ENGLAND_AND_WALES]

    loop = Loop(is_school_day=is_open, beside=asked.beside)
    if settings.DEMO:
        loop.living_in = elthorne
    return loop.run()


def run_bounces(asked: argparse.Namespace) -> int:
    """Read mail that came back."""
    from alongside.members.notices import commands

    return commands.read_bounces(asked.path)


def run_receive_mail(asked: argparse.Namespace) -> int:
    """Take in one message."""
    from alongside.members.mail import commands

    return commands.receive(asked.sent_to)


def run_mail_door(asked: argparse.Namespace) -> int:
    """Take in mail by SMTP."""
    from alongside.members.mail import commands

    return commands.stand_open(asked.bind, asked.port)


def run_mails(asked: argparse.Namespace) -> int:
    """Show what belongs to no partnership."""
    from alongside.members.mail import commands

    return commands.of_nobody(asked.key, asked.to)


def run_migrate(asked: argparse.Namespace) -> int:
    """Make or renew the tables."""
    from django.conf import settings
    from django.core.management import call_command

    settings.VAR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    print("The database is up to date.")
    return 0


def run_import(asked: argparse.Namespace) -> int:
    """Take in extracts of the register."""
    from alongside.members.schools import commands

    return commands.import_files(asked.files, dry_run=asked.dry_run, out=sys.stdout, on=asked.date)


def run_bank_holidays(asked: argparse.Namespace) -> int:
    """Take in the published bank holidays."""
    from alongside.members.calendar import commands

    return commands.import_file(asked.file, dry_run=asked.dry_run, older=asked.older, out=sys.stdout)


def run_people(asked: argparse.Namespace) -> int:
    """Set up a partnership; free somebody of a second factor."""
    from alongside.members.people import commands

    return int(getattr(commands, asked.command.replace("-", "_"))(asked))


def run_count(asked: argparse.Namespace) -> int:
    """Count a ballot file: of no installation, so without its settings."""
    from alongside.deciding.elections import commands

    try:
        return commands.count(asked)
    except OSError as error:
        print(f"alongside: {error}", file=sys.stderr)
    return 2


def run_keeping(asked: argparse.Namespace) -> int:
    """Back up, bring back, keep no longer, erase, hold, and see whether all is well: after a restore too."""
    from alongside.across.keeping import commands

    done: int = getattr(commands, asked.command.replace("-", "_"))(asked)
    return commands.check(argparse.Namespace(head="")) if asked.command == "restore" and not done else done


if __name__ == "__main__":
    sys.exit(main())
