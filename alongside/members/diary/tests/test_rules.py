"""What goes out, when, and what an answer says: tables of examples."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, strategies as st

from alongside.ground.core.dated import Dated
from alongside.ground.core.standing import Post
from alongside.ground.core.verdict import Conflict
from alongside.members.diary.rules import (
    Attending,
    DiaryWay,
    Known,
    comment_of,
    counts,
    is_time,
    named_in,
    outgoing,
    read_reply,
    stands,
    way_of,
    when,
    why_off,
)

NOW = datetime(2022, 3, 8, 10, tzinfo=UTC)
TODAY = NOW.date()
FAR = date.max


def thing(key: str = "a", on: date = TODAY + timedelta(days=8), **facts: object) -> Dated:
    return Dated(key, "a.thing", f"Thing {key}", "", "blue", "elm", "Elm", on, on, **facts)


def known(of: Dated, **facts: object) -> Known:
    said = {"digest": of.digest, "sequence": 0, "first_on": of.first_on, "starts_at": of.starts_at, "is_cancelled": False}
    return Known(of.uid, **{**said, **facts})


def told(things: list[Dated], before: list[Known], **facts: object) -> list[tuple[str, int]]:
    given = {"room": 3, "known_until": FAR, **facts}
    found = outgoing(things, {one.uid: one for one in before}, NOW, **given)
    return [("off" if one.is_off else "new" if one.known is None else "changed", one.sequence) for one in found]


A, TOMORROW, YESTERDAY = thing(), TODAY + timedelta(days=1), TODAY - timedelta(days=1)
LATER_TODAY, EARLIER = NOW + timedelta(hours=2), NOW - timedelta(hours=2)


@pytest.mark.parametrize(
    ("things", "before", "out"),
    [
        ([A], [], [("new", 0)]),
        ([A], [known(A)], []),
        ([thing(on=A.first_on + timedelta(days=1))], [known(A)], [("changed", 1)]),
        ([thing(on=A.first_on + timedelta(days=300))], [known(A, sequence=4)], [("changed", 5)]),
        ([], [known(A)], [("off", 1)]),
        ([thing(is_cancelled=True)], [known(A)], [("off", 1)]),
        ([thing(is_cancelled=True)], [], []),
        ([], [known(A, is_cancelled=True, sequence=1)], []),
        ([A], [known(A, is_cancelled=True, sequence=1)], [("changed", 2)]),
        ([thing(on=YESTERDAY)], [], []),
        ([thing(on=TODAY)], [], [("new", 0)]),
        ([thing(on=YESTERDAY)], [known(thing(on=YESTERDAY), digest="x")], []),
        ([], [known(thing(on=YESTERDAY))], []),
        ([], [known(thing(on=TODAY))], [("off", 1)]),
        ([thing(on=YESTERDAY)], [known(A)], [("off", 1)]),
        ([thing(on=TODAY, starts_at=LATER_TODAY)], [], [("new", 0)]),
        ([thing(on=TODAY, starts_at=EARLIER)], [], []),
        ([], [known(thing(on=TODAY, starts_at=EARLIER))], []),
        ([thing(on=TODAY + timedelta(days=60))], [], [("new", 0)]),
        ([thing(on=TODAY + timedelta(days=61))], [], []),
        ([thing(key, TOMORROW) for key in "abcde"], [], [("new", 0)] * 3),
        ([A, *(thing(key, TOMORROW) for key in "bcde")], [known(A, digest="x")], [("changed", 1), *[("new", 0)] * 3]),
    ],
)  # fmt: skip
def test_what_goes_out(things: list[Dated], before: list[Known], out: list[tuple[str, int]]) -> None:
    assert told(things, before) == out


def test_the_soonest_go_first_and_the_rest_when_there_is_room() -> None:
    things = [thing(key, TODAY + timedelta(days=day)) for key, day in (("a", 9), ("b", 2), ("c", 5), ("d", 1))]
    found = outgoing(things, {}, NOW, room=2, known_until=FAR)
    assert [one.thing.words for one in found if one.thing] == ["Thing d", "Thing b"]
    assert not outgoing(things, {}, NOW, room=0, known_until=FAR)


def test_what_was_not_looked_at_is_not_taken_for_gone() -> None:
    assert not told([], [known(A)], known_until=A.first_on - timedelta(days=1))
    assert told([], [known(A)], known_until=A.first_on) == [("off", 1)]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(-3, 70), st.booleans()), max_size=6))
def test_what_went_out_does_not_go_out_again(rows: list[tuple[str, int, bool]]) -> None:
    """Whatever happens to three dates, told again at once there is nothing to tell, and no number ever falls."""
    kept: dict[str, Known] = {}
    for key, day, off in rows:
        things = [thing(key, TODAY + timedelta(days=day), is_cancelled=off)]
        for one in outgoing(things, kept, NOW, room=9, known_until=FAR):
            uid = one.known.uid if one.known else things[0].uid
            assert one.known is None or one.sequence > kept[uid].sequence
            of = one.thing or things[0]
            kept[uid] = known(of, sequence=one.sequence, is_cancelled=one.is_off) if one.thing else Known(
                uid, "", one.sequence, kept[uid].first_on, None, is_cancelled=True
            )  # fmt: skip
        assert not outgoing(things, kept, NOW, room=9, known_until=FAR)


@pytest.mark.parametrize(
    ("chosen", "posts", "way"),
    [
        ("", [Post.HEAD], DiaryWay.MAIL),
        ("", [Post.MANAGER, Post.HEAD], DiaryWay.MAIL),
        ("", [Post.BUSINESS_MANAGER], DiaryWay.FEED),
        ("", [Post.GOVERNOR_CHAIR], DiaryWay.FEED),
        ("", [Post.MANAGER], DiaryWay.FEED),
        ("", [], DiaryWay.FEED),
        ("feed", [Post.HEAD], DiaryWay.FEED),
        ("none", [Post.HEAD], DiaryWay.NONE),
        ("mail", [Post.BUSINESS_MANAGER], DiaryWay.MAIL),
    ],
)
def test_how_dates_come_unless_somebody_says(chosen: str, posts: list[Post], way: DiaryWay) -> None:
    assert way_of(chosen, posts) is way


@pytest.mark.parametrize(
    ("at", "goes"),
    [
        (datetime(2022, 3, 8, 6, 59, tzinfo=UTC), False),
        (datetime(2022, 3, 8, 7, 0, tzinfo=UTC), True),
        (datetime(2022, 3, 8, 18, 59, tzinfo=UTC), True),
        (datetime(2022, 3, 8, 19, 0, tzinfo=UTC), False),
        (datetime(2022, 7, 5, 6, 0, tzinfo=UTC), True),  # seven in summer
        (datetime(2022, 7, 5, 18, 0, tzinfo=UTC), False),
        (datetime(2022, 3, 12, 10, tzinfo=UTC), False),  # a Saturday
        (datetime(2022, 3, 13, 10, tzinfo=UTC), False),
    ],
)
def test_when_invitations_go(at: datetime, goes: bool) -> None:
    assert is_time(at) is goes


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ((date(2022, 3, 18), date(2022, 3, 18), None), "Friday 18 March 2022"),
        ((date(2022, 7, 4), date(2022, 7, 8), None), "Monday 4 July 2022 to Friday 8 July 2022"),
        (
            (date(2022, 7, 4), date(2022, 7, 4), datetime(2022, 7, 4, 15, tzinfo=UTC)),
            "Monday 4 July 2022, 4pm",
        ),
    ],
)
def test_when_it_is_in_words(facts: tuple[date, date, datetime | None], words: str) -> None:
    assert when(*facts) == words


AT = datetime(2022, 3, 8, 9, tzinfo=UTC)
SOON = AT + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("sequence", "at", "before", "holds"),
    [
        (0, AT, None, True),
        (0, AT, (0, AT), True),  # within one second: what came later
        (0, SOON, (0, AT), True),
        (0, AT, (0, SOON), False),
        (1, AT, (0, SOON), True),
        (0, SOON, (1, AT), False),
    ],
)
def test_which_of_two_answers_holds(sequence: int, at: datetime, before: tuple[int, datetime] | None, holds: bool) -> None:
    assert counts(sequence, at, before=before) is holds


@pytest.mark.parametrize(
    ("answer", "answered_for", "moved_at", "attending"),
    [
        ("", 0, 0, None),
        ("ACCEPTED", 0, 0, Attending.YES),
        ("ACCEPTED", 0, 1, None),
        ("DECLINED", 1, 1, Attending.NO),
        ("TENTATIVE", 2, 1, Attending.PERHAPS),  # only its words changed since it moved
    ],
)
def test_an_answer_holds_until_the_date_moves(answer: str, answered_for: int, moved_at: int, attending: Attending | None) -> None:
    assert stands(answer, answered_for, moved_at) is attending


GUEST = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:Head@Oak.example"
LINES = {"method": "METHOD:REPLY", "uid": "UID:abc@alongside.invalid", "guest": GUEST, "stamp": "DTSTAMP:20220308T090000Z",
         "sequence": "SEQUENCE:2", "more": "X-NOTHING:1"}  # fmt: skip


def text(**lines: str) -> str:
    said = {**LINES, **lines}
    inside = [said[name] for name in ("uid", "guest", "stamp", "sequence", "more") if said[name]]
    parts = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", said["method"], "BEGIN:VEVENT", *inside, "END:VEVENT", "END:VCALENDAR"]
    return "\r\n".join([*parts, ""])


def test_what_a_plain_answer_says() -> None:
    found = read_reply(text(), NOW)
    assert (found.uid, found.says, found.guest, found.sequence, found.at, found.comment) == (
        "abc", Attending.YES, "head@oak.example", 2, AT, "",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "name", "value"),
    [
        ({"guest": GUEST.replace("ACCEPTED", "declined")}, "says", Attending.NO),
        ({"guest": GUEST.replace("ACCEPTED", "TENTATIVE")}, "says", Attending.PERHAPS),
        ({"guest": GUEST.replace("mailto:", "MAILTO:")}, "guest", "head@oak.example"),
        ({"sequence": ""}, "sequence", 0),
        ({"sequence": "SEQUENCE:-1"}, "sequence", 0),
        ({"stamp": ""}, "at", NOW),
        ({"stamp": "DTSTAMP:20990101T000000Z"}, "at", NOW),  # a clock that runs ahead
        ({"stamp": "DTSTAMP:20220308T090000"}, "at", AT),
        ({"stamp": "DTSTAMP;TZID=Europe/London:20220708T100000"}, "at", NOW),
        ({"more": "COMMENT:Sorry\\, at the county"}, "comment", "Sorry, at the county"),
        ({"more": "COMMENT;LANGUAGE=en-GB:\\n"}, "comment", ""),
        ({"more": "COMMENT:One\r\nCOMMENT:two"}, "comment", "One two"),
        ({"more": f"COMMENT:{'x' * 900}"}, "comment", "x" * 300),
        ({"guest": GUEST.replace(":mail", ';X-RESPONSE-COMMENT="Sorry, no":mail')}, "comment", "Sorry, no"),
    ],
)
def test_what_an_answer_says(lines: dict[str, str], name: str, value: object) -> None:
    said = getattr(read_reply(text(**lines), NOW), name)
    assert (comment_of(said, "", "") if name == "comment" else said) == value


NOTE = "So sorry, Ofsted is with us.\nCould item 4 wait?"


@pytest.mark.parametrize(
    ("comment", "words", "kept"),
    [
        ("", "", ""),
        ("Sorry", "Something else", "Sorry"),
        ("\n", NOTE, "So sorry, Ofsted is with us. Could item 4 wait?"),
        (f"{NOTE}\n\nHassan Prewett\n", "", "So sorry, Ofsted is with us. Could item 4 wait?"),
        (f"{NOTE}\n\nKind regards\nHassan Prewett\nHeadteacher", "", "So sorry, Ofsted is with us. Could item 4 wait?"),
        ("", f"{NOTE}\n\nHassan\n\nFrom: Elthorne\nSent: 8 March 2022\nSubject: Board\n\nDear Hassan",
         "So sorry, Ofsted is with us. Could item 4 wait?"),
        ("", "Hassan Prewett has declined this invitation.\n\nBoard\nWednesday", ""),
        ("", 'Hassan Prewett declined your invitation to the event "Board", on 16 Mar 2022.', ""),
    ],
)  # fmt: skip
def test_what_is_written_beside_an_answer_is_kept_without_what_stands_under_it(comment: str, words: str, kept: str) -> None:
    assert comment_of(comment, words, "Hassan Prewett") == kept


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"is_there": False, "chosen": "feed", "way": DiaryWay.FEED}, "you hold no post or seat there any longer"),
        ({"is_there": True, "chosen": "feed", "way": DiaryWay.FEED}, "you asked for no invitations by mail"),
        ({"is_there": True, "chosen": "none", "way": DiaryWay.NONE}, "you asked for no invitations by mail"),
        ({"is_there": True, "chosen": "", "way": DiaryWay.FEED}, "invitations go to heads, and you hold no such post today"),
        ({"is_there": True, "chosen": "", "way": DiaryWay.MAIL}, "it is settled"),
    ],
)
def test_one_reason_is_said_for_which_a_date_is_taken_out(facts: dict[str, Any], why: str) -> None:
    assert why_off(**facts, gone="it is settled") == why


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("Headboard: Strategy, Monday 14 November 2022, 5pm", "Headboard: Strategy"),
        ("Talk, Friday 3pm, Monday 14 to Tuesday 15 November 2022", "Talk, Friday 3pm"),
        ("Something else", ""),
    ],
)
def test_a_date_that_is_gone_is_called_what_its_mail_called_it(subject: str, name: str) -> None:
    assert named_in(subject) == name


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("", "cannot be read"),
        ("BEGIN:VCALENDAR\r\nnonsense", "cannot be read"),
        ("\0\0", "cannot be read"),
        ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n", "not ours"),
        (text(method="METHOD:COUNTER"), "Another time"),
        (text(method="METHOD:REQUEST"), "somebody else's"),
        (text(method="METHOD:CANCEL"), "somebody else's"),
        (text(method="X-NONE:1"), "somebody else's"),
        (text(uid="UID:abc@elsewhere.example"), "not ours"),
        (text(uid=""), "not ours"),
        (text(guest=""), "for whom"),
        (text(guest=f"{GUEST}\r\nATTENDEE;PARTSTAT=DECLINED:mailto:b@oak.example"), "for whom"),
        (text(guest=GUEST.replace("ACCEPTED", 'DELEGATED;DELEGATED-TO="mailto:b@oak.example"')), "handed on"),
        (text(guest=GUEST.replace("ACCEPTED", 'ACCEPTED;DELEGATED-FROM="mailto:b@oak.example"')), "handed on"),
        (text(guest=GUEST.replace("ACCEPTED", "NEEDS-ACTION")), "neither"),
        (text(guest="ATTENDEE:mailto:head@oak.example"), "neither"),
        (text(sequence="SEQUENCE:many"), "cannot be read"),
    ],
)
def test_what_is_no_answer_is_left_to_the_office(said: str, why: str) -> None:
    with pytest.raises(Conflict, match=why):
        read_reply(said, NOW)


@given(st.text(max_size=300))
def test_nothing_makes_the_reader_stumble(noise: str) -> None:
    for said in (noise, text(more=f"COMMENT:{noise}"), text(guest=f"ATTENDEE{noise}"), text(stamp=f"DTSTAMP:{noise}")):
        try:
            assert read_reply(said, NOW).uid == "abc"
        except Conflict:
            continue
