"""Who may open the demonstration's pages: everybody, where there is one."""

from tests.audiences import Line

LINES = {
    "demo:own_schools": Line(methods=("GET", "POST")),
    "demo:as_head": Line(methods=("POST",)),
    "demo:as_manager": Line(methods=("POST",)),
    "demo:be": Line(post={"persona": "visitor"}, methods=("POST",)),
    "demo:open_as": Line(post={"message": "nothing"}, methods=("POST",)),
    "demo:move": Line(post={"stage": "nonsense"}, methods=("POST",)),
    "demo:start_again": Line(methods=("POST",)),
}
UNRECORDED = {
    "a demonstration plays the product's own deeds, which record themselves": """
        clear_elthorne continue_day keep_elthorne move_day play restore_elthorne stand_at start_again
    """,
}
BLIND = {
    "a demonstration, in which nothing is anybody's": """
        elthorne_partnership link_in persona_person person_within own_manager own_partnerships state free_name
    """,
}
NOT_TRIED = {"only in a demonstration": "as_head as_manager be move open_as own_schools start_again"}
