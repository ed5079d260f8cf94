"""The pages: what they show, and that their forms write."""

from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from alongside.deciding.bodies.actions import bodies as actions
from alongside.deciding.bodies.models import Body, Check, Holder, HolderEntry, Seat, SkillAnswer, Tenure
from alongside.deciding.bodies.queries.lists import people_for
from alongside.deciding.bodies.tests.make import FIRST, Board, body_of, seat_of
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Post, Standing
from alongside.members.authority.models import Authority
from alongside.members.membership.actions import prospectus as writing
from alongside.members.membership.tests.make import person
from alongside.members.partnerships.models import Membership
from alongside.members.people.models import Person, Role
from tests.signing_in import enter
from tests.visiting import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 21)]


@pytest.fixture
def board() -> Board:
    made = Board()
    made.nominate()
    return made


@pytest.fixture
def office(board: Board) -> Client:
    return enter(Client(), Person.objects.get(pk=board.manager.person))


def read(client: Client, page: str, board: Board, *args: str, **asked: str) -> str:
    answer = client.get(reverse(f"bodies:{page}", args=[board.partnership.slug, *args]), asked)
    return " ".join(unescape(answer.content.decode()).split())


def send(client: Client, page: str, board: Board, *args: str, **typed: object) -> str:
    address = reverse(f"bodies:{page}", args=[board.partnership.slug, *args])
    answer = client.post(address, {"key": keys.new_key(), **typed}, follow=True)
    return " ".join(unescape(answer.content.decode()).split())


def day(name: str, on: date) -> dict[str, int]:
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def test_the_board_reads_true_today_and_on_another_day(board: Board, office: Client) -> None:
    page = read(office, "body", board, board.body.pk)
    assert "5 of 10" in page and "3 of 5 voting members in post" in page and "Lee Adams acts as chair" in page
    said = {"name": "Jo Clark", **day("from_on", date(2022, 9, 1))}
    lee = Tenure.objects.get(seat__title="Local authority representative 1")
    assert "Jo Clark holds “Local authority representative 1” from 1 September 2022" in send(
        office, "replace", board, lee.pk, **said
    )
    assert "From 1 September 2022: Jo Clark" in read(office, "body", board, board.body.pk)
    later = read(office, "body", board, board.body.pk, on="2022-09-01")
    assert "As of Thursday 1 September 2022" in later and "Jo Clark" in later
    assert "This body was there from 21 March 2022" in read(office, "body", board, board.body.pk, on="2022-01-01")
    assert "5 of 10" in read(office, "body", board, board.body.pk, on="never")
    everybody = read(office, "everybody", board, board.body.pk)
    assert "Jo Clark" in everybody and "Replaced" in everybody


def test_a_refused_head_reads_the_reason_beside_the_field(board: Board, office: Client) -> None:
    seat = board.seat("Other primary head 1").pk
    said = {"person": board.heads["Oak"].person, **day("from_on", FIRST)}
    assert "is for somebody other: the prospectus says “other” heads" in send(office, "appoint", board, seat, **said)
    said["person"] = board.heads["Elm"].person or ""
    assert "Elm’s head holds “Other primary head 1” from 21 March 2022 until 20 March 2024. A message to them is" in send(
        office, "appoint", board, seat, **said
    )


def test_a_body_is_made_from_a_template_as_it_was_changed(board: Board, office: Client) -> None:
    assert "Ten seats, as a borough’s prospectus has them" in read(office, "make", board)
    page = read(office, "make_from", board, "local")
    assert "Local governing body" in page and "Oak" in page
    lines = {"title_0": "Governor", "number_0": "2", **{f"number_{at}": "0" for at in range(1, 7)}}
    lines |= {f"title_{at}": "x" for at in range(1, 7)}
    said = {"name": "Academy council", "school": board.schools["Oak"].urn, "years": "3", "share": "third", "least": "2"}
    made = send(office, "make_from", board, "local", **said, **lines, **day("started_on", FIRST))
    body = Body.objects.get(name="Academy council")
    assert "Academy council is there" in made and body.school == board.schools["Oak"] and body.kind == "local"
    assert list(body.seats.values_list("title", "term_years")) == [("Governor 1", 3), ("Governor 2", 3)]
    none = {**lines, "number_0": "0", "name": "None"}
    assert "A body has at least one seat" in send(
        office, "make_from", board, "local", **{**said, **none}, **day("started_on", FIRST)
    )


def test_a_board_of_all_heads_says_who_comes_and_what_brings_them() -> None:
    board = Board()
    Membership.objects.all().delete()
    client = enter(Client(), Person.objects.get(pk=board.manager.person))
    lines = {"title_0": "Heads", "number_0": "1", "title_1": "Chair", "number_1": "1", "title_2": "Clerk", "number_2": "1"}
    said = {**lines, "share": "half", "least": "0", **day("started_on", FIRST)}
    made = send(client, "make_from", board, "steering", name="Steering board", **said)
    by_itself = "Each head of a school that has signed sits here by itself; no school has signed yet"
    asks = reverse("inviting:schools", args=[board.partnership.slug])
    assert f"Steering board is there. {by_itself}." in made and "Fill its seats" not in made and made.count(asks) >= 2
    body = Body.objects.get(name="Steering board")
    row = read(client, "body", board, body.pk)
    assert by_itself in row and asks in row and "nobody who votes sits there yet" in row and "make a quorum" not in row
    officer = enter(Client(), Person.objects.get(pk=person("Fi", Post.FINANCE, partnership=board.partnership).person))
    row = read(officer, "body", board, body.pk)
    assert by_itself in row and asks not in row and reverse("membership:overview", args=[board.partnership.slug]) in row
    board.admit("Oak")
    row = read(client, "body", board, body.pk)
    assert "Oak’s head" in row and "make a quorum" in row and asks not in row and "no school has signed" not in row
    again = send(client, "make_from", board, "steering", name="Other board", **said)
    assert "Other board is there, and 1 head sits there by their post. Fill its other seats." in again
    board.admit("Elm")
    Role.objects.filter(school__in=[board.schools["Oak"], board.schools["Elm"]]).delete()
    row = read(client, "body", board, body.pk)
    assert "of 2 such schools no head is here yet" in row
    assert reverse("people:invite_many", args=[board.partnership.slug]) in row


def test_seats_quorum_and_names_are_changed_on_their_pages(board: Board, office: Client) -> None:
    key, seat = board.body.pk, board.seat("Special school representative")
    add = {"title": "Finance", "filling": "co_opted", "deputy": "none", "seat_for": "", "duty": "member", **day("from_on", FIRST)}
    assert "“Finance” is there from 21 March 2022" in send(office, "add_seat", board, key, **add)
    change = {"title": "Special schools", "filling": "nominated", "deputy": "votes", "seat_for": "special", "version": 1,
              **day("from_on", FIRST)}  # fmt: skip
    assert "“Special schools” is changed" in send(office, "change_seat", board, seat.pk, **change)
    assert "ends on 31 July 2022" in send(office, "end_seat", board, seat.pk, **day("until_on", date(2022, 7, 31)))
    quorum = {"share": "number", "least": "4", **day("from_on", FIRST)}
    assert "This quorum holds from 21 March 2022" in send(office, "quorum", board, key, **quorum)
    name = {"name": "The board", "shown": "public", "is_public": "on", "version": 1}
    assert "The board is changed" in send(office, "change", board, key, **name)
    assert "The board ends on 31 July 2023" in send(office, "end", board, key, **day("until_on", date(2023, 7, 31)))
    assert "Ends on 31 July 2023" in read(office, "bodies", board)


@pytest.mark.parametrize(
    ("today", "card", "rest"), [(date(2022, 7, 31), "2 bodies", ""), (date(2022, 8, 1), "1 body", ", and 1 that ended")]
)
def test_a_body_counts_to_its_last_day(board: Board, office: Client, today: date, card: str, rest: str) -> None:
    other = body_of(board.partnership, "headboard")
    actions.end_body(body=other, until_on=date(2022, 7, 31), by=board.manager)
    with clock.at(clock.start_of(today, 12)):
        assert f">{card}{rest}.<" in read(office, "bodies", board)
        door = text_of(office.get(reverse("home:door", args=[board.partnership.slug, "deciding"])))
    assert card in door


def test_dates_are_corrected_and_a_mistake_is_struck_out(board: Board, office: Client) -> None:
    pat = Tenure.objects.get(seat__title="Local authority representative 2")
    assert "Entered by mistake?" in read(office, "change_tenure", board, pat.pk)
    said = {**day("from_on", FIRST), **day("until_on", date(2022, 7, 31)), "ended_because": "Left", "version": 1}
    assert "Pat Burns: 21 March 2022 to 31 July 2022." in send(office, "change_tenure", board, pat.pk, **said)
    look = read(office, "strike_tenure", board, pat.pk)
    assert "Strike out Pat Burns?" in look and "No day shows Pat Burns on “Local authority representative 2” any more" in look
    assert not Tenure.objects.filter(is_struck=True).exists() and "Struck out" not in read(
        office, "everybody", board, board.body.pk
    )
    assert "Struck out: Pat Burns never held" in send(office, "strike_tenure", board, pat.pk)
    assert "Struck out" in read(office, "everybody", board, board.body.pk)


def test_the_holder_states_interests_and_the_register_shows_them_as_the_kind_has_it(board: Board, office: Client) -> None:
    oak = enter(Client(), Person.objects.get(pk=board.heads["Oak"].person))
    holder = Holder.objects.get(person=board.heads["Oak"].person).pk
    assert "Your page as Oak’s head" in read(oak, "bodies", board)
    assert "Nothing to declare" in read(oak, "person", board, holder)
    stated = send(oak, "add_entry", board, holder, "interest", words="Owns a shop", **day("from_on", FIRST))
    assert "Interest written down." in stated and "These are all" in stated
    assert "1 interest confirmed. It is asked again in a year" in send(oak, "confirm", board, holder)
    elm = enter(Client(), Person.objects.get(pk=board.heads["Elm"].person))
    assert "Owns a shop" in read(elm, "interests", board, board.body.pk)  # a partnership board: for its schools
    assert elm.get(reverse("bodies:person", args=[board.partnership.slug, holder])).status_code == 404
    entry = HolderEntry.objects.get(kind="interest")
    assert elm.get(reverse("bodies:end_entry", args=[board.partnership.slug, entry.pk])).status_code == 404
    said = send(oak, "end_entry", board, entry.pk, **day("until_on", FIRST))
    assert "It has ended, and stays in the register of the days until then" in said
    assert "Owns a shop (until 21 March 2022)" in read(elm, "interests", board, board.body.pk)
    training = send(office, "add_entry", board, holder, "training", words="Safer recruitment", **day("from_on", FIRST))
    assert (
        "Training written down." in training
        and oak.get(f"/p/{board.partnership.slug}/bodies/person/{holder}/add/x/").status_code == 404
    )


def test_who_enters_the_word_of_somebody_else_looks_first_and_the_holder_does_not(board: Board, office: Client) -> None:
    oak = enter(Client(), Person.objects.get(pk=board.heads["Oak"].person))
    holder = Holder.objects.get(person=board.heads["Oak"].person)
    address = reverse("bodies:confirm", args=[board.partnership.slug, holder.pk])
    assert "They said: nothing to declare" in read(office, "person", board, holder.pk)
    assert "Only what Oak’s head has said to you" in (look := read(office, "confirm", board, holder.pk))
    assert "Enter that they declare nothing" in look and not HolderEntry.objects.filter(kind="word").exists()
    send(office, "add_entry", board, holder.pk, "interest", words="Owns a shop", **day("from_on", FIRST))
    look = read(office, "confirm", board, holder.pk)
    assert "They say that this is all there is:" in look and "<li>Owns a shop</li>" in look
    assert oak.get(address).status_code == 405 and "They said" not in read(oak, "person", board, holder.pk)
    assert "1 interest confirmed" in send(office, "confirm", board, holder.pk)
    assert enter(Client(), Person.objects.get(pk=board.heads["Elm"].person)).get(address).status_code == 404


def test_the_training_of_a_bodys_people_is_a_list_and_a_file_for_its_clerk_and_the_office(board: Board, office: Client) -> None:
    assert "None written down" in read(office, "training", board, board.body.pk)
    for name in ("Oak", "Ash"):
        holder = Holder.objects.get(person=board.heads[name].person)
        send(office, "add_entry", board, holder.pk, "training", words=f"Finance for {name}", **day("from_on", FIRST))
    page = read(office, "training", board, board.body.pk)
    assert page.index("Finance for Ash") < page.index("Finance for Oak")
    address = reverse("bodies:training", args=[board.partnership.slug, board.body.pk])
    file = text_of(office.get(f"{address}?as=csv")).splitlines()[-3:]
    assert file[0].endswith("Name,Training,On") and file[1].startswith("Ash’s head,Finance for Ash,")
    assert enter(Client(), Person.objects.get(pk=board.heads["Oak"].person)).get(address).status_code == 403


def test_a_check_is_kept_as_a_day_one_by_one_or_several_at_once(board: Board, office: Client) -> None:
    check = Check.objects.filter(kind="code")[0]
    assert "Code of conduct agreed" in read(office, "checks", board, board.body.pk)
    wrong = send(office, "check", board, check.pk)
    assert "Enter the day, or tick that it does not apply" in wrong
    assert "Noted." in send(office, "check", board, check.pk, **day("done_on", FIRST))
    assert "Noted." in send(office, "check", board, Check.objects.filter(kind="induction")[0].pk, does_not_apply="on")
    assert "Enter one day for several" in read(office, "checks", board, board.body.pk)
    left = list(Check.objects.filter(tenure__seat__body=board.body, done_on=None, is_needed=True).values_list("pk", flat=True))
    nothing = send(office, "do_checks", board, board.body.pk, **day("done_on", FIRST))
    assert "Answer: What was done?" in nothing
    said = send(office, "do_checks", board, board.body.pk, checks=left, **day("done_on", FIRST))
    assert "Code of conduct agreed" not in said and "Nothing here" in said, (
        "what is to do comes first, and the done behind a word"
    )
    done = office.get(reverse("bodies:checks", args=[board.partnership.slug, board.body.pk]) + "?show=done").content.decode()
    assert "Code of conduct agreed" in done and "does not apply" in done
    assert f"{len(left)} lines are done" in said and "Enter one day for several" not in said


def test_skills_are_said_and_shown_from_five_answers_on(board: Board, office: Client) -> None:
    headboard = body_of(board.partnership, "headboard")
    for name, who in board.heads.items():
        before = read(office, "skills", board, headboard.pk)
        assert "Not enough answers yet" in before
        said = {f"skill_{at}": "4" if name == "Oak" else "1" for at in range(12)}
        assert "Thank you." in send(enter(Client(), Person.objects.get(pk=who.person)), "say_skills", board, **said)
    assert SkillAnswer.objects.count() == 5 and "5 of 5 with an account have answered" in read(
        office, "skills", board, headboard.pk
    )
    assert office.get(reverse("bodies:say_skills", args=[board.partnership.slug])).status_code == 200


def test_the_scheme_leads_to_a_decision_that_rests_on_it(board: Board, office: Client) -> None:
    said = {"decision": "Waive a fee", "part_0": "decides", "part_2": "proposes", **day("from_on", FIRST)}
    page = send(office, "add_line", board, **said)
    assert "Partnership board: Waive a fee, from 21 March 2022." in page and "Record a decision: Waive a fee" in page
    line = board.partnership.scheme.get().pk
    changed = {**said, "part_0": "", "part_2": "decides", "version": 1, **day("from_on", date(2022, 9, 1))}
    assert "Office: Waive a fee, from 1 September 2022." in send(office, "change_line", board, line, **changed)
    new = board.partnership.scheme.exclude(pk=line).get().pk
    assert "This line ends on that day" in send(office, "end_line", board, new, **day("until_on", date(2022, 12, 31)))
    assert "Nothing is delegated yet" in read(office, "scheme", board, on="2022-01-01")
    form = office.get(
        reverse("authority:record_decision", args=[board.partnership.slug]),
        {"body": "Partnership board", "reference": "Scheme: x"},
    )
    assert 'value="Scheme: x"' in form.content.decode() and not Authority.objects.exists()


def test_settings_are_saved_and_say_whose_heads_count(board: Board, office: Client) -> None:
    page = office.get(reverse("bodies:settings", args=[board.partnership.slug])).content.decode()
    version = page.split('name="version" value="')[1].split('"')[0]
    said = {"primary": ["primary", "nursery"], "secondary": ["secondary"], "special": ["special"], "many_hats": 2}
    words = {"deciders": "Board\n\nHead", "skills": "Law\nLaw", "version": version}
    assert "Saved. They hold from today." in send(office, "settings", board, **said, **words)
    assert "Lee Adams" in read(office, "load", board)


def test_the_public_page_shows_a_body_that_the_office_switched_on(board: Board, office: Client) -> None:
    visitor, prospectus = Client(), reverse("membership:prospectus", args=[board.partnership.slug])
    address = reverse("bodies:public", args=[board.partnership.slug, board.body.pk])
    assert visitor.get(address).status_code == 404
    said = {"name": board.body.name, "about": "", "shown": "public", "is_public": True, "by": board.manager}
    actions.change_body(body=board.body, **said, version=1)
    page = unescape(visitor.get(address).content.decode())
    assert "Lee Adams (acting)" in page and "20 March 2024" in page and "Vacant" in page and "Register of interests" not in page
    pat = Holder.objects.get(name="Pat Burns")
    send(office, "add_entry", board, pat.pk, "interest", words="Owns a shop", **day("from_on", FIRST))
    page = unescape(visitor.get(address).content.decode())  # what is stated is published before their word that it is all
    assert "Owns a shop" in page and "Not yet" in page and "Not stated yet" in page and "Nothing to declare" not in page
    send(office, "confirm", board, Holder.objects.get(name="Lee Adams").pk)
    page = unescape(visitor.get(address).content.decode())
    assert "Register of interests" in page and "Nothing to declare" in page and "Left in the last" not in page
    tenure = Tenure.objects.get(holder=pat, is_acting=False)
    gone = {**day("from_on", FIRST), **day("until_on", date(2022, 7, 31)), "ended_because": "Left", "version": tenure.version}
    send(office, "change_tenure", board, tenure.pk, **gone)
    for on, shown in ((date(2022, 7, 31), False), (date(2022, 8, 1), True), (date(2023, 7, 31), True), (date(2023, 8, 1), False)):
        with clock.at(clock.start_of(on, 9)):
            told = visitor.get(address).content.decode()
            assert ("Left in the last twelve months" in told) is shown, on
            assert ("Owns a shop" in told) is (on < date(2023, 8, 1)), "of who left the interests stay for a year"
    writing.start_draft(partnership=board.partnership, by=Standing.system())
    writing.publish_prospectus(partnership=board.partnership, version=1, by=Standing.system())
    leads = reverse("bodies:published", args=[board.partnership.slug])
    assert leads in visitor.get(prospectus).content.decode() and address in visitor.get(leads).content.decode()


def test_somebody_from_outside_opens_their_board_and_nothing_of_the_office() -> None:
    board = Board()
    board.sits("Independent chair", "Dr Chair", email="chair@county.example")
    chair = enter(Client(), Person.objects.get(name="Dr Chair"))
    assert "Dr Chair" in read(chair, "body", board, board.body.pk) and "You sit here" in read(chair, "bodies", board)
    for page, args in (("add_seat", [board.body.pk]), ("load", []), ("appoint", [board.seat("Clerk").pk])):
        assert chair.get(reverse(f"bodies:{page}", args=[board.partnership.slug, *args])).status_code == 403
    assert chair.get(reverse("home:overview", args=[board.partnership.slug])).status_code == 200
    assert chair.get(reverse("membership:overview", args=[board.partnership.slug])).status_code == 403


def test_who_is_offered_for_a_seat(board: Board) -> None:
    said = [name for _, name in people_for(board.seat("Other primary head 1"), viewer=board.manager)]
    assert said == ["Elm’s head, Elm", "Oak’s head, Oak"]
    anyone = [name for _, name in people_for(board.seat("Local authority representative 1"), viewer=board.manager)]
    assert "Lee Adams" in anyone and "Mo, Partnership manager" in anyone
    headboard = body_of(board.partnership, "headboard")
    assert len(people_for(seat_of(headboard, "Chair"), viewer=board.manager)) == 5
    assert Seat.objects.filter(body=headboard).count() == 4
