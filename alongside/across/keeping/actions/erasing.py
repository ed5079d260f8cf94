"""Taking a person out: their account, their address and number, their name wherever somebody wrote it.

The one place that writes other apps' rows by itself, led by `rules.columns`: a list that a person can read and a test
holds complete is safer than a function in every app that somebody may forget to call.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.files.storage import storages
from django.db import IntegrityError, models, transaction
from django.db.models import Q

from alongside.across.keeping import log, queries
from alongside.across.keeping.models import Erasure
from alongside.across.keeping.permissions import may_erase_person
from alongside.across.keeping.rules.erasure import Because, Identity, changed_anywhere, doubtful, texts_in, without
from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock, keys
from alongside.ground.core.declaration import Columns
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import require
from alongside.ground.files.models import StoredFile
from alongside.ground.search import actions as search
from alongside.ground.search.models import Entry, Word
from alongside.ground.search.rules.writing import fold, meant
from alongside.ground.web import declared
from alongside.members.notices.models import Notice
from alongside.members.people.models import Person

Model = type[models.Model]


@dataclass
class Erased:
    """What was taken out, and what stays by law, each counted by 'table.column'."""

    taken: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    doubtful: list[tuple[str, str, str]] = field(default_factory=list)  # 'table.column', the row's id, what stands there
    same_name: bool = False
    rows: set[str] = field(default_factory=set)
    stored: list[str] = field(default_factory=list)


@transaction.atomic
def erase_person(*, person: Person, because: Because, dry_run: bool = False, by: Standing) -> Erased:
    """Erase somebody. Raises Refused when they are held, or a partnership would be left without manager.

    A dry run does it all and takes it back, so that what it tells is what would happen.
    """
    require(may_erase_person(by, queries.held_since(person.pk, viewer=by), queries.only_manager_of(person, viewer=by)))
    return _erase(person, because, dry_run, by)


@transaction.atomic
def erase_again(*, person: str, address: str, because: Because, by: Standing) -> Erased | None:
    """Erase in a restored backup whoever was erased after it was made, found by id or by the hash of the address."""
    require(may_erase_person(by, "", ""))
    found = Person.objects.filter(pk=person).first() if person else None
    if found:
        return _erase(found, because, False, by)
    known = {one for one in _addresses_kept() if address and queries.address_mark(one) == address}
    return _erase_identity(Identity(addresses=frozenset(known)), because, False, by) if known else None


@transaction.atomic
def erase_address(*, address: str, because: Because, dry_run: bool = False, by: Standing) -> Erased:
    """Erase somebody who is known by an address only: invited, written to, or asking about an invoice."""
    require(may_erase_person(by, "", ""))
    return _erase_identity(Identity(addresses=frozenset({address.strip().lower()})), because, dry_run, by)


def _erase(person: Person, because: Because, dry_run: bool, by: Standing) -> Erased:
    who = queries.identity_of(person, viewer=by)
    _end_sessions(person)
    Person.objects.filter(pk=person.pk).update(is_active=False, last_login=None, session_mark=keys.new_key())
    return _erase_identity(who, because, dry_run, by)


def _erase_identity(who: Identity, because: Because, dry_run: bool, by: Standing) -> Erased:
    report = Erased(same_name=who.shares_name)
    _forget_what_waits(who, report)
    for label, columns in declared.erasure().items():
        model = apps.get_model(label)
        _empty_own(model, columns, who, report)
        if label not in SPECIAL:
            _take_out_of_texts(model, columns.words.split(), who, report)
        _empty_what_names_inside(model, columns, who, report)
        _count_kept(model, columns.law.split(), who, report)
    _take_rows(who, report)
    _take_out_reasons(who, report)
    _take_out_of_search(who, report)
    _look_through(who, report)
    _write_down(who, because, report, dry_run, by)
    return report


def _look_through(who: Identity, report: Erased) -> None:
    """What is left and may mean the person: whoever erases is told where it stands."""
    for label, columns in declared.erasure().items():
        for name in columns.words.split() if label not in {"search.Entry", "search.Word"} else []:
            for pk, value in apps.get_model(label)._base_manager.values_list("pk", name).iterator():
                for text in texts_in(columns.inside[name](value) if value and name in columns.inside else value):
                    if found := doubtful(text, who):
                        report.doubtful.append((f"{label}.{name}", str(pk), found))


SPECIAL = {"audit.Reason", "search.Entry", "search.Word"}


def _forget_what_waits(who: Identity, report: Erased) -> None:
    """A message that has not gone out yet goes nowhere."""
    waiting = Notice.objects.filter(Q(to__in=who.addresses) | Q(person=who.person or "-"), sent_at=None)
    gone, _ = waiting.delete()
    report.taken.update({"notices.Notice": gone} if gone else {})


def _pointing(column: str, model: Model, who: Identity) -> Q | None:
    """Rows whose column points to the person, by id or by address."""
    if isinstance(model._meta.get_field(column), models.EmailField):
        alike = Q()
        for address in who.addresses:
            alike |= Q(**{f"{column}__iexact": address})
        return alike if who.addresses else None
    return Q(**{column: who.person}) if who.person else None


def _empty_own(model: Model, columns: Columns, who: Identity, report: Erased) -> None:
    values: dict[Any, dict[str, Any]] = {}
    for pointer, names in columns.own.items():
        if (pointing := _pointing(pointer, model, who)) is not None:
            nothing = {name: queries.nothing_in(model._meta.get_field(name)) for name in names.split()}
            for pk in model._base_manager.filter(pointing).values_list("pk", flat=True):
                values.setdefault(pk, {}).update(nothing)
    for pk, changes in values.items():
        model._base_manager.filter(pk=pk).update(**changes)
        _note(report, model, pk, changes)


def _take_out_of_texts(model: Model, names: list[str], who: Identity, report: Erased) -> None:
    for name in names:
        for pk, value in model._base_manager.values_list("pk", name).iterator():
            new = changed_anywhere(value, who)
            if new != value:
                _write(model, pk, name, new)
                _note(report, model, pk, [name])


def _empty_what_names_inside(model: Model, columns: Columns, who: Identity, report: Erased) -> None:
    """What names the person in words that are encoded goes as a whole, and so does what nobody can look into."""
    for name, words_in in columns.inside.items():
        nothing = queries.nothing_in(model._meta.get_field(name))
        for pk, value in model._base_manager.exclude(**{name: ""}).values_list("pk", name).iterator():
            told = words_in(value)
            if told is None or without(told, who) != told:
                model._base_manager.filter(pk=pk).update(**{name: nothing})
                _note(report, model, pk, [name])


def _write(model: Model, pk: Any, name: str, new: Any) -> None:
    """The words without the person, no longer than the column; told apart by the row's id where they must be of one row."""
    most = getattr(model._meta.get_field(name), "max_length", None)
    row = model._base_manager.filter(pk=pk)
    try:
        with transaction.atomic():
            row.update(**{name: new[:most] if most and isinstance(new, str) else new})
    except IntegrityError:
        apart = f" ({pk})"
        row.update(**{name: new[: (most or 1_000) - len(apart)] + apart})


def _count_kept(model: Model, names: list[str], who: Identity, report: Erased) -> None:
    for name in names:
        if isinstance(model._meta.get_field(name), models.BinaryField | models.JSONField):
            continue
        rows = model._base_manager.values_list(name, flat=True).iterator()
        if count := sum(changed_anywhere(value, who) != value for value in rows):
            report.kept[f"{model._meta.label}.{name}"] += count


def _take_rows(who: Identity, report: Erased) -> None:
    """Rows that are nothing but the person's; files of theirs, and of mail that went, with their bytes."""
    theirs, of_mail = Q(person=who.person or "-"), queries.files_of_emptied_mail(viewer=Standing.system())
    report.stored = list(StoredFile.objects.filter(theirs | Q(pk__in=of_mail)).values_list("stored_as", flat=True))
    gone, _ = of_mail.delete()
    report.taken.update({"files.StoredFile": gone} if gone else {})
    for label, columns in declared.erasure().items():
        model = apps.get_model(label)
        for pointer in columns.row_of.split():
            if (pointing := _pointing(pointer, model, who)) is not None:
                gone, _ = model._base_manager.filter(pointing).delete()
                report.taken.update({label: gone} if gone else {})


def _take_out_reasons(who: Identity, report: Erased) -> None:
    """A reason in the log that names somebody goes as a whole; the deed keeps its place in the chain."""
    reasons = apps.get_model("audit.Reason")._base_manager
    for event, words in reasons.values_list("pk", "words"):
        if changed_anywhere(words, who) != words and audit.erase_reason(event=event, by=Standing.system()):
            report.taken["audit.Reason.words"] += 1


def _take_out_of_search(who: Identity, report: Erased) -> None:
    """What was found by the person's words is found by the rest; words that now stand nowhere leave the index too."""
    told = {said(one) for one in {*who.names, *who.addresses, *who.numbers} for said in (fold, meant)} - {""}
    keys_of = {*report.rows, who.person} - {""}
    rows = Entry.objects.filter(key__in=keys_of)
    for kind, key, name, text, is_past in rows.values_list("kind", "key", "name", "text", "is_past"):
        if key == who.person:
            search.forget(kind, [key])
        elif any(one in name or one in text for one in told):
            _, _, place, more = (_without_each(part, told) for part in text.split(" | "))
            search.index(kind, [(key, _without_each(name, told), place, more, is_past)])
        report.taken["search.Entry.text"] += 1
    words = {word for one in told for word in one.split() if len(word) > 2}
    for pk, kind, word in Word.objects.filter(word__in=words).values_list("pk", "kind", "word"):
        if not Entry.objects.filter(kind=kind, text__contains=f" {meant(word)} ").exists():
            Word.objects.filter(pk=pk).delete()


def _without_each(text: str, told: Iterable[str]) -> str:
    for one in sorted(told, key=len, reverse=True):
        text = text.replace(one, " ")
    return " ".join(text.split())


def _end_sessions(person: Person) -> None:
    """Wherever the person is signed in, they are no more."""
    theirs = [one.pk for one in Session.objects.all().iterator() if one.get_decoded().get("_auth_user_id") == person.pk]
    Session.objects.filter(pk__in=theirs).delete()


def _note(report: Erased, model: Model, pk: Any, names: Iterable[str]) -> None:
    report.rows.add(str(pk))
    report.taken.update(f"{model._meta.label}.{name}" for name in names)


def _addresses_kept() -> set[str]:
    """Every address that stands anywhere by itself."""
    found: set[str] = set()
    for label in declared.erasure():
        model = apps.get_model(label)
        for column in model._meta.local_concrete_fields:
            if isinstance(column, models.EmailField):
                found |= {one.lower() for one in model._base_manager.values_list(column.attname, flat=True).distinct() if one}
    return found


def _write_down(who: Identity, because: Because, report: Erased, dry_run: bool, by: Standing) -> None:
    """Write down that it was done, by id and hash alone; what cannot be undone waits until it is stored."""
    if dry_run:
        transaction.set_rollback(True)
        return
    marks = [queries.address_mark(one) for one in sorted(who.addresses)] or [""]
    made = [log.LogLine(who.person, mark, because.value) for mark in marks]
    Erasure.objects.bulk_create(Erasure(**vars(one), at=clock.now()) for one in made)
    facts = {"because": because.value, "places": sum(report.taken.values())}
    audit.record("keeping.erase_person", row=who.person, facts=facts, by=by)

    def afterwards() -> None:
        log.write(made)
        for name in report.stored:
            storages["files"].delete(name)

    transaction.on_commit(afterwards)
