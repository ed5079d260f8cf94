from typing import Any

from alongside.deciding.recruitment.views import competitions, panel, public
from alongside.ground.core.audience import Audience as A
from alongside.ground.web.addresses import Asks, page

app_name = "recruitment"
home, room = "p/<slug:slug>/", "p/<slug:slug>/recruitment/"
advert, own = f"{home}vacancies/<str:key>/", f"{home}application/<str:link>/"
one, applicant = f"{room}<str:key>/", f"{room}applicant/<str:key>/"
proven: dict[str, Any] = {
    "asks": Asks.EVERYBODY,
    "why": "whoever reads what applicants sent, in the office or not, gives a second factor",
}
by_link: dict[str, Any] = {"opened_by": "link"}
urlpatterns = [
    page(f"{home}vacancies/", public.adverts, A.EVERYONE),
    page(advert, public.advert, A.EVERYONE),
    page(f"{advert}apply/", public.apply, A.EVERYONE),
    page(own, public.application, A.EVERYONE, **by_link),
    page(f"{own}write/", public.write_application, A.EVERYONE, **by_link),
    page(f"{own}send/", public.send_in, A.EVERYONE, **by_link),
    page(f"{own}withdraw/", public.withdraw, A.EVERYONE, **by_link),
    page(f"{own}interview/", public.choose_slot, A.EVERYONE, **by_link),
    page(f"{own}feedback/", public.ask_for_feedback, A.EVERYONE, **by_link),
    page(room, competitions.competitions, A.MEMBERS),
    page(f"{room}add/", competitions.add_vacancy, A.OFFICE),
    page(f"{room}settings/", competitions.settle, A.OFFICE),
    page(f"{room}slot/<str:key>/take-back/", competitions.take_slot_back, A.MANAGER),
    page(f"{room}panel/<str:key>/end/", competitions.end_on_panel, A.MANAGER),
    page(f"{room}tie/<str:key>/lift/", competitions.lift_tie, A.MANAGER),
    page(applicant, panel.applicant, A.MEMBERS, **proven),
    page(f"{applicant}score/", panel.score, A.MEMBERS, **proven),
    page(f"{applicant}agree/", panel.agree_score, A.MEMBERS, **proven),
    page(f"{applicant}feedback/", competitions.give_feedback, A.MANAGER),
    page(f"{applicant}seat/", competitions.fill_seat, A.MANAGER),
    page(one, competitions.competition, A.MEMBERS, **proven),
    page(f"{one}change/", competitions.change_vacancy, A.MANAGER),
    page(f"{one}publish/", competitions.publish, A.MANAGER),
    page(f"{one}stop/", competitions.stop, A.MANAGER),
    page(f"{one}take-over/", competitions.take_over, A.MANAGER),
    page(f"{one}panel/", competitions.add_to_panel, A.MANAGER),
    page(f"{one}ties/", panel.declare_ties, A.MEMBERS, **proven),
    page(f"{one}shortlist/", competitions.shortlist, A.MANAGER),
    page(f"{one}times/", competitions.offer_slots, A.MANAGER),
    page(f"{one}decision/", competitions.decide, A.MANAGER),
    page(f"{one}letters/", competitions.letters, A.MANAGER),
]
