"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import App, Columns, Door, Message, Place, RowWords, Task, Withheld
from alongside.members.membership.actions import by_mail
from alongside.members.membership.queries import answers, needs, texts
from alongside.members.notices.rules.waiting import Waits

SIGNED = "who signed an agreement, by whose authority: six years after it ends (Limitation Act 1980 s.5)"

APP = App(
    places=(
        Place(
            Door.SCHOOLS,
            20,
            "Membership",
            "membership:overview",
            "What stands in each school’s way, whom to ring next, the roll of members.",
            texts.where_schools_sign(answers.signups_stand),
            (Task("Dates of the sign-up", "membership:dates"),),
        ),
        Place(
            Door.SCHOOLS,
            22,
            "Questions",
            "membership:questions",
            "What schools ask before they sign; an answer may be published for all.",
            texts.where_schools_sign(texts.questions_stand),
            (),
        ),
        Place(
            Door.SCHOOLS,
            23,
            "The roll",
            "membership:roll",
            "Who has signed, frozen at a stated moment: the roll of members.",
            texts.where_schools_sign(texts.roll_stands),
            (),
        ),
        Place(
            Door.OFFICE,
            20,
            "Prospectus",
            "membership:prospectus",
            "What schools are asked to sign, in the partnership’s own words.",
            texts.where_schools_sign(texts.prospectus_stands),
            (Task("Edit the prospectus", "membership:edit_prospectus"),),
        ),
    ),
    own_pages=(),
    needs=(needs.needs,),
    dates=(needs.dates,),
    rows={
        "membership.questions": RowWords(
            "Answer a question from {label}", "Answer {number} questions from schools", page="membership:questions", minutes=5
        ),
        "membership.no_reply": RowWords(
            "{label} has not answered its invitation yet: chase or call",
            "{number} schools have not answered their invitation yet: chase or call them",
            page="membership:overview",
            query="?state=chase",
            minutes=5,
        ),
        "membership.withdrew": RowWords(
            "{label} has withdrawn its signature: talk to it, or ask it no longer",
            "{number} schools have withdrawn their signatures: talk to them, or ask them no longer",
            page="membership:overview",
            query="?state=withdrew",
            minutes=10,
        ),
        "membership.freeze": RowWords("Freeze the roll of members", page="membership:roll", minutes=10),
        "membership.answer": RowWords("Answer the invitation for {label}", page="membership:answer", key="urn", minutes=15),
        "membership.sign": RowWords("Sign for {label} when it is decided", page="membership:answer", key="urn", minutes=5),
        "membership.discussion": RowWords("Discussion of the proposals", page="membership:prospectus", invites=True),
        "membership.sign_by": RowWords("Schools sign up by the end of this day", page="membership:prospectus"),
        "membership.board": RowWords("The board meets for the first time", page="membership:prospectus"),
        "membership.roll": RowWords("The roll of members is frozen", page="membership:prospectus"),
        "membership.support": RowWords("Support for schools begins", page="membership:prospectus"),
        "membership.term_ends": RowWords("The term that schools signed for ends", page="membership:prospectus"),
        "membership.subject": RowWords(
            "{label} decides whether to sign",
            "{number} of your schools decide whether to sign",
            page="membership:answer",
            key="urn",
            invites=True,
        ),
        "membership.deciding": RowWords(
            "{label} decides whether to sign", "{number} schools decide whether to sign", page="membership:school", key="urn"
        ),
        "membership.group_ends": RowWords("{label} hands over", page="membership:prospectus"),
    },
    holds=(),
    beside={},
    published=(),
    joining=(),
    leaving=(),
    tone="green",
    settings={
        "membership.has_prospectus": "Schools join by prospectus and signature",
        "membership.discussion_on": "Discussion of the proposals",
        "membership.sign_by": "Last day to sign",
        "membership.board_first_meets_on": "The board meets for the first time",
        "membership.roll_freezes_on": "The roll freezes",
        "membership.support_from": "Support begins",
        "membership.term_years": "Years of a membership",
        "membership.counts_from": "Its years count from",
        "membership.reminders_at_most": "Reminders to a school, at most",
        "membership.days_between_reminders": "School days between reminders",
    },
    acts={
        "membership.add_associate": "Made a school an associate",
        "membership.answer_question": "Answered a school’s question",
        "membership.ask_again": "Asked a school again",
        "membership.ask_question": "Asked a question",
        "membership.change_telephone": "Changed a school’s telephone number",
        "membership.chase": "Reminded schools that had not answered",
        "membership.correct_answer": "Changed the answer to a question",
        "membership.decline": "Said not this time",
        "membership.edit_prospectus": "Edited the prospectus",
        "membership.freeze_roll": "Froze the roll of members",
        "membership.take_note_off": "Undid a note of a talk",
        "membership.note_contact": "Noted a talk with a school",
        "membership.pass_on": "Passed an invitation on",
        "membership.publish_prospectus": "Published the prospectus",
        "membership.record_working_group": "Wrote down the working group",
        "membership.reopen": "Opened the question of joining again",
        "membership.say_subject": "Said yes, subject to somebody",
        "membership.sign": "Signed the agreement",
        "membership.start_draft": "Began a version of the prospectus",
        "membership.take_back": "Took back what was passed on",
        "membership.withdraw": "Withdrew a signature",
    },
    messages={
        "membership.invitation": Message("Invitation to join", ""),
        "membership.signed": Message("Thank you for signing", "", goes_anyway=True),
        "membership.question_asked": Message("Question asked", Waits.DAY, goes_anyway=True),
        "membership.withdrawn": Message("Signature withdrawn", Waits.DAY, tells_sums=True, goes_anyway=True),
        "membership.question_answered": Message("Question answered", "", goes_anyway=True),
        "membership.passed_on": Message("Invitation passed on", ""),
        "membership.reminder": Message("Reminder", ""),
    },
    answers={
        "membership.invitation": by_mail.ask_by_mail,
        "membership.reminder": by_mail.ask_by_mail,
        "membership.question_answered": by_mail.ask_by_mail,
        "membership.question_asked": by_mail.answer_by_mail,
    },
    sensitive=False,
    erasure={
        "membership.Answer": Columns(plain="post", words="reason note telephone", own={"email": "email"}),
        "membership.Chase": Columns(plain="person", words="subject body"),
        "membership.Contact": Columns(plain="person", words="spoke_to words"),
        "membership.Prospectus": Columns(
            plain="text_hash dates", law="summary why principles priorities offer governance costs timeline agreement", why=SIGNED
        ),
        "membership.Question": Columns(plain="person replied_by", words="words reply public_words", own={"email": "email"}),
        "membership.ChaseMail": Columns(own={"email": "email"}),
        "membership.Roll": Columns(plain="text_hash", words="name"),
        "membership.RollEntry": Columns(plain="name constituency text_hash"),
        "membership.Signature": Columns(
            plain="text_hash batch person", law="name post told_by withdrawn_by_decision", why=SIGNED
        ),
        "membership.WorkingGroup": Columns(words="name sponsors members hands_over"),
    },
    withheld=Withheld({}, {"membership.Answer": frozenset({"note", "next_on"})}),
)
