from alongside.ground.core.audience import Audience as A
from alongside.ground.web import views
from alongside.ground.web.addresses import page

app_name = "web"
urlpatterns = [
    page("accessibility/", views.accessibility, A.EVERYONE),
    page("cookies/", views.cookies, A.EVERYONE),
    page("components/", views.components, A.EVERYONE),
    page("favicon.ico", views.favicon, A.EVERYONE),
]
