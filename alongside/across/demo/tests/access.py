"""Who may open the demonstration's pages: everybody, where there is one."""

from tests.audiences import Audience as A, Line

LINES = {
    "demo:doors": Line(A.DEMO),
    "demo:own_schools": Line(A.DEMO, methods=("GET", "POST")),
    "demo:as_head": Line(A.DEMO, methods=("POST",)),
    "demo:as_manager": Line(A.DEMO, methods=("POST",)),
    "demo:be": Line(A.DEMO, post={"persona": "visitor"}, methods=("POST",)),
    "demo:move": Line(A.DEMO, post={"stage": "nonsense"}, methods=("POST",)),
    "demo:start_again": Line(A.DEMO, methods=("POST",)),
}
