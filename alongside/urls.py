"""Every address, one line an app."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("alongside.web.urls")),
    path("", include("alongside.schools.urls")),
    path("", include("alongside.partnerships.urls")),
    path("", include("alongside.calendar.urls")),
    path("", include("alongside.work.urls")),
    path("", include("alongside.files.urls")),
    path("", include("alongside.notices.urls")),
    path("", include("alongside.people.urls")),
    path("", include("alongside.membership.urls")),
    path("", include("alongside.fees.urls")),
    path("", include("alongside.contributions.urls")),
    path("", include("alongside.home.urls")),
]
if settings.DEMO or settings.TESTING:
    urlpatterns.insert(0, path("", include("alongside.demo.urls")))

handler400 = "alongside.web.views.bad_request"
handler403 = "alongside.web.views.forbidden"
handler404 = "alongside.web.views.not_found"
handler500 = "alongside.web.views.server_error"
