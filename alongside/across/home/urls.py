from django.urls import path

from alongside.across.home.views import exports, feeds, mine, pages

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
    path("p/<slug:slug>/year/", pages.year, name="year"),
    path("p/<slug:slug>/export/", exports.export, name="export"),
    path("schools/<int:urn>/", pages.school, name="school"),
    path("schools/<int:urn>/export/", exports.export_school, name="export_school"),
]
