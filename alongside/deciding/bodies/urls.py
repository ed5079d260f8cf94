from alongside.deciding.bodies.views import bodies, bringing, people, seats
from alongside.ground.core.audience import Audience as A
from alongside.ground.web.addresses import page

app_name = "bodies"
room = "p/<slug:slug>/bodies/"
urlpatterns = [
    page(room, bodies.bodies, A.MEMBERS),
    page(f"{room}public/", bodies.published, A.EVERYONE),
    page(f"{room}public/<str:key>/", bodies.public, A.EVERYONE),
    page(f"{room}make/", bodies.make, A.OFFICE),
    page(f"{room}make/<slug:code>/", bodies.make_from, A.OFFICE),
    page(f"{room}settings/", bodies.settings, A.OFFICE),
    page(f"{room}hats/", people.load, A.OFFICE),
    page(f"{room}skills/", people.say_skills, A.MEMBERS),
    page(f"{room}scheme/", bodies.scheme, A.MEMBERS),
    page(f"{room}scheme/add/", bodies.add_line, A.OFFICE),
    page(f"{room}scheme/<str:key>/", bodies.change_line, A.OFFICE),
    page(f"{room}scheme/<str:key>/end/", bodies.end_line, A.OFFICE),
    page(f"{room}seat/<str:key>/change/", seats.change_seat, A.OFFICE),
    page(f"{room}seat/<str:key>/end/", seats.end_seat, A.OFFICE),
    page(f"{room}seat/<str:key>/appoint/", seats.appoint, A.OFFICE),
    page(f"{room}held/<str:key>/", seats.change_tenure, A.OFFICE),
    page(f"{room}held/<str:key>/replace/", seats.replace, A.OFFICE),
    page(f"{room}held/<str:key>/strike/", seats.strike_tenure, A.OFFICE),
    page(f"{room}person/<str:key>/", people.person, A.OFFICE),
    page(f"{room}person/<str:key>/add/<slug:kind>/", people.add_entry, A.OFFICE),
    page(f"{room}person/<str:key>/address/", people.give_address, A.OFFICE),
    page(f"{room}person/<str:key>/confirm/", people.confirm, A.OFFICE),
    page(f"{room}entry/<str:key>/end/", people.end_entry, A.OFFICE),
    page(f"{room}check/<str:key>/", people.check, A.OFFICE),
    page(f"{room}<str:key>/", bodies.body, A.MEMBERS),
    page(f"{room}<str:key>/change/", bodies.change, A.OFFICE),
    page(f"{room}<str:key>/end/", bodies.end, A.OFFICE),
    page(f"{room}<str:key>/quorum/", bodies.quorum, A.OFFICE),
    page(f"{room}<str:key>/add-seat/", seats.add_seat, A.OFFICE),
    page(f"{room}<str:key>/bring-people/", bringing.bring_people, A.OFFICE),
    page(f"{room}<str:key>/everybody/", seats.everybody, A.MEMBERS),
    page(f"{room}<str:key>/checks/", people.checks, A.OFFICE),
    page(f"{room}<str:key>/checks/several/", people.do_checks, A.OFFICE),
    page(f"{room}<str:key>/interests/", people.interests, A.MEMBERS),
    page(f"{room}<str:key>/skills/", people.skills, A.OFFICE),
    page(f"{room}<str:key>/training/", people.training, A.OFFICE),
]
