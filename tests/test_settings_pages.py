"""Pages of settings that two people have open: what one saved, the other does not overwrite unseen."""

import re
from dataclasses import asdict
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from alongside.members.calendar.rules.settings import CalendarSettings
from alongside.members.partnerships.queries import settings_of
from tests.signing_in import enter
from tests.world import World

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize(
    ("page", "field", "first", "second"),
    [
        ("fees:set_up", "bank_words", "Sort code 11-11-11", "Sort code 22-22-22"),
        ("invoices:reminder_days", "call_after", "41", "42"),
        ("membership:dates", "reminders_at_most", "0", "1"),
    ],
)
def test_a_page_that_was_opened_before_somebody_else_saved_is_refused(
    world: World, page: str, field: str, first: str, second: str
) -> None:
    client, address = enter(Client(), world.alder.people["manager"]), reverse(page, args=[world.alder.partnership.slug])
    shown = typed(client.get(address).content.decode())
    assert client.post(address, {**shown, field: first}).status_code == 302
    refused = client.post(address, {**shown, field: second})
    assert refused.status_code == 409 and first in unescape(refused.content.decode())
    assert typed(client.get(address).content.decode())[field] == first


def typed(page: str) -> dict[str, str]:
    """What the page's form would send."""
    form = page.split('<form method="post" class="al-form"')[1].split("</form>")[0]
    found = {}
    for box in re.findall(r"<input[^>]*>", form):
        said = dict(re.findall(r'([\w-]+)="([^"]*)"', box))
        if said.get("type") not in {"radio", "checkbox"} or " checked" in box:
            found[said["name"]] = said.get("value", "on")
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        found[name] = (re.findall(r'value="([^"]*)" selected', options) or [""])[0]
    found |= dict(re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>\n?([^<]*)</textarea>', form))
    return {name: unescape(value) for name, value in found.items()}
