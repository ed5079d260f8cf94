from tests.audiences import Line, room

BOTH = ("GET", "POST")


LINES = {
    "books:schedule": Line(room, methods=BOTH),
    "books:schedule_csv": Line(room),
    "books:vat_csv": Line(room),
    "books:books": Line(room),
    "books:books_file": Line(lambda world: {**room(world), "form": "xero"}),
    "books:vat": Line(room, post={"code": "exempt", "words": "The VAT officer"}, methods=BOTH),
}
NOT_TRIED = {"takes a file": "schedule"}
