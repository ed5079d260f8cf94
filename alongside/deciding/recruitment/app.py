"""What this room declares to the rest of the house."""

from alongside.deciding.recruitment.actions.applying import say_not_read
from alongside.deciding.recruitment.queries import vacancies
from alongside.ground.core.declaration import App, Columns, Door, Message, Place, Published, RowWords, Task, Withheld

PAGE = "recruitment:competition"
FOR_THE_PANEL = "what applicants sent is for the panel and who runs the competition, and for no file"
ANSWERED = tuple(f"recruitment.{one}" for one in ("feedback", "letter", "link", "received"))
SAID = "name phone answers referees interests independence independence_words feedback"

APP = App(
    places=(
        Place(
            Door.DECIDING,
            30,
            "Open competition",
            "recruitment:competitions",
            "Seats that anybody may apply for: the advert, the panel, interviews, who is appointed.",
            vacancies.competitions_stand,
            (
                Task("Advertise a seat: independent chair, trustee, governor", "recruitment:add_vacancy"),
                Task("Vacancies for everybody to read", "recruitment:adverts"),
            ),
        ),
    ),
    own_pages=(),
    needs=(vacancies.needs, vacancies.seats_waiting),
    dates=(vacancies.dates,),
    rows={
        "recruitment.closes": RowWords("Applications close: {label}", page=PAGE, key="key", off="Stopped"),
        "recruitment.feedback": RowWords("Tell an applicant what the panel thought: {label}", "", PAGE, key="key", minutes=15),
        "recruitment.interview": RowWords("Interview: {label}", page="recruitment:competitions", invites=True),
        "recruitment.letters": RowWords("Send a letter: {label}", "Send {number} letters: {label}", PAGE, key="key", minutes=5),
        "recruitment.see_to": RowWords("Bring the competition on: {label}", page=PAGE, key="key", minutes=30),
        "recruitment.term_ends": RowWords("A term ends, and nobody follows: {label}", page="bodies:body", key="key", minutes=10),
        "recruitment.to_agree": RowWords(
            "Agree on a score again, as a tie was found: {label}",
            "Agree on {number} scores again, as ties were found: {label}",
            PAGE,
            key="key",
            minutes=10,
        ),
        "recruitment.to_score": RowWords(
            "Score an application: {label}", "Score {number} applications: {label}", PAGE, key="key", minutes=20
        ),
        "recruitment.to_seat": RowWords("Seat whoever was appointed: {label}", page=PAGE, key="key", minutes=5),
        "recruitment.vacant": RowWords(
            "Fill a vacant seat: {label}", "Fill {number} vacant seats: {label}", "bodies:body", key="key", minutes=10
        ),
    },
    holds=(vacancies.held_by,),
    beside={"bodies.Seat": vacancies.seats_advertised},
    published=(Published("Vacancies: apply for a seat", "recruitment:adverts", vacancies.shows_some),),
    joining=(),
    leaving=(),
    tone="purple",
    settings={
        "recruitment.independence": "What is asked of whoever is to be independent",
        "recruitment.months_kept": "Months after a decision in which what applicants sent is kept",
    },
    acts={
        "recruitment.add": "Wrote an advert for a seat",
        "recruitment.add_to_panel": "Put somebody on a panel",
        "recruitment.agree": "Entered a score on which a panel agreed",
        "recruitment.ask_for_feedback": "Asked what a panel thought of an application",
        "recruitment.change": "Changed an advert",
        "recruitment.choose_slot": "Chose a time for an interview",
        "recruitment.decide": "Kept how applicants come out",
        "recruitment.declare": "Declared ties to applicants",
        "recruitment.end_on_panel": "Took somebody off a panel",
        "recruitment.erase": "Erased what applicants sent",
        "recruitment.fill_seat": "Seated whoever was appointed",
        "recruitment.give_feedback": "Told an applicant what the panel thought",
        "recruitment.lift_tie": "Took off a tie that was declared by mistake",
        "recruitment.offer_slots": "Offered times for interviews",
        "recruitment.publish": "Published an advert",
        "recruitment.say_not_read": "Said that nobody reads an answer",
        "recruitment.score": "Scored an application",
        "recruitment.send_in": "Sent an application in",
        "recruitment.send_letters": "Sent letters to applicants",
        "recruitment.stop": "Stopped a competition",
        "recruitment.take_back_agreed": "Took an agreed score back, as a tie was found",
        "recruitment.take_over": "Took a competition over",
        "recruitment.take_slot_back": "Offered a time for an interview no longer",
        "recruitment.withdraw": "Withdrew an application",
    },
    messages={
        "recruitment.feedback": Message("What a panel thought", "", is_confidential=True),
        "recruitment.letter": Message("How an application stands", "", is_confidential=True),
        "recruitment.link": Message("Link to an application", "", is_confidential=True),
        "recruitment.not_read": Message("Answers are not read", "", is_confidential=True),
        "recruitment.panel": Message("You are on a panel", ""),
        "recruitment.stopped": Message("Competition stopped", "", is_confidential=True),
        "recruitment.received": Message("Application received", "", is_confidential=True),
    },
    answers=dict.fromkeys(ANSWERED, say_not_read),
    sensitive=True,
    erasure={
        "recruitment.Vacancy": Columns(plain="criteria contact runner tenure", words="title advert independence reason"),
        "recruitment.PanelMember": Columns(words="name", own={"person": "name"}),
        "recruitment.Application": Columns(plain="told agreed taken_back", row_of="email", words=SAID),
        "recruitment.Tie": Columns(words="words"),
        "recruitment.Score": Columns(words="marks"),
        "recruitment.InterviewSlot": Columns(words="place"),
    },
    withheld=Withheld({f"recruitment.{table}": FOR_THE_PANEL for table in ("Application", "Tie", "Score", "InterviewSlot")}, {}),
)
