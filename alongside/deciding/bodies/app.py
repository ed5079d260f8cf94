"""What this room declares to the rest of the house."""

from alongside.deciding.bodies.queries import composition
from alongside.ground.core.declaration import EVERYTHING_GOES, App, Columns, Door, Message, Place

APP = App(
    places=(
        Place(
            Door.DECIDING,
            10,
            "Boards and committees",
            "bodies:bodies",
            "Who sits where and until when, today and on any past day.",
            composition.bodies_stand,
            (),
        ),
    ),
    own_pages=(),
    needs=(),
    dates=(),
    rows={},
    holds=(composition.held_by,),
    joining=(),
    leaving=(),
    tone="purple",
    settings={
        "bodies.many_hats": "From how many posts and seats on somebody has many hats",
        "bodies.one_vote_a_school": "On a Headboard each school has one vote",
        "bodies.executive_heads_sit": "Executive heads sit on a Headboard",
        "bodies.primary": "Schools whose heads count as primary heads",
        "bodies.secondary": "Schools whose heads count as secondary heads",
        "bodies.skills": "What the skills audit asks for",
        "bodies.special": "Schools whose heads count as heads of special schools",
    },
    acts={
        "bodies.add_seat": "Added a seat to a body",
        "bodies.appoint": "Let somebody hold a seat",
        "bodies.change": "Changed a body",
        "bodies.change_seat": "Changed a seat",
        "bodies.change_tenure": "Changed from when until when somebody holds a seat",
        "bodies.end": "Ended a body",
        "bodies.end_seat": "Ended a seat",
        "bodies.end_tenure": "Ended somebody’s time on a seat",
        "bodies.make": "Made a body",
        "bodies.set_quorum": "Set the quorum of a body",
        "bodies.strike_tenure": "Struck out who held a seat",
    },
    messages={"bodies.appointed": Message("You sit on a body", "")},
    answers={},
    sensitive=False,
    erasure={
        "bodies.Body": Columns(words="name about"),
        "bodies.Seat": Columns(plain="other_than", words="title filled_by other_why"),
        "bodies.Holder": Columns(own={"person": "name"}, words=""),
        "bodies.Tenure": Columns(words="rests_on ended_because"),
    },
    withheld=EVERYTHING_GOES,
)
