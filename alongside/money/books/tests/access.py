from tests.audiences import Audience as A, Line, room

BOTH = ("GET", "POST")


LINES = {
    "books:schedule": Line(A.FINANCE, room, methods=BOTH),
    "books:schedule_csv": Line(A.FINANCE, room),
    "books:books": Line(A.FINANCE, room),
    "books:books_file": Line(A.FINANCE, lambda world: {**room(world), "form": "xero"}),
    "books:vat": Line(A.FINANCE, room, post={"code": "exempt", "words": "The VAT officer"}, methods=BOTH),
}
