from alongside.ground.core.audience import Audience as A
from alongside.ground.web.addresses import page
from alongside.members.whoswho import views

app_name = "whoswho"
room = "p/<slug:slug>/whos-who/"
urlpatterns = [
    page(room, views.whos_who, A.MEMBERS),
]
