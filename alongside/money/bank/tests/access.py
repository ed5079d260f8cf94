from tests.audiences import Line, pressed, room, thing

BOTH = ("GET", "POST")


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
    "bank:book_bank_line": Line(
        thing("bank_line"), post=lambda world: {"invoice": world.things["invoice"].pk}, methods=("POST",)
    ),
    "bank:ignore_bank_line": Line(thing("bank_line"), post={"kind": "charges"}, methods=BOTH),
    "bank:reopen_bank_line": Line(thing("ignored_line"), post={"sure": "on"}, methods=("POST",)),
}
