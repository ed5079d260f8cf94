"""What this room declares to the rest of the house."""

from alongside.deciding.bodies.queries import lists, people
from alongside.ground.core.declaration import EVERYTHING_GOES, App, Columns, Door, Message, Place, Published, RowWords, Task
from alongside.members.notices.rules.waiting import Waits

APP = App(
    places=(
        Place(
            Door.DECIDING,
            10,
            "Boards and committees",
            "bodies:bodies",
            "Who sits where and until when, today and on any past day.",
            lists.bodies_stand,
            (
                Task("Make a board, committee or governing body", "bodies:make"),
                Task("Bring a board’s people along from a spreadsheet of a governor portal", "bodies:bodies"),
                Task("Who decides what: the scheme of delegation", "bodies:scheme"),
                Task("Skills audit: say what you know well", "bodies:say_skills"),
                Task("Who has many hats and no deputy", "bodies:load"),
                Task("Whose heads count as primary or secondary heads on boards", "bodies:settings"),
            ),
        ),
    ),
    own_pages=(),
    needs=(people.needs,),
    dates=(people.dates,),
    rows={
        "bodies.interests": RowWords(
            "State your interests, or that there is nothing to declare", page="bodies:person", key="key", minutes=2
        ),
        "bodies.gias": RowWords(
            "A change on {label} for GIAS", "{number} changes on {label} for GIAS", "bodies:checks", key="key", minutes=5
        ),
        "bodies.checks": RowWords(
            "Checks for a person on {label}",
            "Checks for {number} people on {label}",
            "bodies:checks",
            key="key",
            minutes=5,
        ),
        "bodies.term_ends": RowWords("A term ends: {label}", page="bodies:bodies"),
        "bodies.gias_by": RowWords("By this day in GIAS: {label}", page="bodies:check", key="key", off="Done"),
    },
    holds=(lists.held_by,),
    beside={},
    published=(Published("Its boards: who sits there", "bodies:published", lists.shows_some),),
    joining=(),
    leaving=(),
    tone="purple",
    settings={
        "bodies.deciders": "Who decides, in the scheme of delegation",
        "bodies.many_hats": "From how many posts and seats on somebody has many hats",
        "bodies.one_vote_a_school": "On a Headboard each school has one vote",
        "bodies.executive_heads_sit": "Executive heads sit on a Headboard",
        "bodies.primary": "Schools whose heads count as primary heads",
        "bodies.secondary": "Schools whose heads count as secondary heads",
        "bodies.skills": "What the skills audit asks for",
        "bodies.special": "Schools whose heads count as heads of special schools",
    },
    acts={
        "bodies.add_entry": "Wrote down an interest or training",
        "bodies.add_seat": "Added a seat to a body",
        "bodies.appoint": "Let somebody hold a seat",
        "bodies.bring_people": "Brought a body’s people along from a spreadsheet",
        "bodies.change": "Changed a body",
        "bodies.change_delegation": "Changed who decides something",
        "bodies.change_seat": "Changed a seat",
        "bodies.change_tenure": "Changed from when until when somebody holds a seat",
        "bodies.check": "Noted a check as done",
        "bodies.confirm": "Gave the yearly word on interests",
        "bodies.delegate": "Said who decides something",
        "bodies.end": "Ended a body",
        "bodies.end_delegation": "Ended a line of the scheme of delegation",
        "bodies.end_entry": "Ended an interest",
        "bodies.end_seat": "Ended a seat",
        "bodies.end_tenure": "Ended somebody’s time on a seat",
        "bodies.give_address": "Entered the address of somebody on a body",
        "bodies.make": "Made a body",
        "bodies.say_skills": "Said what one knows well",
        "bodies.set_quorum": "Set the quorum of a body",
        "bodies.strike_tenure": "Struck out who held a seat",
    },
    messages={
        "bodies.appointed": Message("You sit on a body", ""),
        "bodies.interests": Message("Your yearly word on interests", Waits.WEEK),
    },
    answers={},
    sensitive=False,
    erasure={
        "bodies.Body": Columns(words="name about"),
        "bodies.Seat": Columns(plain="other_than", words="title filled_by other_why before"),
        "bodies.Delegated": Columns(words="decision parts"),
        "bodies.HolderEntry": Columns(words="words"),
        "bodies.Holder": Columns(words="name", own={"person": "name"}),
        "bodies.SkillAnswer": Columns(plain="levels", row_of="person"),
        "bodies.Tenure": Columns(words="rests_on ended_because"),
    },
    withheld=EVERYTHING_GOES,
)
