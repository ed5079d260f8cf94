from django.urls import register_converter

from alongside.across.home.views import exports, feeds, pages
from alongside.ground.core.audience import Audience as A
from alongside.ground.core.declaration import Door
from alongside.ground.web.addresses import Asks, page


class DoorConverter:
    """A door of the way about, but for our year, which is a page of its own."""

    regex = "|".join(door for door in Door if door is not Door.OUR_YEAR)
    to_python, to_url = Door, str


register_converter(DoorConverter, "door")
app_name = "home"
urlpatterns = [
    page("", pages.front, A.EVERYONE),
    page("me/", pages.me, A.SIGNED_IN),
    page("me/calendar/", pages.calendar, A.SIGNED_IN),
    page("me/calendar/feed/", feeds.feed, A.SIGNED_IN),
    page("me/calendar/feed/end/", feeds.end_feed, A.SIGNED_IN),
    page("me/settings/", pages.settings, A.SIGNED_IN),
    page(
        "me/data/",
        exports.my_data,
        A.SIGNED_IN,
        asks=Asks.OFFICE,
        why="what somebody in an office did with its money stands in it",
    ),
    page("search/", pages.search, A.SIGNED_IN),
    page("public/calendar/<str:secret>.ics", feeds.public_calendar, A.EVERYONE, opened_by="secret"),
    page("p/<slug:slug>/overview/", pages.overview, A.ASKED),
    page("p/<slug:slug>/overview/set-aside/", pages.set_aside, A.MANAGER),
    page("p/<slug:slug>/<door:door>/", pages.door, A.ASKED),
    page("p/<slug:slug>/year/", pages.year, A.ASKED),
    page(
        "p/<slug:slug>/export/",
        exports.export,
        A.MANAGER,
        asks=Asks.EVERYBODY,
        why="what it gives out is as sensitive as the rooms of money",
    ),
    page("schools/<int:urn>/", pages.school, A.EVERYONE),
    page(
        "schools/<int:urn>/export/",
        exports.export_school,
        A.SIGNER,
        asks=Asks.OFFICE_OR_WHO_HAS_ONE,
        why="it gives out all that is kept of a school, to people who need no second factor for anything else but in an office",
    ),
]
