"""Only deeds write, each says by whom and asks whether they may; a query says for whom. Each check beside a planted fault."""

import ast
import re
from functools import cache

import pytest

from tests.calls import calls_in, imported, leads_to
from tests.reading import Check, Module, dotted, modules, snippet
from tests.rooms import excepted

WRITES = {
    "save",
    "create",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "aupdate",
    "acreate",
    "asave",
}
WRITES_NO_ROWS = (
    "alongside.ground.web.models",
    "alongside.ground.web.sheets",
    "alongside.ground.files.cleaning",
    "alongside.deciding.meetings.packs",
    "alongside.deciding.meetings.word",
)  # it serves actions; these write files: workbooks, pictures, PDFs and Word
SERVES_ACTIONS = {"audit", "documents", "search"}  # called by other apps' actions, which say by whom
WITHOUT_TRANSACTION = {  # a mail server's answer is no part of one
    "alongside.members.notices.actions.delivering.deliver",
    "alongside.members.notices.actions.delivering.deliver_waiting",
}
TAKES_A_FILE = {"import_schools", "add_invented_schools"}  # its first word is what is taken in
WITHOUT_VIEWER = {
    "settings_of": "a partnership's settings are asked for when its page has been opened",
    "openness_of": "asked of the invitation that a link has opened",
    "invitation_for": "whoever holds the link may read what it says",
    "passed_on_to": "whoever holds the link has passed it on",
    "standing_of": "who somebody is who has just proven it",
    "fee_dates": "a partnership's settings, as above",
    "ways_for": "a partnership's settings, as above",
    "title_of": "what a post is called whose row is in hand",
    "listed_post": "what a post opens whose row is in hand",
    "posts_to_pass_on": "whoever holds the link may pass it on",
    "chosen_of": "it looks at rows that a query gave its viewer",
    "addresses_of": "it looks at rows that a query gave its viewer",
    "cluster_gone_from": "it looks at rows that a query gave its viewer",
    "words_of_list": "it looks at rows that a query gave its viewer",
    "trusts_called": "it looks at rows that a query gave its viewer",
    "school_days_of": "a calendar of days, asked for when its partnership's page has been opened",
}
ASKS_NOBODY = excepted("ASKS_NOBODY")  # the deeds that do not ask by whom they are done, and why
BLIND = excepted("BLIND")  # the queries that show everybody the same, and why
AUDIT = "alongside.ground.audit.actions.recording"
REQUIRES, RECORDS = (
    frozenset({"alongside.ground.core.verdict.require"}),
    frozenset(f"{AUDIT}.{name}" for name in ("record", "record_many", "keep_once")),
)
ONCE = frozenset({"alongside.ground.web.models.once", "alongside.ground.web.models.already", f"{AUDIT}.keep_once"})
ONCE_OTHERWISE = excepted("ONCE_OTHERWISE")  # deeds that take a key, make no single row of it, and what keeps them to once
UNRECORDED = excepted("UNRECORDED")  # the deeds that leave no line of their own in the audit, and why


def writes_outside_actions(module: Module) -> list[str]:
    """Only actions write (and `save_if_unchanged` for them)."""
    if module.layer in {"actions", "models"} or module.name.startswith(WRITES_NO_ROWS):
        return []
    found = []
    for node in module.nodes(ast.Call):
        if isinstance(node.func, ast.Attribute):
            chain, verb = dotted(node.func.value), node.func.attr
            of_rows = re.search(r"objects|_manager|filter\(|visible_to\(|_set\b", chain)
            if (verb in {"update", "create"} and of_rows) or (verb in WRITES - {"create"} and chain):
                found.append(f"{module.at(node)} writes: {chain}.{verb}")
    return found


def updates_without_version(module: Module) -> list[str]:
    """What people edit is saved by `save_if_unchanged`, or by an update that asks for the version or the state it leaves."""
    found = []
    for node in module.nodes(ast.Call):
        if isinstance(node.func, ast.Attribute) and node.func.attr == "update" and ".objects" in dotted(node.func.value):
            model, text = dotted(node.func.value).split(".")[0], ast.unparse(node)
            if model in versioned_names() and not re.search(r"version|state|_at=None|_on=None|isnull", text):
                found.append(f"{module.at(node)} overwrites what somebody may have edited: {text[:80]}")
    return found


def versioned_names() -> set[str]:
    """The models that people edit."""
    from django.apps import apps

    from alongside.ground.web.models import Versioned

    return {model.__name__ for model in apps.get_models() if issubclass(model, Versioned)}


@cache
def asked_from_outside() -> frozenset[str]:
    """What pages, tasks and commands ask for: 'alongside.money.fees.actions.issuing.set_up_fees'. A deed may use what serves
    another room's deeds, inside its own transaction and after its own guard."""
    found = set()
    for module in modules():
        if module.layer in {"actions", "apps"}:
            continue
        known = imported(module)
        asked = set(known.values()) | {
            f"{known[node.value.id]}.{node.attr}"
            for node in module.nodes(ast.Attribute)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in known
        }
        found |= {name for name in asked if not name.startswith(f"{module.room}.{module.layer}.")}
    return frozenset(found)


def offered(module: Module) -> list[ast.FunctionDef]:
    """The deeds of a module: what other layers ask of it (what only its own package asks serves them, after their guard)."""
    if len(module.inside) == 1:
        return module.functions()
    return [function for function in module.functions() if f"{module.name}.{function.name}" in asked_from_outside()]


def actions_without_by(module: Module) -> list[str]:
    """An action takes keywords only, the last of them `by`, and is atomic."""
    if module.layer != "actions" or module.app in SERVES_ACTIONS:
        return []
    found = []
    for function in offered(module):
        where, args = f"{module.at(function)} {function.name}", function.args
        if (args.args or args.posonlyargs or args.vararg) and function.name not in TAKES_A_FILE:
            found.append(f"{where} takes more than keywords")
        if not args.kwonlyargs or args.kwonlyargs[-1].arg != "by":
            found.append(f"{where} does not end with by=")
        decorated = any("atomic" in ast.unparse(one) for one in function.decorator_list)
        inside = any(
            isinstance(node, ast.With) and any("atomic" in ast.unparse(one) for one in node.items) for node in ast.walk(function)
        )
        if not (decorated or inside) and f"{module.name}.{function.name}" not in WITHOUT_TRANSACTION:
            found.append(f"{where} is not atomic")
    return found


def deeds_that_ask_nobody(module: Module) -> list[str]:
    """A deed requires that whoever does it may: itself, or in what it calls in its own room; or it is listed with a reason."""
    return [
        f"{module.at(function)} {name} " + ("is listed, and yet it asks" if asks else "asks nobody")
        for function, name, asks in deeds_that(REQUIRES, module, actions_of(module.app))
        if asks == (name in ASKS_NOBODY)
    ]


def deeds_without_record(module: Module) -> list[str]:
    """A deed leaves its line in the audit, by itself or by what it calls; or it is listed with a reason."""
    return [
        f"{module.at(function)} {name} " + ("is listed, and yet it is recorded" if kept else "leaves no line in the audit")
        for function, name, kept in deeds_that(RECORDS, module, actions_of(""))
        if kept == (name in UNRECORDED)
    ]


def creates_without_once(module: Module) -> list[str]:
    """A deed that takes the key of what it makes does it once however often it is pressed: by `once`, `already`, or as listed."""
    found = []
    for function, name, is_once in deeds_that(ONCE, module, actions_of("")):
        takes_key = any(arg.arg == "key" and ast.unparse(arg.annotation or arg) == "str" for arg in function.args.kwonlyargs)
        if takes_key and is_once == (name in ONCE_OTHERWISE):
            found.append(
                f"{module.at(function)} {name} " + ("is listed, and yet by once" if is_once else "makes its row without once")
            )
    return found


def acts_of_another_room(module: Module) -> list[str]:
    """The audit says of which room a deed was: an act begins with the name of the room that records it."""
    if module.layer != "actions":
        return []
    return [
        f"{module.at(node)} records {act.value} as if it were of another room"
        for node in module.nodes(ast.Call)
        if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in {"record", "record_about", "note", "keep_once"}
        for act in node.args[:1]
        if isinstance(act, ast.Constant) and isinstance(act.value, str) and act.value.split(".")[0] != module.app
    ]


def deeds_that(ends: frozenset[str], module: Module, through: tuple[Module, ...]) -> list[tuple[ast.FunctionDef, str, bool]]:
    """The deeds of a module, each with its name and whether it calls one of those, itself or through those modules."""
    if module.layer != "actions":
        return []
    graph = {**calls_in(through), **calls_in((module,))}
    deeds = [one for one in module.functions() if [arg.arg for arg in one.args.kwonlyargs][-1:] == ["by"]]
    return [(one, f"{module.app}.{one.name}", leads_to(ends, f"{module.name}.{one.name}", graph)) for one in deeds]


@cache
def actions_of(room: str) -> tuple[Module, ...]:
    """The modules of a room's actions; of every room's where none is named."""
    return tuple(module for module in modules() if module.layer == "actions" and (not room or module.app == room))


def rounds_without_a_wall(module: Module) -> list[str]:
    """Work that goes from one to the next lets no odd row stop those behind it: it is done by `one_by_one`."""
    if module.layer != "tasks":
        return []
    return [
        f"{module.at(one)} does one after another: `one_by_one` keeps nobody back"
        for one in module.nodes(ast.For, ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)
        if any(isinstance(node, ast.Call) and "by" in {word.arg for word in node.keywords} for node in ast.walk(one))
    ]


def queries_without_viewer(module: Module) -> list[str]:
    """What a view asks of a query, it asks for its viewer."""
    if module.layer not in {"views", "forms"}:
        return []
    called = set()
    for node in module.nodes(ast.ImportFrom):
        assert isinstance(node, ast.ImportFrom)
        for alias in node.names:
            if alias.name == "queries" or (node.module or "").split(".")[-1] == "queries" or ".queries." in f"{node.module}.":
                called.add(alias.asname or alias.name)
    found = []
    for node in module.nodes(ast.Call):
        chain = dotted(node.func)
        name = chain.split(".")[-1]
        of_query = chain.split(".")[0] in called and "()" not in chain and chain == chain.lower() and name not in WITHOUT_VIEWER
        if of_query and not any(keyword.arg in {"viewer", None} for keyword in node.keywords):
            found.append(f"{module.at(node)} {chain} is asked without viewer=")
    return found


def queries_blind_to_their_viewer(module: Module) -> list[str]:
    """A query that takes its viewer looks at them, or is listed with why."""
    if "queries" not in {module.layer, *module.name.split(".")}:
        return []
    found = []
    for function in module.functions():
        name = f"{module.app}.{function.name}"
        if "viewer" in {arg.arg for arg in function.args.kwonlyargs}:
            looks = any(isinstance(node, ast.Name) and node.id == "viewer" for part in function.body for node in ast.walk(part))
            if looks == (name in BLIND):
                found.append(
                    f"{module.at(function)} {name} " + ("is listed, and looks" if looks else "never looks at its viewer")
                )
    return found


def posts_held_by_others(module: Module) -> list[str]:
    """Whoever acts for somebody has that person's post among their roles: who asks for a post by its name says that it is own."""
    found = []
    for node in module.nodes(ast.GeneratorExp, ast.ListComp, ast.SetComp):
        names = {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}
        asked = [one.left for one in ast.walk(node) if isinstance(one, ast.Compare) and isinstance(one.left, ast.Attribute)]
        of_roles = any(dotted(each.iter).endswith(".roles") for each in node.generators)
        if of_roles and "acts_for" not in names and any(one.attr == "post" for one in asked):
            found.append(f"{module.at(node)} asks for a post by its name, and not whether it is their own")
    return found


ASKS = "from alongside.ground.core.verdict import require\n"
FAULTS: list[tuple[Check, Module]] = [
    (writes_outside_actions, snippet("def show(request):\n    School.objects.filter(pk=1).update(name='x')\n")),
    (writes_outside_actions, snippet("def show(request):\n    school.save()\n", "alongside.money.fees.queries")),
    (writes_outside_actions, snippet("Invoice.objects.create(number=1)\n", "alongside.money.fees.tasks")),
    (
        updates_without_version,
        snippet("def a(*, by):\n    Partnership.objects.filter(pk=1).update(name='x')\n", "alongside.money.fees.actions"),
    ),
    (actions_without_by, snippet("@transaction.atomic\ndef pay(*, amount):\n    pass\n", "alongside.money.fees.actions")),
    (actions_without_by, snippet("def record_payment(*, amount, by):\n    pass\n", "alongside.money.invoices.actions.payments")),
    (actions_without_by, snippet("@transaction.atomic\ndef pay(amount, *, by):\n    pass\n", "alongside.money.fees.actions")),
    (deeds_that_ask_nobody, snippet("def take(*, by):\n    Invoice.objects.all().delete()\n", "alongside.money.fees.actions")),
    (deeds_that_ask_nobody, snippet(f"{ASKS}def send(*, by):\n    require(may_send(by))\n", "alongside.members.notices.actions")),
    (deeds_without_record, snippet("def pay(*, by):\n    require(may_pay(by))\n", "alongside.money.fees.actions")),
    (
        creates_without_once,
        snippet("def pay(*, key: str, by):\n    require(may_pay(by))\n    Row(pk=key).save()\n", "alongside.money.fees.actions"),
    ),
    (acts_of_another_room, snippet("audit.keep_once('fees.pay', row, by=by)\n", "alongside.money.books.actions")),
    (acts_of_another_room, snippet("audit.record('fees.pay', by=by)\n", "alongside.money.books.actions")),
    (  # a name that a room's action has as well, of something else
        deeds_without_record,
        snippet(
            "def pay(*, by):\n    require(may_pay(by))\n    letters.send(by)\n    session.keep()\n",
            "alongside.money.fees.actions",
        ),
    ),
    (
        deeds_that_ask_nobody,
        snippet("def take(*, by):\n    cache.sign(by)\n    require(by)\n", "alongside.members.membership.actions"),
    ),
    (
        rounds_without_a_wall,
        snippet("for one in many():\n    if one:\n        pay(one=one, by=SYSTEM)\n", "alongside.money.fees.tasks"),
    ),
    (rounds_without_a_wall, snippet("sum(pay(one=one, by=SYSTEM) for one in many())\n", "alongside.money.fees.tasks")),
    (
        queries_blind_to_their_viewer,
        snippet("def owed(of, *, viewer):\n    return Invoice.objects.filter(partnership=of)\n", "alongside.money.fees.queries"),
    ),
    (posts_held_by_others, snippet("any(role.post in HEADS for role in who.roles)\n", "alongside.money.fees.permissions")),
    (queries_without_viewer, snippet("from alongside.money.fees import queries\ndef show(request):\n    queries.who_owes(1)\n")),
    (queries_without_viewer, snippet("from alongside.money.fees.queries import who_owes\ndef show(request):\n    who_owes(1)\n")),
]
CHECKS = list(dict.fromkeys(check for check, _ in FAULTS))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_who_does_and_who_asks_is_said(check: Check) -> None:
    found = [fault for module in modules() for fault in check(module)]
    assert not found, f"{check.__doc__}\n" + "\n".join(found)


@pytest.mark.parametrize(("check", "planted"), FAULTS, ids=lambda one: getattr(one, "__name__", ""))
def test_a_planted_fault_is_caught(check: Check, planted: Module) -> None:
    assert check(planted)


def test_what_is_listed_is_there() -> None:
    there = {f"{module.app}.{function.name}" for module in actions_of("") for function in module.functions()}
    assert not (ASKS_NOBODY.keys() | UNRECORDED.keys() | ONCE_OTHERWISE.keys()) - there
    asked = {f"{one.app}.{function.name}" for one in modules() if "queries" in one.name for function in one.functions()}
    assert not BLIND.keys() - asked
