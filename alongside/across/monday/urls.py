from alongside.across.monday import views
from alongside.ground.core.audience import Audience as A
from alongside.ground.web.addresses import page

app_name = "monday"
urlpatterns = [page("me/week/", views.week, A.SIGNED_IN)]
