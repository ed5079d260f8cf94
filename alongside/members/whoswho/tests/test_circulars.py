"""One message to everybody on a list: looked at first, sent once to each, and told where it did not arrive."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Post
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.members.notices.actions.returning import take_return
from alongside.members.notices.models import Notice
from alongside.members.notices.rules.bounces import Came, Return
from alongside.members.notices.rules.messages import NoticeState
from alongside.members.notices.tests.make import returned
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Person, Role
from alongside.members.people.queries.roles import standing_of
from alongside.members.people.tests.make import SYSTEM, asked, person, role
from alongside.members.schools.models import School
from alongside.members.schools.tests.make import school as new_school
from alongside.members.whoswho import actions, queries, rules, tasks
from alongside.members.whoswho.models import Circular, CircularReader
from alongside.members.whoswho.rules import Chosen, Goes, Missed
from alongside.members.whoswho.tests.test_lists import page, save

DSLS = Chosen(post="dsl")


def written(elm: Partnership, by: Role, sends: bool = True, **said: Any) -> Circular:
    """A message to the safeguarding leads; sent by the worker unless said otherwise."""
    words = {"subject": "Training on 5 May", "words": "Please bring last year’s form.", "goes": Goes.AT_ONCE, "seen": UNSEEN}
    deed = {"partnership": elm, "chosen": DSLS, "key": keys.new_key(), **words, **said}
    made = actions.write_circular(**deed, by=standing_of(by.person))
    if sends:
        tasks.send_circular(made.pk)
    return made


def told() -> list[str]:
    return sorted(Notice.objects.filter(kind__startswith="whoswho.").values_list("to", flat=True))


def test_each_on_the_list_gets_one_message_however_often_it_is_begun(
    elm: Partnership, schools: list[School], office: Role
) -> None:
    ada = Role.objects.get(person__name="Ada").person
    role("dsl", schools[1], ada)
    key = keys.new_key()
    made = written(elm, office, key=key)
    assert written(elm, office, key=key) == made and Circular.objects.get().many == 3
    tasks.send_circular(made.pk)
    tasks.finish_circulars()
    assert told() == ["ada@900501.example", "bo@900502.example", "cy@gmail.com"]
    mail = Notice.objects.get(to="cy@gmail.com")
    assert (mail.subject, mail.person, mail.state) == ("Training on 5 May", Person.objects.get(name="Cy").pk, NoticeState.WAITING)
    assert mail.body.startswith("Dear Cy,\n\nPlease bring last year’s form.\n\nMo\nElm Valley\n\n")
    assert "You get this as designated safeguarding lead of Brook School." in mail.body
    with pytest.raises(Conflict):
        written(elm, office, key=key, words="Something else.")


def test_a_list_is_written_to_by_the_office_and_sent_by_the_worker(elm: Partnership, schools: list[School], office: Role) -> None:
    head = role(Post.HEAD, schools[0])
    with pytest.raises(Refused):
        written(elm, head)
    with pytest.raises(Refused):
        actions.tell_readers(circular=written(elm, office, sends=False), by=standing_of(office.person))
    assert not told() and not queries.whom_it_reaches(elm, DSLS, viewer=standing_of(head.person)).people
    for address in ("write", "circulars"):
        client = Client()
        client.force_login(head.person)
        assert client.get(reverse(f"whoswho:{address}", args=[elm.slug])).status_code == 403
    assert not Circular.objects.visible_to(standing_of(head.person)) | Circular.objects.visible_to(standing_of(person()))


def test_who_cannot_be_written_to_is_told_with_why_and_gets_nothing(
    elm: Partnership, schools: list[School], office: Role
) -> None:
    ash = new_school("Ash School", urn=900_600)
    asked(elm, ash)
    role("dsl", ash, person("Only asked"))
    Person.objects.filter(name="Bo").update(email=None)
    returned(elm, to="ada@900501.example", came=Came.FULL)
    shown = page("write", elm, office, post="dsl")
    assert "2 people cannot be written to" in shown and "The mailbox is full" in shown and "Only asked" not in shown
    assert "Bo, designated safeguarding lead of Hill School: no e-mail address." in shown
    made = written(elm, office)
    assert told() == ["cy@gmail.com"] and made.many == 1
    why = dict(made.readers.values_list("person__name", "missed"))
    assert why == {"Ada": Missed.CAME_BACK, "Bo": Missed.NO_ADDRESS, "Cy": ""}
    Person.objects.filter(name="Cy").update(email=None)
    with pytest.raises(Invalid, match="Nobody on this list"):
        written(elm, office)


def test_a_list_that_changed_since_it_was_looked_at_is_looked_at_again(
    elm: Partnership, schools: list[School], office: Role
) -> None:
    client, address = Client(), reverse("whoswho:write", args=[elm.slug]) + "?post=dsl"
    client.force_login(office.person)
    said = {"subject": "Training", "words": "On 5 May.", "goes": "at_once", "key": keys.new_key()}
    look = client.post(address, {**said, "deed": "look"}).content.decode()
    assert "Look before you send" in look and "As Cy gets it" in look and "Dear Cy," in look and "Send it to 3 people" in look
    assert not Circular.objects.exists()
    seen = str(queries.whom_it_reaches(elm, DSLS, viewer=standing_of(office.person)).shown)
    assert seen in look
    role("dsl", schools[0])
    refused = client.post(address, {**said, "deed": "send", "seen": seen}).content.decode()
    assert "You saw 3 people who would get it; by now it is 4 people" in refused and "On 5 May." in refused
    assert not Circular.objects.exists()
    again = str(queries.whom_it_reaches(elm, DSLS, viewer=standing_of(office.person)).shown)
    done = client.post(address, {**said, "deed": "send", "seen": again}, follow=True).content.decode()
    assert "Your message to 4 people is on its way" in done and "Take it back" in done


def test_what_can_wait_goes_as_each_has_chosen(elm: Partnership, schools: list[School], office: Role) -> None:
    written(elm, office, goes=Goes.WAITS)
    assert set(Notice.objects.filter(kind="whoswho.circular").values_list("state", flat=True)) == {NoticeState.GATHERED}


def test_who_has_left_before_it_went_gets_nothing(elm: Partnership, schools: list[School], office: Role) -> None:
    made = written(elm, office, sends=False)
    yesterday = clock.today() - timedelta(days=1)
    Role.objects.filter(person__name="Ada").update(ended_at=clock.now(), until_on=yesterday)
    tasks.send_circular(made.pk)
    assert told() == ["bo@900502.example", "cy@gmail.com"]
    assert CircularReader.objects.get(person__name="Ada").missed == Missed.LEFT


def test_a_sending_that_died_half_way_is_gone_on_with(
    elm: Partnership, schools: list[School], office: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "AT_A_TIME", 2)
    made = written(elm, office, sends=False)
    assert actions.tell_readers(circular=made, by=SYSTEM) == 2 and len(told()) == 2
    tasks.finish_circulars()
    assert told() == ["ada@900501.example", "bo@900502.example", "cy@gmail.com"]


def test_its_page_says_to_whom_it_went_and_what_came_back(elm: Partnership, schools: list[School], office: Role) -> None:
    saved, made = save(elm, office), written(elm, office)
    notice = Notice.objects.get(to="ada@900501.example")
    Notice.objects.exclude(pk=notice.pk).update(state=NoticeState.SENT, sent_at=clock.now(), due_at=None)
    take_return(came=Return(Came.PERMANENT, notice.pk, "5.1.1", "550", is_final=True), by=SYSTEM)
    Notice.objects.filter(pk=notice.pk).update(state=NoticeState.RETURNED, sent_at=clock.now(), due_at=None)
    went = queries.how_it_went(made, viewer=standing_of(office.person))
    assert went == {"sent": 2, "waits": 0, "gathered": 0, "trouble": 1, "unreached": 0, "open": 0}
    shown, trouble = page("circular", elm, office, made.pk), page("circular", elm, office, made.pk, show="trouble")
    assert "Please bring last year’s form." in shown and "Ada" in shown and "Bo" in shown and "Came back" in shown
    assert reverse("notices:show", args=[elm.slug, notice.pk]) in trouble and "Bo" not in trouble.split("tbody")[1]
    assert "Mo, " in (listed := page("saved_list", elm, office, saved.pk)) and "to 3 people" in listed
    assert "Training on 5 May" in page("circulars", elm, office)
    actions.forget_list(saved=saved, by=standing_of(office.person))
    assert Circular.objects.filter(pk=made.pk).exists(), "what was written is kept"


def test_what_waits_is_taken_back_from_whom_it_has_not_reached(elm: Partnership, schools: list[School], office: Role) -> None:
    made, who = written(elm, office, goes=Goes.WAITS), standing_of(office.person)
    gone = Notice.objects.get(to="ada@900501.example")
    Notice.objects.filter(pk=gone.pk).update(state=NoticeState.SENT, sent_at=clock.now(), due_at=None)
    shown = page("circular", elm, office, made.pk)
    assert "2 people have not got it yet" in shown and "Wait for their other messages" in shown and "On the way" not in shown
    look = page("take_back_circular", elm, office, made.pk)
    assert "Bo, designated" in look and "Cy, designated" in look and "Ada, designated" not in look
    assert "1 person has it already" in look and "Take it back from 2 people" in look
    seen = str(rules.shown_waiting([one.pk for one in queries.still_waiting(made, viewer=who)]))
    with pytest.raises(Conflict):
        actions.take_back_circular(circular=made, seen="", by=who)
    with pytest.raises(Refused):
        actions.take_back_circular(circular=made, seen=seen, by=standing_of(role(Post.HEAD, schools[0]).person))
    assert actions.take_back_circular(circular=made, seen=seen, by=who) == 2 and told() == ["ada@900501.example"]
    why = dict(made.readers.values_list("person__name", "missed"))
    assert why == {"Ada": "", "Bo": Missed.TAKEN_BACK, "Cy": Missed.TAKEN_BACK}
    tasks.send_circular(made.pk)
    assert told() == ["ada@900501.example"], "the worker sends it to nobody more"
    assert "gone to everybody already" in page("take_back_circular", elm, office, made.pk)
    with pytest.raises(Conflict, match="gone to everybody"):
        actions.take_back_circular(circular=made, seen=str(rules.shown_waiting([])), by=who)


def test_what_nobody_was_told_of_yet_is_taken_back_whole(elm: Partnership, schools: list[School], office: Role) -> None:
    made, who = written(elm, office, sends=False, goes=Goes.WAITS), standing_of(office.person)
    went = queries.how_it_went(made, viewer=who)
    assert (went["gathered"], went["waits"], went["open"]) == (3, 0, 3)
    seen = str(rules.shown_waiting([one.pk for one in queries.still_waiting(made, viewer=who)]))
    assert actions.take_back_circular(circular=made, seen=seen, by=who) == 3
    tasks.send_circular(made.pk)
    assert not told()


def test_a_message_that_is_begun_from_a_saved_list_keeps_its_name(elm: Partnership, schools: list[School], office: Role) -> None:
    saved, client = save(elm, office, name="All our DSLs"), Client()
    client.force_login(office.person)
    assert f"list={saved.pk}" in page("saved_list", elm, office, saved.pk)
    address = reverse("whoswho:write", args=[elm.slug])
    for asked_for, whom in (
        (f"?post=dsl&list={saved.pk}", "All our DSLs: Designated safeguarding lead"),
        (f"?post=head&list={saved.pk}", "Headteacher"),
        ("?post=dsl&list=nothing", "Designated safeguarding lead"),
    ):
        assert f">{whom}<" in client.get(address + asked_for).content.decode(), asked_for
    made = written(elm, office, saved=saved)
    assert made.whom == "All our DSLs: Designated safeguarding lead"
