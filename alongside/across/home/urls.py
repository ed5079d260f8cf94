from django.urls import path, register_converter

from alongside.across.home import views
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
    path("", views.front, name="front"),
    path("me/", views.me, name="me"),
    path("me/calendar/", views.calendar, name="calendar"),
    path("me/calendar/feed/", views.feed, name="feed"),
    path("me/calendar/feed/end/", views.end_feed, name="end_feed"),
    path("me/settings/", views.settings, name="settings"),
    path("me/data/", views.my_data, name="my_data"),
    path("search/", views.search, name="search"),
    path("public/calendar/<str:secret>.ics", views.public_calendar, name="public_calendar"),
    path("p/<slug:slug>/overview/", views.overview, name="overview"),
    path("p/<slug:slug>/<door:door>/", views.door, name="door"),
    path("p/<slug:slug>/year/", views.year, name="year"),
    path("p/<slug:slug>/export/", views.export, name="export"),
    path("schools/<int:urn>/", views.school, name="school"),
    path("schools/<int:urn>/export/", views.export_school, name="export_school"),
]
