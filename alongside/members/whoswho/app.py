"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import EVERYTHING_GOES, App, Columns, Door, Message, Place, Task
from alongside.members.notices.rules.waiting import Waits
from alongside.members.whoswho import queries

APP = App(
    places=(
        Place(
            Door.SCHOOLS,
            32,
            "Who’s who",
            "whoswho:whos_who",
            "Who holds which post in which school, with telephone and e-mail.",
            queries.people_known,
            (
                Task("Find a colleague of another school, their number: DSL, SENDCo, business manager", "whoswho:whos_who"),
                Task("Write to everybody on a list: heads, DSLs, SENDCos, a cluster of schools", "whoswho:whos_who"),
                Task("What was written to lists", "whoswho:circulars"),
                Task("Clusters of schools: name one, say which schools stand in it", "whoswho:clusters"),
            ),
        ),
    ),
    own_pages=(),
    needs=(),
    dates=(),
    rows={},
    holds=(),
    beside={},
    published=(),
    joining=(),
    leaving=(),
    tone="blue",
    settings={},
    acts={
        "whoswho.bring_back_cluster": "Brought a cluster of schools back",
        "whoswho.change_cluster": "Changed a cluster of schools",
        "whoswho.end_cluster": "Took a cluster of schools away",
        "whoswho.forget_list": "Took a saved list away",
        "whoswho.name_cluster": "Named a cluster of schools",
        "whoswho.save_list": "Saved a list of people",
        "whoswho.take_back_circular": "Took a message to a list back",
        "whoswho.write_circular": "Wrote to everybody on a list",
    },
    messages={
        "whoswho.circular": Message("Message to a list", Waits.DAY, is_read_by_office=True),
        "whoswho.circular_at_once": Message("Message to a list, at once", "", is_read_by_office=True),
    },
    answers={},
    sensitive=False,
    erasure={
        "whoswho.Cluster": Columns(plain="schools", words="name"),
        "whoswho.SavedList": Columns(plain="owner post phase trust cluster", words="name q"),
        "whoswho.Circular": Columns(
            plain="post phase trust cluster", words="q whom subject words", own={"writer": "writer_name"}
        ),
        "whoswho.CircularReader": Columns(row_of="person_id", plain="held"),
    },
    withheld=EVERYTHING_GOES,
)
