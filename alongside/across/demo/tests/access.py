"""Who may open the demonstration's pages: everybody, where there is one."""

from tests.audiences import Line

LINES = {
    "demo:own_schools": Line(methods=("GET", "POST")),
    "demo:as_head": Line(methods=("POST",)),
    "demo:as_manager": Line(methods=("POST",)),
    "demo:be": Line(post={"persona": "visitor"}, methods=("POST",)),
    "demo:move": Line(post={"stage": "nonsense"}, methods=("POST",)),
    "demo:start_again": Line(methods=("POST",)),
}
