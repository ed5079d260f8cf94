from tests.audiences import Audience as A, Line

LINES = {
    "diary:diary": Line(post={"way": "feed"}, methods=("GET", "POST")),
    "diary:answer": Line(lambda _: {"key": "0" * 12}, post={"says": "ACCEPTED"}, audience=A.NOBODY, methods=("POST",)),
}
ANYBODY_MAY = {"one's own diary": "choose_way"}
