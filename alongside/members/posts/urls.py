from alongside.ground.core.audience import Audience as A
from alongside.ground.web.addresses import page
from alongside.members.posts import views

app_name = "posts"
room = "p/<slug:slug>/posts/"
urlpatterns = [
    page(room, views.posts, A.OFFICE),
    page(f"{room}add/", views.add_post, A.MANAGER),
    page(f"{room}<slug:code>/", views.settle_post, A.MANAGER),
]
