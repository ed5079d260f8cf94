from alongside.ground.core.audience import Audience as A
from alongside.ground.web.addresses import page
from alongside.members.whoswho.views import circulars, clusters, lists, looking_up

app_name = "whoswho"
room = "p/<slug:slug>/whos-who/"
urlpatterns = [
    page(room, looking_up.whos_who, A.MEMBERS),
    page(f"{room}addresses/", looking_up.addresses, A.MEMBERS),
    page(f"{room}save/", lists.save_list, A.MEMBERS),
    page(f"{room}lists/<slug:key>/", lists.saved_list, A.MEMBERS),
    page(f"{room}lists/<slug:key>/forget/", lists.forget_list, A.MEMBERS),
    page(f"{room}write/", circulars.write, A.OFFICE),
    page(f"{room}written/", circulars.circulars, A.OFFICE),
    page(f"{room}written/<slug:key>/", circulars.circular, A.OFFICE),
    page(f"{room}written/<slug:key>/take-back/", circulars.take_back_circular, A.OFFICE),
    page(f"{room}clusters/", clusters.clusters, A.OFFICE),
    page(f"{room}clusters/add/", clusters.name_cluster, A.OFFICE),
    page(f"{room}clusters/<slug:key>/", clusters.change_cluster, A.OFFICE),
    page(f"{room}clusters/<slug:key>/end/", clusters.end_cluster, A.OFFICE),
    page(f"{room}clusters/<slug:key>/bring-back/", clusters.bring_back_cluster, A.OFFICE),
]
