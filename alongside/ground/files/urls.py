from typing import Any

from alongside.ground.core.audience import Audience as A
from alongside.ground.files import views
from alongside.ground.web.addresses import Asks, page

LIKE_MONEY: dict[str, Any] = {
    "asks": Asks.EVERYBODY,
    "why": "a bank letter says where money goes: schools pay by what it says",
}

app_name = "files"
urlpatterns = [
    page("p/<slug:slug>/papers/", views.papers, A.ASKED),
    page("p/<slug:slug>/papers/add/", views.add_paper, A.OFFICE),
    page("p/<slug:slug>/papers/evidence/add/", views.add_evidence, A.OFFICE, **LIKE_MONEY),
    page("p/<slug:slug>/papers/evidence/<slug:file>/", views.replace_evidence, A.OFFICE, **LIKE_MONEY),
    page("p/<slug:slug>/papers/evidence/<slug:file>/take-out/", views.take_out_evidence, A.OFFICE, **LIKE_MONEY),
    page("p/<slug:slug>/papers/<slug:file>/", views.replace_paper, A.OFFICE),
    page("p/<slug:slug>/papers/<slug:file>/take-out/", views.take_out_paper, A.OFFICE),
    page("files/<slug:file>/", views.download, A.ASKED),
]
