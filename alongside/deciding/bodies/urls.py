from alongside.deciding.bodies.views import bodies
from alongside.ground.core.audience import Audience as A
from alongside.ground.web.addresses import page

app_name = "bodies"
room = "p/<slug:slug>/bodies/"
urlpatterns = [
    page(room, bodies.bodies, A.MEMBERS),
    page(f"{room}<str:key>/", bodies.body, A.MEMBERS),
]
