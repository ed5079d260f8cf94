from alongside.ground.core.audience import Audience as A
from alongside.ground.web.addresses import page
from alongside.members.authority import views

app_name = "authority"
room = "p/<slug:slug>/authority/"
urlpatterns = [
    page(room, views.decisions, A.FINANCE),
    page(f"{room}record/", views.record_decision, A.MANAGER),
]
