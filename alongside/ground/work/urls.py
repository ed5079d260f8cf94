from alongside.ground.core.audience import Audience as A
from alongside.ground.web.addresses import page
from alongside.ground.work import views

app_name = "work"
urlpatterns = [
    page("me/progress/", views.jobs, A.SIGNED_IN),
    page("me/progress/<str:key>/", views.job, A.MANAGER),
]
