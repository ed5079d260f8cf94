from tests.audiences import Line, room

LINES = {"whoswho:whos_who": Line(room)}
