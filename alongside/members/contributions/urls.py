from alongside.ground.core.audience import Audience as A
from alongside.ground.web.addresses import page
from alongside.members.contributions import views

app_name = "contributions"
urlpatterns = [
    page("p/<slug:slug>/give-and-receive/", views.overview, A.ASKED),
    page("p/<slug:slug>/give-and-receive/sheet.csv", views.sheet, A.ASKED),
    page("p/<slug:slug>/give-and-receive/note/", views.note, A.ASKED),
    page("p/<slug:slug>/give-and-receive/<int:urn>/", views.school, A.SCHOOL),
    page("p/<slug:slug>/give-and-receive/<str:key>/take-back/", views.take_back, A.SCHOOL),
]
