"""The pages, as somebody presses through them: from planning to approved minutes, and what each is told."""

import io
import re
from datetime import date, timedelta
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from alongside.deciding.bodies.actions import bodies
from alongside.deciding.meetings.actions import agendas, following
from alongside.deciding.meetings.models import ActionPoint, AgendaItem, Decision, ItemPaper, Meeting
from alongside.deciding.meetings.queries.needs import needs
from alongside.deciding.meetings.queries.planning import roster
from alongside.deciding.meetings.rules.kinds import ActionState, MeetingState, PaperState
from alongside.deciding.meetings.tests.make import FIRST, LATER, SYSTEM, Heads, Meets
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict
from alongside.ground.documents.typesetting import typeset
from alongside.members.membership.tests.make import browser, read
from alongside.members.notices.models import Notice
from tests.visiting import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 8)]


def day(name: str, on: date) -> dict[str, int]:
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


class Desk:
    """Somebody's browser at a partnership."""

    def __init__(self, board: Meets, who: Standing | None = None) -> None:
        self.board, self.client = board, browser(None if who == Standing() else who or board.manager)

    def at(self, page: str, key: str = "") -> str:
        """The address of a page."""
        return reverse(f"meetings:{page}", args=[self.board.partnership.slug, *([key] if key else [])])

    def see(self, page: str, key: str = "", query: str = "") -> str:
        """A page."""
        return read(self.client.get(self.at(page, key) + query))

    def send(self, page: str, key: str = "", **typed: Any) -> str:
        """What the page says after its form was sent."""
        return read(self.client.post(self.at(page, key), {"key": keys.new_key(), **typed}, follow=True))

    def agreed(self, page: str, key: str = "", **typed: Any) -> str:
        """The same, by whoever has looked at what it would do."""
        looked = re.findall(r'name="looked" value="(\w+)"', self.send(page, key, **typed))
        return self.send(page, key, **typed, looked=next(iter(looked)))


@pytest.mark.slow
def test_from_planning_to_approved_minutes_in_the_pages() -> None:
    board = Meets()
    board.meeting.delete()
    desk = Desk(board)
    said = desk.send(
        "plan", body=board.body.pk, begins="4pm", lasts=90, place="Civic Centre", link="", kind="ordinary", **day("on", FIRST)
    )
    meeting = Meeting.objects.get()
    assert "Partnership board meets on Monday 21 March 2022" in said and "Welcome and apologies" in said
    assert f"{meeting.starts_at.astimezone(clock.LONDON):%H:%M}" == "16:00"
    said = desk.send("add_item", meeting.pk, title="The fee", kind="decision", minutes=20, presenter="Mo", about="How much?")
    assert "“The fee” is on the agenda" in said and "35 minutes of 90" in said
    item = AgendaItem.objects.get(title="The fee")
    file = SimpleUploadedFile("options.txt", b"Three options.", "text/plain")
    assert "“Options” is with “The fee”" in desk.send("add_paper", item.pk, title="Options", file=file)
    before = desk.see("send", meeting.pk)
    assert "It may go until" not in before and "It goes to <strong>3 people</strong>" in before
    lee = roster(board.body, FIRST, viewer=SYSTEM).members
    assert all(reverse("bodies:give_address", args=[board.partnership.slug, one.key]) in before for one in lee if not one.person)
    assert "no account here, so no mail. Without an address" in before and "1. Welcome and apologies" in before
    assert "Sent. 3 people hear of it by mail. Lee Adams and Pat Burns have no account" in desk.send("send", meeting.pk)
    oak = Desk(board, board.heads["Oak"])
    page = oak.see("meeting", meeting.pk)
    assert "Options" in page and "Declare an interest" in page and "Add an item" not in page
    paper = oak.client.get(reverse("files:download", args=[ItemPaper.objects.get().file]))
    assert paper.content == b"Three options." and "attachment" in paper.headers["Content-Disposition"]
    early = desk.see("minutes", meeting.pk)
    assert "The register opens on Monday 21 March 2022" in early and "/register/" in early and "enter apologies" in early
    assert "/close/" not in early and "Say who is here" not in early
    with clock.at(clock.start_of(FIRST, 16)):
        assert "Say who is here" in (on_the_day := desk.see("minutes", meeting.pk)) and "/close/" not in on_the_day
        assert "Not taken yet. Quorum: 3 of 5 voting members in post" in desk.see("register", meeting.pk)
        form = re.findall(r'name="(came_[a-z0-9]+)"', desk.see("register", meeting.pk))
        came = dict.fromkeys(form, "here")
        lee = next(name for name in form if name.removeprefix("came_") == _key_of(board, "Lee Adams"))
        desk.client.post(desk.at("register", meeting.pk), {**came, "chair": ""}, headers={"HX-Request": "true"})
        said = desk.send("register", meeting.pk, **came, chair=lee.removeprefix("came_"))
        assert said.count("Change it as people come and go") == 1
        assert "5 of 5 filled seats of 10 are here; quorum 3; quorate" in said and "Lee Adams, acting chair" in said
        said = desk.send("notes", item.pk, notes="We spoke of the fee.", version=AgendaItem.objects.get(pk=item.pk).version)
        assert "Kept: The fee." in said and "We spoke of the fee." in said
        said = desk.send("decide", item.pk, words="£100 less.", for_it=4, against=1)
        assert "PB 2022-03-21/1: decided. 4 for, 1 against." in said
        wrong = Decision.objects.get()
        assert "Strike it out" in desk.see("decision", wrong.pk)
        assert "£100 less. (4 for, 1 against). It goes as if" in desk.see("strike", wrong.pk)
        assert "Struck out. Write down what was really decided." in desk.send("strike", wrong.pk)
        desk.send("decide", item.pk, words="£100 less.", for_it=4, against=1)
        said = desk.send(
            "agree_action", item.pk, words="Tell the schools", who=f"p:{board.heads['Oak'].person}", **day("due_on", LATER)
        )
        assert "Oak’s head, by 25 April 2022. It goes out the day after the meeting." in said
        assert "/close/" in desk.see("minutes", meeting.pk)
        assert "The meeting is over" in desk.send("close", meeting.pk)
        assert oak.client.get(oak.at("minutes", meeting.pk)).status_code == 403
        assert "The draft minutes are sent" in desk.agreed("circulate", meeting.pk, seen_by_chair="on")
    assert "We spoke of the fee." in oak.see("minutes", meeting.pk)
    decision = Decision.objects.get()
    assert "Strike it out" not in desk.see("decision", decision.pk), "the draft minutes have gone"
    said = desk.send("follow", decision.pk, **day("due_on", LATER))
    assert "5 schools have an action of their own" in said and "0 of 5 schools have done it" in said
    assert "can be reminded a week after" in said and "Remind the" not in said
    elm = Desk(board, board.heads["Elm"])
    assert "£100 less." in elm.see("actions") and "PB 2022-03-21/1" in elm.see("decisions")
    mine = ActionPoint.objects.get(school=board.schools["Elm"])
    assert "Done. The meeting sees it by itself." in elm.send("action", mine.pk, state="done", said="It is told.")
    assert "1 of 5 schools has done it" in desk.see("decision", decision.pk) and "It is told." in desk.see(
        "decision", decision.pk
    )
    with clock.at(clock.start_of(LATER, 16)):
        following.send_actions(by=SYSTEM)
    with clock.at(clock.start_of(LATER + timedelta(days=8), 16)):
        assert "Remind the 4 schools without an answer" in desk.see("decision", decision.pk)
        assert "4 schools are asked again: one mail each" in desk.send("remind", decision.pk)
        assert "Remind the" not in desk.see("decision", decision.pk)
    with clock.at(clock.start_of(LATER, 16)):
        later = board.planned(LATER)
        early = desk.client.get(desk.at("approve", meeting.pk))
        assert early.status_code == 409 and "take the register of the next one first" in early.content.decode()
        assert "Tell the schools" in desk.see("meeting", later.pk)
        asked = desk.see("decide", board.item("Fees again", meeting=later).pk)
        assert "PB 2022-03-21/1: £100 less." in asked and "al-shown-with--write-off al-shown-with--credit" in asked
        board.all_here(later)
        assert "Approve the minutes" in desk.see("minutes", meeting.pk)
        told = desk.send("approve", meeting.pk, at=later.pk)
        assert "1 decision and 1 action become fixed as they stand" in told and "Nothing is written of" in told
        assert "The minutes are approved and fixed." in desk.agreed("approve", meeting.pk, at=later.pk)
    following.fix_minutes(meeting=Meeting.objects.get(pk=meeting.pk), by=SYSTEM)
    pdf = oak.client.get(oak.at("minutes_pdf", meeting.pk))
    assert "We spoke of the fee." in text_of(pdf) and "PB 2022-03-21/1: £100 less." in text_of(pdf)
    for_all, body = Desk(board, Standing()), board.body
    assert for_all.client.get(for_all.at("published")).status_code == 404
    with pytest.raises(Conflict, match="stands on the public page"):
        following.publish_minutes(meeting=Meeting.objects.get(pk=meeting.pk), is_public=True, by=board.manager)
    shown = {"shown": body.shown, "is_public": True, "version": body.version}
    bodies.change_body(body=body, name=body.name, about="", **shown, by=board.manager)
    assert "On the public page from now on" in desk.send("publish", meeting.pk, public="yes")
    assert "Partnership board, Monday 21 March 2022" in for_all.see("published")
    assert "We spoke of the fee." in text_of(for_all.client.get(for_all.at("public", meeting.pk)))
    assert "Taken from the public page" in desk.send("publish", meeting.pk, public="no")
    assert for_all.client.get(for_all.at("public", meeting.pk)).status_code == 404


@pytest.mark.slow
def test_the_pack_is_one_pdf_with_contents_and_page_numbers_and_the_agenda_leaves_as_word() -> None:
    board = Meets()
    desk, item = Desk(board), board.item("The fee & more")
    for title in ("Options", "Figures"):
        data = typeset("meetings/numbers", {"title": title, "first": 1, "last": 2, "foot": ""}, dated=FIRST)
        agendas.add_paper(item=item, name="a.pdf", data=data, title=title, key=keys.new_key(), by=board.manager)
    agendas.add_paper(item=item, name="a.txt", data=b"Words", title="Notes", key=keys.new_key(), by=board.manager)
    pack = desk.client.get(desk.at("pack", board.meeting.pk))
    reader = PdfReader(io.BytesIO(pack.content))
    pages = [page.extract_text() for page in reader.pages]
    assert len(pages) == 5 and [re.findall(r"Page (\d) of 5", page) for page in pages[1:]] == [["2"], ["3"], ["4"], ["5"]]
    assert "Options: page 2" in pages[0] and "Figures: page 4" in pages[0] and "Notes: plain text, by itself" in pages[0]
    file = desk.client.get(desk.at("word", board.meeting.pk))
    back = agendas.add_paper(
        item=item, name="agenda.docx", data=file.content, title="Agenda", key=keys.new_key(), by=board.manager
    )
    assert back.format == "docx"
    with ZipFile(io.BytesIO(file.content)) as package:
        text = package.read("word/document.xml").decode()
    assert "4. The fee &amp; more" in text and "Options" in text


def test_minutes_come_as_the_clerks_own_file_and_are_fixed_with_the_others() -> None:
    board = Meets()
    item = board.item()
    paper = {"name": "minutes.txt", "data": b"We met.", "title": "Minutes", "state": PaperState.MINUTES}
    made = agendas.add_paper(item=item, **paper, key=keys.new_key(), by=board.manager)
    (plain, _) = following.both_parts(board.meeting)
    assert [line.files for line in plain.lines if line.files] == [(f"Minutes ({made.sha256})",)]
    assert "The minutes, as a file" in Desk(board).see("meeting", board.meeting.pk)


def _key_of(board: Meets, name: str) -> str:
    return next(one.key for one in roster(board.body, FIRST, viewer=SYSTEM).members if one.name == name)


def test_what_is_typed_is_kept_by_itself_and_never_over_somebody_elses_text() -> None:
    board = Meets()
    item = board.item()
    desk = Desk(board)
    htmx = {"HX-Request": "true"}
    page = desk.see("minutes", board.meeting.pk)
    assert f'hx-target="#kept-{item.pk}"' in page and "Save" in page
    answer = desk.client.post(desk.at("notes", item.pk), {"notes": "First", "version": 1}, headers=htmx)
    assert "Kept." in answer.content.decode() and 'name="version" value="2"' in answer.content.decode()
    answer = desk.client.post(desk.at("notes", item.pk), {"notes": "Second", "version": 1}, headers=htmx)
    assert "Somebody else has written here meanwhile" in answer.content.decode()
    item.refresh_from_db()
    assert item.notes == "First"
    both = desk.client.post(desk.at("notes", item.pk), {"notes": "Second", "version": 1})
    assert both.status_code == 409 and "Second" in both.content.decode() and "First" in both.content.decode()
    answer = desk.client.post(desk.at("notes", item.pk), {"notes": "x" * 20_001, "version": 2}, headers=htmx)
    assert "too long" in answer.content.decode()


def test_a_day_on_which_schools_are_closed_is_left_with_one_press() -> None:
    heads = Heads()
    desk = Desk(heads)
    desk.send(
        "series", body=heads.headboard.pk, rhythm="alternating", kind="business", weekday=2, nth=1, other_kind="strategy",
        other_weekday=0,
        begins="8am", lasts=60, place="", link="", typed="", **day("from_on", date(2022, 4, 25)),
    )  # fmt: skip
    clash = Meeting.objects.get(on=date(2022, 5, 2))
    assert "Schools are closed: Early May bank holiday" in desk.see("meetings")
    page = desk.see("move", clash.pk)
    assert "Move it to Tuesday 3 May" in page and "Nobody is known who cannot come" in page
    typed = {"begins": "08:00", "lasts": 60, "version": clash.version, **day("on", date(2022, 5, 3))}
    assert "Headboard meets on Tuesday 3 May 2022, 8am" in desk.send("move", clash.pk, **typed)
    assert "Moved from Monday 2 May 2022" in desk.see("meetings")


def test_whoever_plans_on_a_closed_day_is_told_which_and_asked_to_look_again() -> None:
    heads = Heads()
    desk, typed = Desk(heads), {"begins": "8am", "lasts": 60, "place": "", "link": ""}
    new = {**typed, "body": heads.headboard.pk, "kind": "strategy"}
    bank, before = date(2022, 5, 2), Meeting.objects.count()
    said = desk.send("plan", **new, **day("on", bank))
    assert "On Monday 2 May 2022 schools are closed: Early May bank holiday." in said and "open on Tuesday 3 May and" in said
    assert "Yes, plan it" in said and Meeting.objects.count() == before
    looked = re.findall(r'name="looked" value="(\w+)"', said)[0]
    weekend = desk.send("plan", **new, **day("on", date(2022, 5, 1)), looked=looked)
    assert "schools are closed: the weekend" in weekend, "another day is looked at again"
    assert "Headboard meets on Monday 2 May 2022" in desk.send("plan", **new, **day("on", bank), looked=looked)
    made = Meeting.objects.get(on=bank)
    assert "Easter" in (told := desk.send("move", made.pk, **typed, version=1, **day("on", date(2022, 4, 12))))
    assert "Yes, change it" in told and Meeting.objects.get(pk=made.pk).on == bank
    assert "Yes, change" not in desk.send("move", made.pk, **{**typed, "place": "Oak"}, version=1, **day("on", bank))
    assert Meeting.objects.get(pk=made.pk).place == "Oak", "whoever moves only the place is not asked"


def test_whoever_moves_a_meeting_sees_first_from_when_to_when_and_who_hears_of_it() -> None:
    heads = Heads()
    desk, typed = Desk(heads), {"begins": "8:30am", "lasts": 60, "place": "Civic Centre", "version": heads.week.version}
    told = desk.send("move", heads.week.pk, **typed, **day("on", FIRST))
    assert "It moves from Monday 21 March 2022, 4pm to Monday 21 March 2022, 8:30am." in told
    assert "5 people hear of it by mail." in told and not Notice.objects.filter(kind="meetings.moved").exists()
    looked = re.findall(r'name="looked" value="(\w+)"', told)[0]
    assert "Headboard meets on Monday 21 March 2022, 8:30am." in desk.send(
        "move", heads.week.pk, **typed, **day("on", FIRST), looked=looked
    )
    mail = Notice.objects.filter(kind="meetings.moved")[0]
    assert "stood on Monday 21 March 2022, 4pm is now on Monday 21 March 2022, 8:30am" in mail.body
    assert "please say so once more" in mail.body


def test_a_series_says_what_is_missing() -> None:
    desk = Desk(Heads())
    said = desk.send("series", rhythm="alternating", kind="strategy", other_kind="strategy", begins="late", lasts=60)
    assert "Choose another kind for the weeks between" in said and "Enter a time like 4pm" in said
    said = desk.send("series", rhythm="typed", kind="ordinary", typed="tomorrow", begins="4pm", lasts=60)
    assert "“tomorrow” is no date" in said
    assert "Enter the dates" in desk.send("series", rhythm="typed", kind="ordinary", begins="4pm", lasts=60)


def test_who_keeps_no_meeting_plans_none_and_may_bring_something() -> None:
    board = Meets()
    yew = Desk(board, board.heads["Yew"])
    assert yew.client.get(yew.at("plan")).status_code == 403
    page = yew.see("meetings")
    assert "No meeting to come" in page and "Bring something to a meeting" in page and "Plan a meeting" not in page
    assert "Meets next on Monday 21 March 2022" in yew.see("bring")
    said = yew.send("bring", body=board.body.pk, title="Minibus", words="Let us share one.")
    assert "Brought to Partnership board" in said and "No answer yet" in said
    assert yew.client.get(yew.at("meeting", board.meeting.pk)).status_code == 404


def test_what_is_put_on_an_agenda_after_it_went_is_told_and_an_empty_agenda_is_looked_at_before_it_goes() -> None:
    board = Meets()
    desk, meeting = Desk(board), board.meeting
    meeting.items.all().delete()
    assert "Begin the agenda" in desk.see("meeting", meeting.pk) and "Begin with that of" not in desk.see("meeting", meeting.pk)
    assert "Nothing stands on this agenda yet" in desk.send("send", meeting.pk)
    assert Meeting.objects.get(pk=meeting.pk).state == MeetingState.PLANNED
    new = {"title": "Shared minibus", "kind": "discussion", "minutes": 10, "presenter": "", "about": "Who drives?"}
    assert "on the agenda. A paper" in desk.send("add_item", meeting.pk, **new)
    assert not Notice.objects.filter(kind="meetings.late_item").exists(), "nothing has gone yet"
    desk.send("send", meeting.pk)
    told = desk.send("add_item", meeting.pk, **{**new, "title": "Keys"})
    assert "The agenda has gone out already. 3 people hear of it by mail." in told
    assert "“Keys” is on the agenda" in desk.agreed("add_item", meeting.pk, **{**new, "title": "Keys"})
    mails = Notice.objects.filter(kind="meetings.late_item")
    assert mails.count() == 3 and "“Keys” was put on the agenda after it went. Who drives?" in mails[0].body
    assert "for whom a restricted item is" in desk.send("add_item", meeting.pk, **new, is_restricted="on")


def test_schools_that_are_late_with_a_decision_stand_with_its_clerk_and_are_marked() -> None:
    board = Meets()
    desk = Desk(board)
    board.all_here()
    following.follow(decision=board.decided(board.item(), "Name a lead."), due_on=LATER, by=board.manager)
    decision = Decision.objects.get()
    with clock.at(clock.start_of(LATER, 16)):
        assert "Late" not in desk.see("decision", decision.pk)
        assert not [row for part in needs(viewer=board.manager, on=LATER) for row in part if "meetings.late_in_schools" in row]
    after = LATER + timedelta(days=1)
    with clock.at(clock.start_of(after, 16)):
        assert desk.see("decision", decision.pk).count("Late") == 5
        (found,) = [row for part in needs(viewer=board.manager, on=after) for row in part if "meetings.late_in_schools" in row]
        assert decision.pk in found
        for one in ActionPoint.objects.all():
            following.report(action=one, state=ActionState.DONE, said="", by=board.manager)
        assert "Late" not in desk.see("decision", decision.pk)
        assert not [row for part in needs(viewer=board.manager, on=after) for row in part if "meetings.late_in_schools" in row]
