"""Every address, one line an app."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("alongside.ground.web.urls")),
    path("", include("alongside.members.schools.urls")),
    path("", include("alongside.members.partnerships.urls")),
    path("", include("alongside.members.calendar.urls")),
    path("", include("alongside.ground.work.urls")),
    path("", include("alongside.ground.files.urls")),
    path("", include("alongside.members.notices.urls")),
    path("", include("alongside.members.people.urls")),
    path("", include("alongside.members.authority.urls")),
    path("", include("alongside.members.membership.urls")),
    path("", include("alongside.money.invoices.urls")),
    path("", include("alongside.money.bank.urls")),
    path("", include("alongside.money.books.urls")),
    path("", include("alongside.money.budget.urls")),
    path("", include("alongside.money.fees.urls")),
    path("", include("alongside.members.contributions.urls")),
    path("", include("alongside.across.home.urls")),
]
if settings.DEMO or settings.TESTING:
    urlpatterns.insert(0, path("", include("alongside.across.demo.urls")))

handler400 = "alongside.ground.web.views.bad_request"
handler403 = "alongside.ground.web.views.forbidden"
handler404 = "alongside.ground.web.views.not_found"
handler500 = "alongside.ground.web.views.server_error"
