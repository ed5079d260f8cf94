from tests.audiences import Line

LINES = {"diary:diary": Line(post={"way": "feed"}, methods=("GET", "POST"))}
ANYBODY_MAY = {"one's own diary": "choose_way"}
