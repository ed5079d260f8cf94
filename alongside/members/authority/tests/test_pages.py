from datetime import date
from html import unescape

import pytest
from django.test import Client

from alongside.ground.core import keys
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.verdict import Invalid
from alongside.members.authority import actions
from alongside.members.authority.models import Authority
from alongside.members.partnerships.tests import make as partnerships
from alongside.members.people.tests import make as people
from alongside.members.schools.tests import make as schools
from tests.audiences import day
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 1)]


def test_a_decision_is_written_down_and_an_unknown_school_is_said() -> None:
    of, school = partnerships.partnership(), schools.school("Elm Grove Primary")
    partnerships.member(of, school, from_on=date(2022, 3, 1))
    client, address = enter(Client(), people.holder(Post.MANAGER, of)[0]), f"/p/{of.slug}/authority/"
    key = client.get(address + "record/").content.decode().split('name="key" value="')[1][:12]
    said = {"key": key, "kind": "waiver", "body": "Board", "reference": "PB 4", "urn": "5", **day("decided_on")}
    wrong = unescape(client.post(address + "record/", said).content.decode())
    assert "Select a valid choice" in wrong and f'<option value="{school.urn}">Elm Grove Primary' in wrong
    client.post(address + "record/", {**said, "urn": str(school.urn)})
    assert Authority.objects.get().school == school
    assert "Elm Grove Primary" in client.get(address).content.decode()


def test_the_deed_itself_refuses_a_decision_without_its_minute() -> None:
    of, day = partnerships.partnership(), date(2022, 4, 1)
    said = {"partnership": of, "kind": "waiver", "body": "Board", "decided_on": day, "reference": "PB 4", "by": Standing.system()}
    for missing in ({"reference": " "}, {"body": ""}, {"decided_on": None}, {"decided_on": date(2022, 4, 2)}):
        with pytest.raises(Invalid) as refused:
            actions.record_decision(key=keys.new_key(), **said | missing)
        assert list(refused.value.problems) == list(missing)
