from alongside.ground.core.audience import Audience as A
from alongside.ground.web.addresses import page
from alongside.members.whoswho import views

app_name = "whoswho"
room = "p/<slug:slug>/whos-who/"
urlpatterns = [
    page(room, views.whos_who, A.MEMBERS),
    page(f"{room}addresses/", views.addresses, A.MEMBERS),
    page(f"{room}save/", views.save_list, A.MEMBERS),
    page(f"{room}lists/<slug:key>/forget/", views.forget_list, A.MEMBERS),
    page(f"{room}clusters/", views.clusters, A.OFFICE),
    page(f"{room}clusters/add/", views.name_cluster, A.OFFICE),
    page(f"{room}clusters/<slug:key>/", views.change_cluster, A.OFFICE),
]
