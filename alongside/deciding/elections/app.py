"""What this room declares to the rest of the house."""

from alongside.deciding.elections.queries import elections, needs
from alongside.ground.core.declaration import App, Columns, Door, Message, Place, RowWords, Task, Withheld
from alongside.members.notices.rules.waiting import Waits

SEALED = "sealed, and of nobody"
OPENED_WITH = "it was published when the ballot opened, and its hash shows to every voter that nothing of it was changed since"
APP = App(
    places=(
        Place(
            Door.DECIDING,
            20,
            "Elections",
            "elections:elections",
            "Who stands, a secret ballot on a phone, and who is elected, with the count.",
            elections.elections_stand,
            (
                Task("Stand for a seat, or nominate another head", "elections:elections"),
                Task("Vote for your school", "elections:elections"),
            ),
        ),
    ),
    own_pages=(),
    needs=(needs.needs,),
    dates=(needs.dates,),
    rows={
        "elections.ballot": RowWords("{label}: last day to vote", page="elections:election", key="key"),
        "elections.nominated": RowWords(
            "You are nominated: {label}. Do you stand?", page="elections:answer_nomination", key="key", minutes=3
        ),
        "elections.nominations": RowWords("{label}: last day of nominations", page="elections:election", key="key"),
        "elections.open": RowWords("Open the ballot box: {label}", page="elections:election", key="key", minutes=10),
        "elections.step": RowWords("Election to the {label}: the next step", page="elections:election", key="key", minutes=5),
        "elections.unwatched": RowWords(
            "Election to the {label}: scrutineers have left", page="elections:election", key="key", minutes=5
        ),
        "elections.vote": RowWords("Your school’s vote: {label}", page="elections:election", key="key", minutes=2),
        "elections.watch": RowWords(
            "Make and try your code for the ballot box: {label}", page="elections:scrutineer", key="key", minutes=2
        ),
    },
    holds=(),
    beside={"bodies.Seat": elections.seats_in_elections},
    published=(),
    joining=(),
    leaving=(),
    tone="purple",
    settings={},
    acts={
        "elections.ask_scrutineers": "Asked three people to watch the box of an election",
        "elections.call": "Called an election",
        "elections.call_off": "Called an election off",
        "elections.close_box": "Drew the lots and closed the box of an election",
        "elections.close_nominations": "Closed nominations",
        "elections.decline": "Did not stand in an election",
        "elections.decline_watch": "Could not watch the box of an election",
        "elections.make_code": "Made a scrutineer’s code",
        "elections.name_voter": "Said who casts a school’s vote",
        "elections.nominate": "Nominated somebody for election",
        "elections.open_ballot": "Froze the roll and opened a ballot",
        "elections.open_box": "Opened the box of an election",
        "elections.rehearse": "Tried a scrutineer’s code",
        "elections.remind": "Reminded those whose school has not voted",
        "elections.seat": "Gave those elected their seats",
        "elections.stand": "Stood for election",
        "elections.free_seat": "Left the seat of somebody elected to the next election",
        "elections.give_paper_back": "Took the mark of a vote on paper off the roll",
        "elections.take_paper": "Took a school’s vote on paper",
        "elections.type_paper": "Typed in a ballot paper",
    },
    messages={
        "elections.closed": Message("The ballot box is closed", ""),
        "elections.lapsed": Message("Somebody may not stand any more", ""),
        "elections.nominate": Message("Nominations are open", Waits.WEEK),
        "elections.nominated": Message("You are nominated", ""),
        "elections.remind": Message("Reminder: your school’s vote", ""),
        "elections.result": Message("Who is elected", ""),
        "elections.scrutineer": Message("Would you watch the ballot box?", ""),
        "elections.paper": Message("Your school’s vote was taken on paper", ""),
        "elections.unelected": Message("Who is elected, where you stood", ""),
        "elections.vote": Message("Your school’s vote", ""),
    },
    answers={},
    sensitive=True,
    erasure={
        "elections.Candidate": Columns(
            plain="seat", words="name nominator_name statement why_not", own={"person": "", "nominator": ""}
        ),
        "elections.Contest": Columns(plain="title seat_for seats lots count"),
        "elections.Election": Columns(
            plain="method public_key facts_hash box_hash",
            words="officer_name why_off lots_seen_by papers_seen_by",
            own={"officer": ""},
            law="facts",
            why=OPENED_WITH,
        ),
        "elections.KeyEnvelope": Columns(plain="outer inner sealed"),
        "elections.PublishedList": Columns(plain="text_hash", words="text"),
        "elections.SchoolVote": Columns(plain="school_name", words="person_name", own={"person": "person_name"}),
        "elections.Scrutineer": Columns(plain="place public envelope", words="name", own={"person": "name"}),
        "elections.SealedBallot": Columns(plain="sealed"),
    },
    withheld=Withheld(
        {"elections.KeyEnvelope": SEALED, "elections.SealedBallot": SEALED, "elections.PublishedList": "for the voters alone"}, {}
    ),
)
