"""The words of Elthorne: its prospectus, its questions, its reminders. All invented."""

from typing import Any

PROSPECTUS = (
    (
        "summary",
        "In short",
        "Ninety-seven schools, one promise: nobody in Elthorne has to work alone. We choose two priorities, the schools that are good at "
        "them lead, and every school can take part. We ask you to sign by Friday 18 March 2022.",
    ),
    (
        "why",
        "Why we need each other",
        "Elthorne has ninety-seven schools, five trusts, two dioceses and one council. Each of us has found good answers to hard "
        "problems, and most of us have found them alone. We want every school to have somebody to ask, and somebody who asks them.",
    ),
    (
        "principles",
        "How we want to work",
        "We start small and build up. We choose a few priorities and look first for the people in Elthorne who already do this well. "
        "We show what has changed before we ask for more. We run for two years and look honestly at the results after eighteen months.",
    ),
    (
        "priorities",
        "What we begin with",
        "Two priorities in the first year: subject leadership across the curriculum, and support for pupils with special educational "
        "needs in ordinary classrooms. Both come from what heads said in the autumn survey.",
    ),
    (
        "offer",
        "What your school gets",
        "Schools with the expertise lead each priority for all of us. There is a first meeting, something to take part in every "
        "half-term, voices from outside the borough, and a last meeting where we share what worked. Everything written for it is yours to use.",
    ),
    (
        "governance",
        "Who decides",
        "A board of ten: an independent chair found by open competition, the chairs of the primary and the secondary heads, four heads "
        "whom you elect, a special-school head and two people from the council. Every school has one vote, whatever its size.",
    ),
    (
        "costs",
        "What it costs",
        "£1,500 for the first year, the same for every school, invoiced in April 2022. At most £1,500 for the second year, less if money "
        "is left over. Nothing else is charged: the fee covers all support.",
    ),
    (
        "timeline",
        "What happens when",
        "We talk it over on Thursday 24 February at the Elthorne Teachers' Centre. Please sign by Friday 18 March. The board first meets "
        "on Monday 21 March. Invoices follow in April, and support begins in September.",
    ),
)

ANSWERED_QUESTIONS = (
    ("Is there any charge beyond the £1,500?", "No. The fee covers all support of the partnership, for the whole year."),
    (
        "Do we have to take part in both priorities?",
        "No. Take part in what helps your pupils. Everything is open to you either way.",
    ),
    (
        "What happens when the two years are over?",
        "After eighteen months we look at the results together, and every school says whether to go on, to change or to stop.",
    ),
    (
        "Our governors meet after 18 March. Can we still join?",
        "Yes. Tell us the date of the meeting; the page has an answer for just that. Later signatures count, and are marked as later.",
    ),
)

OPEN_QUESTIONS = (
    (
        "Elm Grove Rise Primary",
        "Does the fee include the SEND sessions, or are those charged on top?",
        "They are included, like everything else that the partnership offers.",
    ),
    (
        "Copse Farm Primary",
        "We are a one-form-entry school. How many of our staff could come to a session?",
        "As many as you can spare. Sessions after school are planned for small schools in particular.",
    ),
    (
        "Cowley Marsh Academy",
        "Our trust works in three boroughs. Would the academy have a vote of its own?",
        "Yes. Every school that signs has one vote, cast by the person whom it names.",
    ),
    (
        "Mulberry Steps Nursery",
        "Is the curriculum work meant for nurseries too, or does it begin with Reception?",
        "It begins where children begin. Two nursery colleagues helped to write the priority.",
    ),
    (
        "Northmere High",
        "Who will see what we say about our own school in the survey of needs?",
        "The lead school sees what you ask for. Nobody publishes or compares what schools say about themselves.",
    ),
    (
        "Bishop Tanner Church of England Primary",
        "If our head leaves in the summer, are we still bound for the second year?",
        "The school signs, not the head. We would gladly talk the new head through it in September.",
    ),
)

REMINDER_SUBJECT = "Elthorne Learning Partnership: shall we count you in by 18 March?"
REMINDER = (
    "Dear colleague,\n\nYou may have meant to answer and the week had other plans. Sixty seconds are enough: yes, not yet, or a "
    "question. The page already knows your school.\n\nIf someone else should answer, pass the mail on; the link works for them too.\n\n"
    "Thank you"
)

CALLS = (
    "Spoke to the office. The head is new since January and will read it this week.",
    "Left a message with the business manager.",
    "The head is at a conference until Thursday; call on Friday morning.",
    "The head had not seen the mails. Sent it once more while we spoke.",
    "They wait to hear what the other schools of their trust do.",
    "Nobody answered. Try before school.",
)

DECLINED = (
    "The budget does not allow it this year. Please ask us again next spring.",
    "",
    "We are joining a trust this summer and would rather settle in first.",
)

WORKING_GROUP = {
    "name": "Working group of heads",
    "sponsors": "Elthorne primary heads’ forum\nElthorne secondary heads’ association\nElthorne Council",
    "members": "Head of Colham Park Primary\nHead of Hatchley Primary\nHead of Wrensham Park Junior\nHead of Ickenden High\nHead of Ickenden Special School",
    "hands_over": "The summary of the autumn survey, this prospectus, and a draft of what lead schools are chosen by.",
}

SUPPLIER: dict[str, Any] = {
    "supplier_name": "Elthorne Learning Partnership",
    "supplier_address": "Elthorne Teachers’ Centre\nMarket Cross\nElthorne\nQX7 1EL",
    "supplier_email": "finance@elthorne.example",
    "supplier_phone": "020 7946 0050",
    "bank_words": "Sort code 00-00-00, account 00000000. Invented: this account does not exist.",
}
