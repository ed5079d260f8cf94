"""The shape of the code. Each check stands beside a planted fault that it must catch."""

import ast
import re
from collections.abc import Callable
from functools import cache

import pytest

from tests.environment import ROOT
from tests.figures import Figure
from tests.reading import Module, modules, snippet, templates

Check = Callable[[Module], list[str]]
MOST_LINES = 400
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
    "alongside.ground.web.rows",
    "alongside.ground.files.cleaning",
)  # it serves actions; it writes pictures and PDFs
SERVES_ACTIONS = {"audit", "search"}  # called by other apps' actions, which say by whom
SERVE_DEEDS = {  # called by deeds only, inside their transaction and after their guard
    f"alongside.{module}.{name}"
    for module, names in {
        "money.invoices.actions.held": "account_of move",
        "money.invoices.actions.numbers": "choose_series",
        "money.invoices.actions.opening": "new_code read_code proven",
        "money.invoices.actions.payments": "book",
        "money.invoices.actions.sending": "write_about mail_invoices",
        "money.budget.actions.planning": "check_same_partnership hold_open note",
        "money.fees.actions.dating": "date_years",
        "money.fees.actions.year_two": "key_of",
    }.items()
    for name in names.split()
}
WITHOUT_TRANSACTION = {  # a mail server's answer is no part of one
    "alongside.members.notices.actions.delivering.deliver",
    "alongside.members.notices.actions.delivering.deliver_waiting",
}
TAKES_A_FILE = {"import_schools", "add_invented_schools"}  # its first word is what is taken in
WITHOUT_VIEWER = {
    "settings_of": "a partnership's settings are asked for when its page has been opened",
    "openness_of": "asked of the invitation that a link has opened",
    "invitation_for": "whoever holds the link may read what it says",
    "standing_of": "who somebody is who has just proven it",
    "school_days_of": "a calendar of days, asked for when its partnership's page has been opened",
}
ASKS_NOBODY = {  # the deeds that do not ask by whom they are done, and why
    deed: why
    for why, of in {
        "called by other deeds, which have asked": """
            audit.record audit.record_many calendar.recompute contributions.give contributions.take_back documents.keep
            notices.send partnerships.admit_school partnerships.ask_again partnerships.end_membership people.send_link
            people.tell_person people.write_person people.write_role schools.choose_current schools.follow_successions
            schools.index_schools search.forget search.index work.advance work.fail work.finish work.start_job
        """,
        "the installation's own work: its worker, its commands, its mailbox": """
            audit.erase_reason audit.seal_events audit.start_chain_again notices.deliver notices.deliver_waiting
            notices.forget_secrets notices.send_digests notices.take_return search.rebuild work.beat work.begin work.do_next
            work.end work.enqueue_due work.reap work.start_periods_again work.tidy
        """,
        "a link or a code in hand is the proof": """
            invoices.open_invoice home.read_feed membership.pass_on membership.take_up people.count_try people.open_letter
        """,
        "signing in and out, by whoever has just proven who they are": """
            membership.take_up_others people.accept_own people.begin_sign_in people.close_sign_in people.keep_sign_in
            people.mail_code_to people.note_link people.note_password people.note_sign_in
        """,
        "finds the person's own rows only": "notices.read_everything notices.read_notice",
        "the page that was opened has asked": """
            invoices.credit_note_pdf invoices.invoice_pdf home.note_export membership.open_prospectus
        """,
    }.items()
    for deed in of.split()
}
FORBIDDEN_WORDS = {"util", "utils", "helper", "helpers", "common", "misc", "handler", "service", "mixin"}
CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "timezone.now", "timezone.localdate", "time.time"}
MAY_READ_CLOCK = {"alongside.ground.core.clock", "alongside.ground.web.apps"}


def dotted(node: ast.AST) -> str:
    """'a.b().c' for a chain of attributes and calls."""
    match node:
        case ast.Name():
            return node.id
        case ast.Attribute():
            return f"{dotted(node.value)}.{node.attr}"
        case ast.Call():
            return f"{dotted(node.func)}()"
        case ast.Subscript():
            return f"{dotted(node.value)}[]"
    return ""


def too_long(module: Module) -> list[str]:
    """No module is over 400 lines."""
    lines = module.text.count("\n")
    return [f"{module.name} has {lines} lines: split it by noun"] if lines > MOST_LINES else []


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

    from alongside.ground.web.rows import Versioned

    return {model.__name__ for model in apps.get_models() if issubclass(model, Versioned)}


def offered(module: Module) -> list[ast.FunctionDef]:
    """The actions of a module: what its package hands out, or, where it hands out nothing, every public function."""
    package = ROOT.joinpath(*module.room.split("."), module.layer, "__init__.py") if len(module.inside) > 1 else None
    if package is None or not package.exists():
        return module.functions()
    handed_out = {
        alias.name
        for node in ast.walk(ast.parse(package.read_text()))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    if not handed_out:
        return [function for function in module.functions() if f"{module.name}.{function.name}" not in SERVE_DEEDS]
    return [function for function in module.functions() if function.name in handed_out]


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
    if module.layer != "actions":
        return []
    of_room: dict[str, list[ast.FunctionDef]] = {}
    for one in [*actions_of(module.app), module]:
        for node in one.nodes(ast.FunctionDef):
            assert isinstance(node, ast.FunctionDef)
            of_room.setdefault(node.name, []).append(node)
    found = []
    for function in module.functions():
        if [arg.arg for arg in function.args.kwonlyargs][-1:] == ["by"]:
            name, asks = f"{module.app}.{function.name}", asks_by_whom(function, of_room, set())
            if asks == (name in ASKS_NOBODY):
                found.append(f"{module.at(function)} {name} " + ("is listed, and yet it asks" if asks else "asks nobody"))
    return found


@cache
def actions_of(room: str) -> list[Module]:
    """The modules of a room's actions."""
    return [module for module in modules() if module.app == room and module.layer == "actions"]


def asks_by_whom(function: ast.FunctionDef, of_room: dict[str, list[ast.FunctionDef]], seen: set[str]) -> bool:
    """Whether it calls `require`, or something in its room that does."""
    called = {dotted(node.func).split(".")[-1] for node in ast.walk(function) if isinstance(node, ast.Call)} - seen
    seen |= called
    return "require" in called or any(asks_by_whom(one, of_room, seen) for name in called for one in of_room.get(name, []))


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


def rules_without_source(module: Module) -> list[str]:
    """A rule says in its first line what a board member would say, and then its source (or the module does for all)."""
    if module.layer != "rules":
        return []
    for_all = "Source:" in (ast.get_docstring(module.tree) or "")
    found = []
    for function in module.functions():
        words = ast.get_docstring(function) or ""
        if not words:
            found.append(f"{module.at(function)} {function.name} does not say what the rule is")
        elif not for_all and "Source:" not in words:
            found.append(f"{module.at(function)} {function.name} does not say where the rule comes from")
    return found


def permissions_of_other_shape(module: Module) -> list[str]:
    """A permission is called may_… and gives a Verdict."""
    if module.layer != "permissions":
        return []
    return [
        f"{module.at(function)} {function.name} is not a permission: may_<verb>_<noun>(who, …) -> Verdict"
        for function in module.functions()
        if not function.name.startswith("may_") or not function.returns or ast.unparse(function.returns) != "Verdict"
    ]


def forbidden_names(module: Module) -> list[str]:
    """A name is the noun that a head uses."""
    found = [f"{module.name} is called {word}" for word in FORBIDDEN_WORDS & set(module.parts)]
    for node in module.nodes(ast.FunctionDef, ast.ClassDef):
        assert isinstance(node, ast.FunctionDef | ast.ClassDef)
        words = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+", node.name)}
        banned = FORBIDDEN_WORDS | ({"manager"} if isinstance(node, ast.ClassDef) else set())
        found += [f"{module.at(node)} {node.name} is called {word}" for word in words & banned]
    return found


def other_clocks(module: Module) -> list[str]:
    """Only `core.clock` says what time it is."""
    if module.name in MAY_READ_CLOCK:
        return []
    return [
        f"{module.at(node)} reads another clock: {dotted(node.func)}()"
        for node in module.nodes(ast.Call)
        if isinstance(node, ast.Call) and ".".join(dotted(node.func).split(".")[-2:]) in CLOCKS
    ]


def unsafe(module: Module) -> list[str]:
    """Nothing is marked safe, no form goes unprotected, nothing of ours goes by signals."""
    words = {
        "mark_safe",
        "SafeString",
        "csrf_exempt",
        "post_save",
        "pre_save",
        "post_delete",
        "pre_delete",
        "m2m_changed",
        "Signal",
    }
    names = {
        *(node.id for node in module.nodes(ast.Name) if isinstance(node, ast.Name)),
        *(alias.name for node in module.nodes(ast.ImportFrom) if isinstance(node, ast.ImportFrom) for alias in node.names),
        *(node.attr for node in module.nodes(ast.Attribute) if isinstance(node, ast.Attribute)),
    }
    return [f"{module.name} uses {word}" for word in sorted(words & names)]


def floats_in_money(module: Module) -> list[str]:
    """Money is whole pence: no fraction stands where it is counted."""
    counts = module.name.startswith("alongside.money.") and module.layer in {"rules", "actions", "models"}
    if not (counts or module.name == "alongside.ground.core.money"):
        return []
    found = []
    for node in module.nodes(ast.Constant, ast.Call, ast.BinOp, ast.Attribute):
        fraction = isinstance(node, ast.Constant) and isinstance(node.value, float)
        turned = isinstance(node, ast.Call) and dotted(node.func) == "float"
        divided = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and module.layer != "actions"
        if fraction or turned or divided or (isinstance(node, ast.Attribute) and node.attr == "FloatField"):
            found.append(f"{module.at(node)} counts money in fractions: {ast.unparse(node)[:60]}")
    return found


def imports_inside_functions(module: Module) -> list[str]:
    """An import stands at the top, where its direction is seen (the command line and `ready` wait for Django first)."""
    if module.name in {"alongside.__main__"}:
        return []
    return [
        f"{module.at(inner)} imports inside {function.name}"
        for function in module.nodes(ast.FunctionDef)
        for inner in ast.walk(function)
        if isinstance(function, ast.FunctionDef)
        and not (function.name == "ready" and module.name.endswith(".apps"))
        and isinstance(inner, ast.Import | ast.ImportFrom)
        and "alongside" in ast.unparse(inner)
    ]


def excuses(module: Module) -> list[str]:
    """Nothing is switched off or left for later."""
    pattern = (
        r"#\s*noqa|type:\s*ignore|\bTODO\b|\bFIXME\b|\bXXX\b|pytest\.skip|mark\.skip|unittest\.mock|\bmocker\b|pragma: no cover"
    )
    return [f"{module.name}: {found}" for found in re.findall(pattern, module.text)]


def undocumented(module: Module) -> list[str]:
    """Every app says what it is."""
    if module.inside or module.app in {"settings", "urls", "wsgi", "__main__"}:
        return []
    return [] if ast.get_docstring(module.tree) else [f"{module.name} does not say what it is"]


FAULTS: list[tuple[Check, Module]] = [
    (too_long, snippet("x = 1\n" * 401)),
    (writes_outside_actions, snippet("def show(request):\n    School.objects.filter(pk=1).update(name='x')\n")),
    (writes_outside_actions, snippet("def show(request):\n    school.save()\n", "alongside.money.fees.queries")),
    (writes_outside_actions, snippet("Invoice.objects.create(number=1)\n", "alongside.money.fees.tasks")),
    (
        updates_without_version,
        snippet("def a(*, by):\n    Partnership.objects.filter(pk=1).update(name='x')\n", "alongside.money.fees.actions"),
    ),
    (actions_without_by, snippet("@transaction.atomic\ndef pay(*, amount):\n    pass\n", "alongside.money.fees.actions")),
    (actions_without_by, snippet("def pay(*, amount, by):\n    pass\n", "alongside.nowhere.actions.payments")),
    (actions_without_by, snippet("def pay(*, amount, by):\n    pass\n", "alongside.money.invoices.actions.payments")),
    (actions_without_by, snippet("@transaction.atomic\ndef pay(amount, *, by):\n    pass\n", "alongside.money.fees.actions")),
    (deeds_that_ask_nobody, snippet("def take(*, by):\n    Invoice.objects.all().delete()\n", "alongside.money.fees.actions")),
    (deeds_that_ask_nobody, snippet("def send(*, by):\n    require(may_send(by))\n", "alongside.members.notices.actions")),
    (queries_without_viewer, snippet("from alongside.money.fees import queries\ndef show(request):\n    queries.who_owes(1)\n")),
    (queries_without_viewer, snippet("from alongside.money.fees.queries import who_owes\ndef show(request):\n    who_owes(1)\n")),
    (rules_without_source, snippet("def fee():\n    '''The fee is a pound.'''\n", "alongside.money.fees.rules")),
    (rules_without_source, snippet("'''Source: R5'''\ndef fee():\n    return 1\n", "alongside.money.fees.rules.amounts")),
    (permissions_of_other_shape, snippet("def is_allowed(who) -> bool:\n    return True\n", "alongside.money.fees.permissions")),
    (forbidden_names, snippet("class InvoiceManager:\n    pass\n")),
    (forbidden_names, snippet("def invoice_helper():\n    pass\n")),
    (forbidden_names, snippet("x = 1\n", "alongside.money.fees.utils")),
    (other_clocks, snippet("from datetime import date\nx = date.today()\n")),
    (other_clocks, snippet("import datetime\nx = datetime.datetime.now()\n")),
    (other_clocks, snippet("from django.utils import timezone\nx = timezone.now()\n")),
    (unsafe, snippet("from django.utils.safestring import mark_safe\n")),
    (unsafe, snippet("from django.views.decorators.csrf import csrf_exempt\n@csrf_exempt\ndef f(): pass\n")),
    (unsafe, snippet("from django.db.models.signals import post_save\n")),
    (floats_in_money, snippet("def fee(pence):\n    return pence * 1.2\n", "alongside.money.fees.rules")),
    (floats_in_money, snippet("def fee(pence):\n    return pence / 12\n", "alongside.money.fees.rules")),
    (imports_inside_functions, snippet("def show():\n    from alongside.across.demo import actions\n")),
    (excuses, snippet("x = 1  # noqa\n")),
    (excuses, snippet("x = 1  # TODO later\n")),
    (undocumented, snippet("x = 1\n", "alongside.money.fees")),
]
CHECKS = list(dict.fromkeys(check for check, _ in FAULTS))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_code_has_its_shape(check: Check) -> None:
    found = [fault for module in modules(tests=check in {too_long, excuses}) for fault in check(module)]
    assert not found, f"{check.__doc__}\n" + "\n".join(found)


@pytest.mark.parametrize(("check", "planted"), FAULTS, ids=lambda one: getattr(one, "__name__", ""))
def test_a_planted_fault_is_caught(check: Check, planted: Module) -> None:
    assert check(planted)


def test_what_serves_deeds_is_there() -> None:
    there = {
        f"{module.name}.{function.name}" for module in modules() if module.layer == "actions" for function in module.functions()
    }
    assert not SERVE_DEEDS - there


UNSAFE_IN_PAGES = {
    r"\|\s*safe\b": "marks words safe",
    r"autoescape\s+false": "switches escaping off",
    r"\sstyle\s*=": "carries a style attribute",
    r"\son(click|change|submit|load|input)\s*=": "carries a script in an attribute",
    r"<script(?![^>]*\b(src|nonce)=)": "carries a script of its own",
    r"<style\b": "carries a style sheet of its own",
    r"javascript:": "links to a script",
    r"(\bsrc(set)?|<link[^>]*\bhref|\baction)\s*=\s*[\"']?(https?:)?//": "loads from another machine",
}


def faults_in_page(text: str) -> list[str]:
    """What a template must not hold."""
    return [words for pattern, words in UNSAFE_IN_PAGES.items() if re.search(pattern, text)]


def test_no_page_carries_what_the_browser_must_refuse() -> None:
    found = [f"{name} {fault}" for name, text in templates() if not name.endswith(".txt") for fault in faults_in_page(text)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "planted",
    [
        "{{ words|safe }}",
        "{% autoescape false %}",
        '<p style="color: red">',
        '<a onclick="x()">',
        "<script>x()</script>",
        "<style>p { }</style>",
        '<a href="javascript:x()">',
        '<img src="https://cdn.example/x.png">',
    ],
)
def test_a_planted_fault_in_a_page_is_caught(planted: str) -> None:
    assert faults_in_page(planted)


def test_sizes_are_printed(figure: Figure) -> None:
    sizes = sorted(((module.text.count("\n"), module.name) for module in modules()), reverse=True)
    longest = ", ".join(f"{name.removeprefix('alongside.')} {size}" for size, name in sizes[:4])
    figure("size", f"{len(sizes)} modules, {sum(size for size, _ in sizes)} lines; longest: {longest}")
    assert sizes
