from alongside.ground.core.audience import Audience as A
from alongside.ground.web.addresses import page
from alongside.members.partnerships import views

app_name = "partnerships"
urlpatterns = [
    page("p/<slug:slug>/settings/", views.settings, A.OFFICE),
    page("p/<slug:slug>/settings/about/", views.about, A.MANAGER),
    page("p/<slug:slug>/schools/", views.schools, A.ASKED),
]
