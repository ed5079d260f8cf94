"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import EVERYTHING_GOES, App, Columns, Door, Place, Task
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
                Task("Clusters of schools: name one, say which schools stand in it", "whoswho:clusters"),
            ),
        ),
    ),
    own_pages=(),
    needs=(),
    dates=(),
    rows={},
    holds=(),
    published=(),
    joining=(),
    leaving=(),
    tone="blue",
    settings={},
    acts={
        "whoswho.change_cluster": "Changed a cluster of schools",
        "whoswho.forget_list": "Took a saved list away",
        "whoswho.name_cluster": "Named a cluster of schools",
        "whoswho.save_list": "Saved a list of people",
    },
    messages={},
    answers={},
    sensitive=False,
    erasure={
        "whoswho.Cluster": Columns(plain="schools", words="name"),
        "whoswho.SavedList": Columns(plain="owner post phase trust cluster", words="name q"),
    },
    withheld=EVERYTHING_GOES,
)
