from alongside.ground.core.audience import Audience as A
from alongside.ground.web.addresses import page
from alongside.members.groups import views

app_name = "groups"
room = "p/<slug:slug>/groups/"
urlpatterns = [
    page(room, views.groups, A.MEMBERS),
    page(f"{room}add/", views.add_group, A.OFFICE),
    page(f"{room}<str:key>/", views.group, A.MEMBERS),
    page(f"{room}<str:key>/people/", views.people, A.MEMBERS),
    page(f"{room}<str:key>/change/", views.change_group, A.OFFICE),
    page(f"{room}<str:key>/end/", views.end_group, A.OFFICE),
    page(f"{room}<str:key>/ask/", views.ask, A.MEMBERS),
    page(f"{room}<str:key>/ask-by-mail/", views.send_address, A.MEMBERS),
    page(f"{room}question/<str:key>/", views.enquiry, A.MEMBERS),
    page(f"{room}question/<str:key>/answer/", views.reply, A.MEMBERS),
    page(f"{room}question/<str:key>/words/", views.change_words, A.MEMBERS),
    page(f"{room}question/<str:key>/take-back/", views.take_back, A.MEMBERS),
    page(f"{room}question/<str:key>/close/", views.close, A.MEMBERS),
    page(f"{room}answer/<str:key>/words/", views.correct_reply, A.MEMBERS),
    page(f"{room}answer/<str:key>/take-back/", views.take_back_reply, A.MEMBERS),
    page(f"{room}answer/<str:key>/thank/", views.thank, A.MEMBERS),
]
