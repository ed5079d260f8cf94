"""Deeds of R4, by noun: `prospectus`, `asking`, `answering`, `signing`, `questions`, `chasing`, `office`, `roll`."""

from alongside.members.membership.actions.answering import (
    decline as decline,
    open_prospectus as open_prospectus,
    pass_on as pass_on,
    reopen as reopen,
    say_subject as say_subject,
    take_up as take_up,
    take_up_others as take_up_others,
)
from alongside.members.membership.actions.asking import (
    add_associate as add_associate,
    add_members as add_members,
    ask_schools as ask_schools,
    invite_schools as invite_schools,
    make_letters as make_letters,
    stop_asking as stop_asking,
)
from alongside.members.membership.actions.chasing import chase as chase
from alongside.members.membership.actions.links import answer_by_link as answer_by_link, give_answer as give_answer
from alongside.members.membership.actions.office import (
    change_dates as change_dates,
    note_contact as note_contact,
    record_working_group as record_working_group,
)
from alongside.members.membership.actions.prospectus import (
    edit_prospectus as edit_prospectus,
    publish_prospectus as publish_prospectus,
    start_draft as start_draft,
)
from alongside.members.membership.actions.questions import answer_question as answer_question, ask_question as ask_question
from alongside.members.membership.actions.roll import freeze_roll as freeze_roll
from alongside.members.membership.actions.signing import sign as sign, withdraw as withdraw
