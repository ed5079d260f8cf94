"""Importing one file of the register: all of it or, when it is refused or fails, nothing."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import BinaryIO

from django.db import transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Invalid, require
from alongside.members.schools.actions import bulk
from alongside.members.schools.actions.establishments import Establishments
from alongside.members.schools.actions.groups import fill_new, take_groups, take_links
from alongside.members.schools.actions.indexing import index_schools, index_trusts
from alongside.members.schools.actions.successions import choose_current, follow_successions, take_successions
from alongside.members.schools.models import Extract
from alongside.members.schools.permissions import may_change_register
from alongside.members.schools.register import headings
from alongside.members.schools.register.kinds import FACTS, FileKind, kind_of
from alongside.members.schools.register.records import Problem, Records
from alongside.members.schools.register.report import Report
from alongside.members.schools.register.source import NotARegisterFile, Source
from alongside.members.schools.rules import wrong_with_date

Progress = Callable[[int], None]
MANY = 5_000
OTHER_LETTERS = "“{}” came in another encoding than the rest of the file and was read so: look whether its letters are right"


def import_schools(
    file: str | Path | BinaryIO,
    *,
    as_of: date | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    by: Standing,
) -> Report:
    """Import a file of establishments, groups, their links or successions; which one it is, it knows by itself.

    `as_of` is the date of the extract where neither its rows nor its name say it. `progress` is told the rows read so
    far. A dry run does everything and takes it back. Raises Invalid when the file is none of the register's.
    """
    require(may_change_register(by))
    try:
        with Source.of(file) as source:
            months_first = source.has_months_first()
            records = Records(source.lines())
            of = as_of or source.named_date()
            if wrong := wrong_with_date(of, clock.today()):
                raise NotARegisterFile(wrong)
            report = Report(source.name, kind_of(records.headings), of, dry_run, months_first)
            names = records.headings
            report.unread = headings.unread(names, headings.columns(names, FACTS[report.kind]))
            with bulk.room(), transaction.atomic(), _without_collector():
                for rows in _take(records, report, by):
                    if progress is not None:
                        progress(rows)
                report.problems += [Problem(line, OTHER_LETTERS.format(word), lost=False) for line, word in source.doubts]
                report.problems.sort(key=lambda problem: problem.line)
                if report.written > MANY:
                    bulk.take_stock()
                if report.written and not dry_run:
                    _record(report, by)
                if dry_run:
                    transaction.set_rollback(True)
    except NotARegisterFile as refusal:
        raise Invalid(file=str(refusal)) from None
    return report


@contextmanager
def _without_collector() -> Iterator[None]:
    """The rows of a file are tuples of texts, which hold no cycles: looking for some takes a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


OTHERS = {FileKind.GROUPS: take_groups, FileKind.GROUP_LINKS: take_links, FileKind.SUCCESSIONS: take_successions}


def _take(records: Records, report: Report, by: Standing) -> Iterator[int]:
    if report.kind is FileKind.SCHOOLS:
        taking = Establishments(records.headings, report, by)
        yield from taking.take(records)
        choose_current(taking.moved, report, by=by)
        if report.added:
            fill_new(report)
    else:
        yield from OTHERS[report.kind](records, report)
    index_schools(report.found_otherwise, by=by)
    index_trusts(report.trusts, by=by)
    if report.added if report.kind is FileKind.SCHOOLS else report.kind is FileKind.SUCCESSIONS and report.written:
        follow_successions(report, by=by)


def _record(report: Report, by: Standing) -> None:
    facts = report.figures()
    extract = Extract.objects.create(
        at=clock.now(), file_name=report.file_name[:200], kind=report.kind.value, as_of=report.as_of, facts=facts
    )
    audit.record("schools.import", row=extract.pk, facts={**facts, "kind": report.kind.value}, by=by)
