from alongside.ground.core.standing import Standing
from alongside.money.invoices.queries.invoices import open_invoices
from tests.audiences import Line, pressed, room, thing
from tests.world import World

BOTH = ("GET", "POST")


def chosen(world: World) -> dict[str, str]:
    """An invoice, with what may still come in for it."""
    key = world.things["invoice"].pk
    return {"invoice": next(one.chosen for one in open_invoices(world.partnership, viewer=Standing.system()) if one.key == key)}


LINES = {
    "bank:bank": Line(room),
    "bank:lines_csv": Line(room),
    "bank:read_bank_file": Line(room, post=pressed(), methods=BOTH),
    "bank:book_bank_lines": Line(
        room,
        post=lambda world: {"book": f"{world.things['bank_line'].pk}:{world.things['invoice'].pk}"},
        methods=("POST",),
    ),
    "bank:bank_line": Line(thing("bank_line")),
    "bank:book_bank_line": Line(thing("bank_line"), post=chosen, methods=("POST",)),
    "bank:ignore_bank_line": Line(thing("bank_line"), post={"kind": "interest"}, methods=BOTH),
    "bank:reopen_bank_line": Line(thing("ignored_line"), post={"sure": "on"}, methods=("POST",)),
}
STAY_FEW = {
    "one of each, or one a year, in a partnership": "BankFile",
    "still to come": "Booking",
}
NOT_TRIED = {"takes a file": "read_bank_file"}
WITHOUT_FILE = {"what became of one line, and the lines in hand that need a correction": "bank_line read_bank_file"}
NOT_HERE = {"the line and the refund must be of one amount": "book_refund_line"}
