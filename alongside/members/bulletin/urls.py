from alongside.ground.core.audience import Audience as A
from alongside.ground.web.addresses import page
from alongside.members.bulletin import views

app_name = "bulletin"
room = "p/<slug:slug>/bulletin/"
urlpatterns = [
    page(room, views.bulletins, A.MEMBERS),
    page(f"{room}send-in/", views.propose, A.MEMBERS),
    page(f"{room}next/", views.next_one, A.OFFICE),
    page(f"{room}asked/", views.minutes, A.OFFICE),
    page(f"{room}when/", views.settings, A.MANAGER),
    page(f"{room}of/<str:key>/", views.bulletin, A.MEMBERS),
    page(f"{room}<str:key>/", views.item, A.MEMBERS),
    page(f"{room}<str:key>/change/", views.change, A.MEMBERS),
    page(f"{room}<str:key>/take/", views.approve, A.OFFICE),
    page(f"{room}<str:key>/decline/", views.decline, A.OFFICE),
    page(f"{room}<str:key>/take-back/", views.withdraw, A.MEMBERS),
    page(f"{room}<str:key>/answers/", views.answers, A.OFFICE),
    page(f"{room}<str:key>/remind/", views.remind, A.OFFICE),
    page(f"{room}<str:key>/answer/<int:urn>/", views.answer, A.SCHOOL),
    page(f"{room}<str:key>/done/<int:urn>/", views.done, A.SCHOOL),
]
