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


def main(words: list[str] | None = None) -> int:
    """Run one command; gives the exit code."""
    parser = argparse.ArgumentParser(prog="alongside", description="The open platform on which schools work together.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    demo = commands.add_parser("demo", help="the invented borough and the national register, ready to try")
    demo.add_argument("--port", type=int, default=8000)
    demo.add_argument("--no-serve", action="store_true", help="prepare everything and stop")

    serve = commands.add_parser("serve", help="serve the pages")
    serve.add_argument("--port", type=port, default=8000)
    serve.add_argument("--bind", default="127.0.0.1")
    serve.add_argument("--workers", type=int, default=1)

    commands.add_parser("migrate", help="make or renew the database's tables")

    register = commands.add_parser("import-schools", help="take in extracts of the register of schools (GIAS)")
    register.add_argument("files", nargs="+", type=Path, metavar="FILE", help="CSV as the DfE publishes it, plain or gzipped")
    register.add_argument("--dry-run", action="store_true", help="say exactly what would change, and change nothing")
    register.add_argument("--date", type=date.fromisoformat, help="the extract's date, where neither file nor name tells")

    new = commands.add_parser("new-partnership", help="set up a partnership and invite its manager")
    new.add_argument("name")
    new.add_argument("--template", choices=["learning", "trust"], required=True)
    new.add_argument("--la", default="", metavar="CODE", help="the local authority's three figures, such as 312")
    new.add_argument("--area", default="", help="the area in words")
    new.add_argument("--manager", required=True, metavar="E-MAIL")

    commands.add_parser("check", help="is this installation safe and complete?")

    asked = parser.parse_args(words)
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
        "migrate": run_migrate,
        "import-schools": run_import,
        "new-partnership": run_new_partnership,
        "check": run_check,
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
    from alongside.demo import commands

    return commands.start(port=asked.port, serve=not asked.no_serve)


def run_serve(asked: argparse.Namespace) -> int:
    """Serve the pages with gunicorn."""
    os.execv(
        sys.executable,
        [
            sys.executable,
            "-m",
            "gunicorn",
            "alongside.wsgi",
            "--bind",
            f"{asked.bind}:{asked.port}",
            "--workers",
            str(asked.workers),
            "--threads",
            "4",
            "--worker-class",
            "gthread",
            "--log-level",
            "warning",
        ],
    )


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
    from alongside.schools import commands

    return commands.import_files(asked.files, dry_run=asked.dry_run, out=sys.stdout, on=asked.date)


def run_new_partnership(asked: argparse.Namespace) -> int:
    """Set up a partnership and print the link that makes somebody its manager."""
    from django.conf import settings
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email
    from django.urls import reverse

    from alongside.core.standing import Post, Standing
    from alongside.core.verdict import Invalid
    from alongside.partnerships import actions as partnerships
    from alongside.partnerships.rules import Template
    from alongside.people import actions as people
    from alongside.schools import queries as schools

    by = Standing.system()
    areas = {code: name for code, name, _ in schools.local_authorities(viewer=by)}
    if asked.la and asked.la not in areas:
        print(
            f"alongside: no local authority in the register has the code {asked.la}: check it, or import the register first.",
            file=sys.stderr,
        )
        return 2
    try:
        validate_email(asked.manager)
        partnership = partnerships.start_partnership(
            name=asked.name,
            template=Template(asked.template),
            la_code=asked.la,
            area=asked.area or areas.get(asked.la, ""),
            contact_email=asked.manager,
            by=by,
        )
    except ValidationError:
        print(f"alongside: {asked.manager} is not an e-mail address", file=sys.stderr)
        return 2
    except Invalid as problem:
        print(f"alongside: {problem}", file=sys.stderr)
        return 2
    _, token, _ = people.invite(email=asked.manager, post=Post.MANAGER, partnership=partnership, by=by)
    print(f"{partnership.name} is set up. Its manager signs in once with this link, which is also in the mail just sent:")
    print(settings.ADDRESS + reverse("people:invitation", args=[token]))
    return 0


def run_check(asked: argparse.Namespace) -> int:
    """Say whether the installation is safe and complete."""
    from django.conf import settings
    from django.core.management import CommandError, call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    problems = []
    try:
        call_command("check", deploy=settings.MODE == "production", fail_level="WARNING", verbosity=0)
    except CommandError as error:
        problems.append(str(error))
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        problems.append("The database's tables are not up to date: run `alongside migrate`.")
    else:
        problems += lost_numbers()
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        problems.append("The look is not built: run `make ready`.")
    print("\n".join(problems) or f"All is well ({settings.MODE}).")
    return 1 if problems else 0


def lost_numbers() -> list[str]:
    """A line for each partnership whose invoice numbers have a gap: somebody has deleted what may not be deleted."""
    from alongside.core.standing import Standing
    from alongside.fees import queries as fees
    from alongside.partnerships.models import Partnership

    system = Standing.system()
    found = [
        (partnership, fees.numbers_lost(partnership, viewer=system)) for partnership in Partnership.objects.visible_to(system)
    ]
    return [
        f"{partnership}: invoice numbers {numbers} were given out and are not there." for partnership, numbers in found if numbers
    ]


if __name__ == "__main__":
    sys.exit(main())
