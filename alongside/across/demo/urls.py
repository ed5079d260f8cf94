from alongside.across.demo import views
from alongside.ground.core.audience import Audience as A
from alongside.ground.web.addresses import page

app_name = "demo"
urlpatterns = [
    page("", views.doors, A.DEMO),
    page("demo/head/", views.as_head, A.DEMO),
    page("demo/manager/", views.as_manager, A.DEMO),
    page("demo/your-schools/", views.own_schools, A.DEMO),
    page("demo/be/", views.be, A.DEMO),
    page("demo/open/", views.open_as, A.DEMO),
    page("demo/day/", views.move, A.DEMO),
    page("demo/start-again/", views.start_again, A.DEMO),
]
