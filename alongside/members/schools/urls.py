from alongside.ground.core.audience import Audience as A
from alongside.ground.web.addresses import page
from alongside.members.schools import views

app_name = "schools"
urlpatterns = [
    page("schools/", views.search, A.EVERYONE),
    page("schools/map/", views.map, A.EVERYONE),
    page("schools/trust/<int:uid>/", views.trust, A.EVERYONE),
    page("schools/successions/", views.successions, A.SIGNED_IN, to_post=A.OFFICE),
]
