from alongside.deciding.elections.views import members, office, scrutineers
from alongside.ground.core.audience import Audience as A
from alongside.ground.web.addresses import page

app_name = "elections"
room = "p/<slug:slug>/elections/"
one, contest, line = f"{room}<str:key>/", f"{room}contest/<str:key>/", f"{room}vote/<str:key>/"
watch = f"{room}scrutineer/<str:key>/"
urlpatterns = [
    page(room, members.elections, A.MEMBERS),
    page(f"{room}recount.py", members.recount, A.MEMBERS),
    page(f"{room}call/<str:key>/", office.call_election, A.OFFICE),
    page(f"{contest}nominate/", members.nominate, A.MEMBERS),
    page(f"{contest}count/", members.count_sheet, A.MEMBERS),
    page(f"{contest}ballots/", members.published, A.MEMBERS),
    page(f"{room}nomination/<str:key>/", members.answer_nomination, A.MEMBERS),
    page(f"{room}nomination/<str:key>/free-seat/", office.free_seat, A.OFFICE),
    page(line, members.vote, A.SCHOOL),
    page(f"{line}cast/", members.cast, A.SCHOOL),
    page(f"{line}who/", members.name_voter, A.SIGNER),
    page(f"{line}paper/", office.take_paper, A.OFFICE),
    page(f"{line}paper-back/", office.give_paper_back, A.OFFICE),
    page(watch, scrutineers.scrutineer, A.MEMBERS),
    page(f"{watch}code/", scrutineers.make_code, A.MEMBERS),
    page(f"{watch}rehearse/", scrutineers.rehearse, A.MEMBERS),
    page(f"{watch}decline/", scrutineers.decline_watch, A.MEMBERS),
    page(one, members.election, A.MEMBERS),
    page(f"{one}facts/", members.facts, A.MEMBERS),
    page(f"{one}close-nominations/", office.close_nominations, A.OFFICE),
    page(f"{one}scrutineers/", office.choose_scrutineers, A.OFFICE),
    page(f"{one}open/", office.open_ballot, A.OFFICE),
    page(f"{one}roll/", office.school_votes, A.MEMBERS),
    page(f"{one}remind/", office.remind_voters, A.OFFICE),
    page(f"{one}paper/", office.paper, A.OFFICE),
    page(f"{one}type-paper/", office.type_paper, A.OFFICE),
    page(f"{one}close-box/", office.close_box, A.OFFICE),
    page(f"{one}open-box/", scrutineers.open_box, A.MEMBERS),
    page(f"{one}seats/", office.seat_elected, A.OFFICE),
    page(f"{one}call-off/", office.call_off, A.OFFICE),
]
