"""What the command line says about keeping. Each function gives the exit code."""

import argparse
import sys
import time
from collections.abc import Mapping

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from alongside.across.keeping import queries
from alongside.across.keeping.actions import backing_up, erasing, restoring, retention as retention_actions
from alongside.across.keeping.archive.manifest import sha256_of
from alongside.across.keeping.archive.sealing import Unusable
from alongside.across.keeping.models import HeldThing
from alongside.across.keeping.rules.erasure import Because
from alongside.ground.audit.queries import chain
from alongside.ground.core import clock
from alongside.ground.core.addresses import wrong_with_address
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.ground.core.words import day_of, plural, short_date
from alongside.ground.work import queries as work
from alongside.members.calendar.queries.days import list_of
from alongside.members.calendar.rules.bank_holidays import why_old
from alongside.members.mail.queries import mail_of_nobody
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Person
from alongside.members.schools.models import School
from alongside.members.schools.queries import schools
from alongside.money.invoices.queries import papers

SYSTEM = Standing.system()
SHOWN = 20  # so many lines of each kind are listed in full


def backup(asked: argparse.Namespace) -> int:
    """Write a backup."""
    began = time.monotonic()
    try:
        target, manifest = backing_up.back_up(path=asked.path, key_file=asked.key_file, by=SYSTEM)
    except Unusable as problem:
        return refuse(str(problem))
    rows = sum(told["rows"] for told in manifest.tables.values())
    print(f"{target}: {rows:,} rows and {plural(len(manifest.files), 'file')}, {time.monotonic() - began:.1f} s")
    print(f"SHA-256 {sha256_of(target)}")
    for name in manifest.missing[:SHOWN]:
        print(f"NOT IN IT, because it is gone from the store or was altered there: {name}", file=sys.stderr)
    return 1 if manifest.missing else 0


def restore(asked: argparse.Namespace) -> int:
    """Bring a backup back."""
    began = time.monotonic()
    for one in filter(None, (asked.path, asked.key_file)):
        if not one.is_file():
            what = "a folder: name the file in it" if one.is_dir() else "not a file: see how it is written"
            return refuse(f"{one} is {what}. Nothing was changed.")
    settings.VAR.mkdir(parents=True, exist_ok=True)
    if not connection.introspection.table_names():
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
    try:
        done = restoring.restore(path=asked.path, key_file=asked.key_file, replace=asked.replace, by=SYSTEM)
    except (Unusable, ValueError) as problem:
        return refuse(f"{problem} Nothing was changed.")
    vacuum()
    print(
        f"{done.rows:,} rows and {plural(done.files, 'file')} of {done.manifest.made_at[:16].replace('T', ' ')} are back "
        f"and are what was backed up, {time.monotonic() - began:.1f} s. Everybody signs in again."
    )
    if done.erased_again:
        print(f"{plural(done.erased_again, 'person', 'people')} who were erased after that backup were erased from it again.")
    for name in done.manifest.missing[:SHOWN]:
        print(f"Was missing already when the backup was made: {name}")
    return 0


def retention(asked: argparse.Namespace) -> int:
    """Take away what has been kept for its time, or tell what would go."""
    for swept in retention_actions.sweep(dry_run=asked.dry_run, by=SYSTEM):
        period = swept.period
        print(f"{period.what}, {plural(period.days, 'day')} after {period.after}: {len(swept.rows):,}")
        for row in swept.rows if asked.dry_run else []:
            print(f"  {row}")
    if asked.dry_run:
        print("Nothing was changed.")
    else:
        vacuum()
    return 0


def erase_person(asked: argparse.Namespace) -> int:
    """Erase somebody, by their address."""
    address, because = asked.address.strip().lower(), Because(asked.because)
    if wrong_with_address(address):
        return refuse(f"{asked.address} is not an e-mail address")
    try:
        person = Person.objects.visible_to(SYSTEM).filter(email=address).first()
        if person:
            done = erasing.erase_person(person=person, because=because, dry_run=asked.dry_run, by=SYSTEM)
        else:
            done = erasing.erase_address(address=address, because=because, dry_run=asked.dry_run, by=SYSTEM)
    except Refused as refusal:
        return refuse(refusal.reason)
    if not done.taken:
        print("Nothing here tells of that address.")
        return 0
    print("Would go:" if asked.dry_run else "Gone:")
    _print_counts(done.taken)
    if done.kept:
        print("Stays, because the law wants it kept:")
        _print_counts(done.kept)
    if done.doubtful:
        print("May mean them, or somebody else, and stays: look at each by hand.")
        for place, row, words in done.doubtful:
            print(f"  {place} {row}: {' '.join(words.split())}")
    if done.same_name:
        print("Somebody else here has the same name, so the name was not taken out of texts: look through those by hand.")
    if asked.dry_run:
        print("Nothing was changed.")
    else:
        vacuum()
        print("Backups made before now still hold this person. When one is restored, they are erased from it again.")
    return 0


def _print_counts(places: Mapping[str, int]) -> None:
    for place, count in sorted(places.items()):
        print(f"  {count:>5}  {place}")


def hold(asked: argparse.Namespace) -> int:
    """Hold something, lift a hold, or list what is held."""
    if asked.what == "list":
        for one in queries.holds(viewer=SYSTEM):
            print(f"{one.what} {_called(one.what, one.row)} since {short_date(day_of(one.since_at))}: {one.reason}")
        return 0
    row = _row_of(asked.what, asked.which)
    if not row:
        return refuse(f"There is no {asked.what} {asked.which or 'named'} here")
    try:
        if asked.lift:
            retention_actions.lift_hold(what=HeldThing(asked.what), row=row, by=SYSTEM)
        else:
            retention_actions.hold(what=HeldThing(asked.what), row=row, reason=asked.reason, by=SYSTEM)
    except (Invalid, Conflict) as problem:
        return refuse(str(problem))
    print("The hold is lifted." if asked.lift else "Held: nothing of it is erased until the hold is lifted.")
    return 0


def _row_of(what: str, which: str) -> str:
    if what == "person":
        found = Person.objects.visible_to(SYSTEM).filter(email=which.lower()).values_list("pk", flat=True).first()
    elif what == "partnership":
        found = Partnership.objects.visible_to(SYSTEM).filter(slug=which).values_list("pk", flat=True).first()
    else:
        school = schools.school_with_urn(int(which), viewer=SYSTEM) if which.isascii() and which.isdigit() else None
        found = school.pk if school else None
    return str(found or "")


def _called(what: str, row: str) -> str:
    """What is held as `hold` is told it, with its name; where it is gone, its id."""
    if what == "person":
        found = Person.objects.visible_to(SYSTEM).filter(pk=row).values_list("email", "name").first()
    elif what == "partnership":
        found = Partnership.objects.visible_to(SYSTEM).filter(pk=row).values_list("slug", "name").first()
    else:
        found = School.objects.visible_to(SYSTEM).filter(pk=row).values_list("current__urn", "current__name").first()
    return f"{found[0] or row} ({found[1]})" if found else row


def check(asked: argparse.Namespace) -> int:
    """Say whether the installation is safe and complete."""
    problems: list[str] = []
    warnings: list[str] = []
    try:
        call_command("check", deploy=settings.MODE == "production", fail_level="WARNING", verbosity=0)
    except CommandError as error:
        problems.append(str(error))
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        problems.append("The database's tables are not up to date: run `alongside migrate`.")
    else:
        problems += _lost_numbers() + work.troubles(viewer=SYSTEM) + _changes_of_the_log(asked.head)
        warnings += filter(None, [why_old(list_of(), clock.today()), _mail_of_nobody()])
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        problems.append("The look is not built: run `make ready`.")
    print("\n".join([*problems, *warnings] if problems else [f"All is well ({settings.MODE}).", *warnings]))
    return 1 if problems else 0


def _lost_numbers() -> list[str]:
    """A line for each gap in the numbers of invoices or credit notes: what may not be deleted was."""
    return [
        f"{partnership}: {what} numbers {numbers} were given out and are not there."
        for partnership in Partnership.objects.visible_to(SYSTEM)
        for what, lost in (("invoice", papers.numbers_lost), ("credit note", papers.credits_lost))
        if (numbers := lost(partnership, viewer=SYSTEM))
    ]


def _mail_of_nobody() -> str:
    count = mail_of_nobody(viewer=SYSTEM).count()
    return f"{plural(count, 'mail belongs', 'mails belong')} to no partnership: see `alongside mails`." if count else ""


def _changes_of_the_log(head: str) -> list[str]:
    """Where the chain of the log is broken; prints its head, to be noted elsewhere."""
    found, last, count, waiting = chain.state_of_chain(head=head, viewer=SYSTEM)
    if count and not found:
        print(f"The log holds: {count:,} deeds are sealed, {waiting:,} not yet. Head {last}")
    return found


def vacuum() -> None:
    """Write the database's pages anew, so that what was deleted does not lie in them any longer."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def refuse(words: str) -> int:
    """Say why not."""
    print(f"alongside: {words}", file=sys.stderr)
    return 2
