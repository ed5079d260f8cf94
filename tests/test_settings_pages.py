"""Pages of settings that two people have open: what one saved, the other does not overwrite unseen."""

from collections.abc import Iterator
from dataclasses import asdict
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from alongside.calendar.rules.settings import CalendarSettings
from alongside.core import clock
from alongside.partnerships.queries import settings_of
from tests.signing_in import enter
from tests.world import TODAY, World, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Iterator[World]:
    with clock.at(clock.start_of(TODAY, 12)):
        yield build()


def test_settings_of_the_calendar_that_somebody_else_changed_meanwhile_are_not_overwritten(world: World) -> None:
    of = world.alder.partnership
    client, address = enter(Client(), world.alder.people["manager"]), reverse("calendar:settings", args=[of.slug])
    page = client.get(address).content.decode()
    version = page.split('name="version" value="')[1].split('"')[0]
    now = settings_of(of, CalendarSettings)
    mine = {**asdict(now), "teaching_share": 61, "version": version}
    assert client.post(address, {**asdict(now), "nation": "scotland", "version": version}).status_code == 302
    refused = client.post(address, mine)
    words = unescape(refused.content.decode())
    assert refused.status_code == 409 and "Teaching share" in words and "61" in words and "scotland" in words
    assert settings_of(of, CalendarSettings).nation == "scotland"
    assert client.post(address, {key: value for key, value in mine.items() if key != "version"}).status_code == 200
    assert settings_of(of, CalendarSettings).teaching_share == now.teaching_share
