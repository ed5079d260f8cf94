"""Every address: those of each installed room, in the rooms' order; the demonstration's before all, where there is one."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

DEMO = "alongside.across.demo"
with_addresses = [room for room in settings.OUR_APPS if room != DEMO and find_spec(f"{room}.urls")]
shown = [DEMO, *with_addresses] if settings.DEMO or settings.TESTING else with_addresses
urlpatterns = [path("", include(f"{room}.urls")) for room in shown]

handler400 = "alongside.ground.web.views.bad_request"
handler403 = "alongside.ground.web.views.forbidden"
handler404 = "alongside.ground.web.views.not_found"
handler500 = "alongside.ground.web.views.server_error"
