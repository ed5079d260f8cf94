from django.urls import path, register_converter

from alongside.across.home.views import exports, feeds, mine, pages
from alongside.ground.core.declaration import Door


class DoorConverter:
    """A door of the way about, but for our year, which is a page of its own."""

    regex = "|".join(door for door in Door if door is not Door.OUR_YEAR)

    def to_python(self, value: str) -> Door:
        """The door."""
        return Door(value)

    def to_url(self, value: Door) -> str:
        """As it stands in an address."""
        return str(value)


register_converter(DoorConverter, "door")
app_name = "home"
urlpatterns = [
    path("", pages.front, name="front"),
    path("me/", mine.me, name="me"),
    path("me/calendar/", mine.calendar, name="calendar"),
    path("me/calendar/feed/", feeds.feed, name="feed"),
    path("me/calendar/feed/end/", feeds.end_feed, name="end_feed"),
    path("me/settings/", mine.settings, name="settings"),
    path("me/data/", exports.my_data, name="my_data"),
    path("search/", pages.search, name="search"),
    path("public/calendar/<str:secret>.ics", feeds.public_calendar, name="public_calendar"),
    path("p/<slug:slug>/overview/", pages.overview, name="overview"),
    path("p/<slug:slug>/<door:door>/", pages.door, name="door"),
    path("p/<slug:slug>/year/", pages.year, name="year"),
    path("p/<slug:slug>/export/", exports.export, name="export"),
    path("schools/<int:urn>/", pages.school, name="school"),
    path("schools/<int:urn>/export/", exports.export_school, name="export_school"),
]
