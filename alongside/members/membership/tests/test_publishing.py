"""A draft whose words name days that are none of the sign-up's is not published by one press."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from alongside.members.membership.actions import office, prospectus
from alongside.members.membership.models import Prospectus
from alongside.members.membership.rules.dates import MembershipSettings
from alongside.members.membership.tests import make
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import mark_now

pytestmark = pytest.mark.usefixtures("tuesday")


def drafted(place: Partnership, why: str) -> Prospectus:
    draft = prospectus.start_draft(partnership=place, by=make.SYSTEM)
    return prospectus.edit_prospectus(draft=draft, version=1, texts={**draft.texts, "why": why}, by=make.SYSTEM)


@pytest.mark.parametrize(
    ("why", "is_stale"),
    [
        ("Sign by 18 March 2022.", False),
        ("Sign by 4 February 2022.", True),
        ("We met on 4 January 2021 and on 5 January 2021.", True),
        ("The term ends on 31 August 2024.", False),
    ],
)
def test_publishing_asks_for_a_tick_where_a_day_is_none_of_those_set(
    place: Partnership, client: Client, why: str, is_stale: bool
) -> None:
    draft, page = drafted(place, why), f"/p/{place.slug}/membership/prospectus/preview/"
    assert ("publish the words as they stand" in client.get(page).content.decode()) == is_stale
    answer = client.post(page, {"version": draft.version})
    refused = "Change the words, or tick the box" in answer.content.decode()
    assert (refused, Prospectus.objects.filter(published_at=None).exists()) == (is_stale, is_stale)
    client.post(page, {"version": draft.version, "sure": "on"})
    assert not Prospectus.objects.filter(published_at=None).exists()


def test_days_that_moved_after_the_preview_ask_for_the_tick_too(place: Partnership, client: Client) -> None:
    draft, page = drafted(place, "Sign by 18 March 2022."), f"/p/{place.slug}/membership/prospectus/preview/"
    moved = {**make.DATES.__dict__, "sign_by": date(2022, 3, 17)}
    version = mark_now(place, MembershipSettings)
    office.change_dates(partnership=place, settings=MembershipSettings(**moved), version=version, by=make.SYSTEM)
    assert "tick the box" in client.post(page, {"version": draft.version}).content.decode()


@pytest.mark.parametrize(("deed", "leads"), [("preview", False), ("save", True)])
def test_what_was_done_never_leads_to_the_page_on_which_it_is_read(
    place: Partnership, client: Client, deed: str, leads: bool
) -> None:
    draft = drafted(place, "Because.")
    words: dict[str, Any] = {**draft.texts, "version": draft.version, "deed": deed}
    page = client.post(f"/p/{place.slug}/membership/prospectus/", words, follow=True).content.decode()
    assert "is saved" in page and ("See it as schools will" in page) == leads
