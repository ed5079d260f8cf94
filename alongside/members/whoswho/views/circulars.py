"""Writing one message to everybody on a list, and what became of it."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from alongside.ground.core.cells import Tag, Text
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import plural
from alongside.ground.web.asked import Asked, find
from alongside.ground.web.pages import Done, form_page, on_its_way, say_and_go
from alongside.ground.web.sheets import list_page
from alongside.ground.web.tables import Column
from alongside.members.notices.rules.messages import NoticeState, in_words
from alongside.members.whoswho import actions, queries
from alongside.members.whoswho.forms import CircularForm, TakeBackCircularForm
from alongside.members.whoswho.models import Circular
from alongside.members.whoswho.permissions import may_write_circular
from alongside.members.whoswho.rules import Goes, Missed, called, shown_waiting
from alongside.members.whoswho.views.looking_up import address, chosen_in, onward

SHOWN = 100  # names that stand on one page


def write(request: Asked, slug: str) -> HttpResponse:
    """Subject and words; then the e-mail as it goes, to whom, and to whom not; only then it is sent."""
    partnership, who, chosen = request.partnership, request.who, chosen_in(request)
    require(may_write_circular(who, partnership.pk))
    whom, clusters = queries.whom_it_reaches(partnership, chosen, viewer=who), queries.clusters_of(partnership, viewer=who)
    saved = queries.list_begun_from(request.GET.get("list", "")[:12], partnership, chosen, viewer=who)
    form: Any = CircularForm(request.POST if request.method == "POST" else None, initial={"seen": whom.shown})
    mail = None
    if request.method == "POST" and form.is_valid():
        said, deed = form.cleaned_data, partial(actions.write_circular, partnership=partnership, chosen=chosen, saved=saved)
        try:
            if request.POST.get("deed") == "send":
                return say_and_go(request, deed(**said, by=who), sent, lambda row: _page(slug, row.pk))
        except (Invalid, Conflict) as problem:  # what was typed stands there still
            form.add_error(None, str(problem))
        if whom.reached:
            draft = Circular(partnership=partnership, subject=said["subject"], words=said["words"], writer_name=who.name)
            mail = queries.as_it_goes(draft, whom.reached[0], viewer=who)
    context = {
        "form": form, "mail": mail, "whom": whom, "shown": SHOWN,
        "words": called(saved.name if saved else "", queries.words_of_list(chosen, clusters)),
        "waits": form["goes"].value() == Goes.WAITS, "gone": queries.cluster_gone_from(chosen, clusters), **onward(slug, chosen),
    }  # fmt: skip
    return render(request, "whoswho/write.html", context)


def sent(row: Circular) -> str:
    """What was done."""
    if row.goes == Goes.WAITS:
        whom = plural(row.many, "person gets", "people get")
        return f"Your message waits: {whom} it with their other messages, as each has chosen. Until then it can be taken back."
    return f"Your message to {plural(row.many, 'person', 'people')} is {on_its_way()}."


def _page(slug: str, key: str) -> str:
    return reverse("whoswho:circular", args=[slug, key])


def _became(row: Any) -> Tag:
    if row.missed:
        return Tag.of(Missed(row.missed))
    if not row.told_at:
        return Tag("Being written")
    return Tag(*in_words(NoticeState(row.notice__state), leaves=not settings.DEMO)) if row.notice__state else Tag("Taken out")


def circular(request: Asked, slug: str, key: str) -> HttpResponseBase:
    """To whom a circular went, and what became of each message."""
    require(may_write_circular(request.who, request.partnership.pk))
    one = find(Circular.objects.select_related("partnership"), request, pk=key)
    in_trouble = request.GET.get("show") == "trouble"

    def message(row: Any) -> Text | None:
        return Text("See the message", reverse("notices:show", args=[slug, row.notice_id])) if row.notice_id else None

    columns = (
        Column("name", "Name", ("person__name",), cell=lambda row: row.person__name),
        Column("held", "What they got it as", cell=lambda row: row.held),
        Column("state", "What became of it", cell=_became, classes="al-nowrap"),
        Column("message", "The message", cell=message, alone=True),
    )
    went = queries.how_it_went(one, viewer=request.who)
    choices = (("Everybody", "", one.readers.count()), ("Whom it did not reach", "trouble", went["trouble"] + went["unreached"]))
    pills = [(label, many, "?" + urlencode({"show": show}), (show == "trouble") is in_trouble) for label, show, many in choices]
    return list_page(
        request, columns, queries.readers_of(one, in_trouble=in_trouble, viewer=request.who), file=f"{slug}-circular",
        page="whoswho/circular.html", fields=("person__name", "held", "missed", "told_at", "notice_id", "notice__state"),
        sort="name", chosen={"show": "trouble"} if in_trouble else {}, circular=one, went=went, pills=pills,
        answers_door=bool(settings.ANSWERS_TO), sent_word=in_words(NoticeState.SENT, leaves=not settings.DEMO)[0],
        again=address("whoswho:write", slug, one.chosen),
    )  # fmt: skip


def take_back_circular(request: Asked, slug: str, key: str) -> HttpResponse:
    """Take a message to a list back, having seen whom it has not reached."""
    require(may_write_circular(request.who, request.partnership.pk))
    one = find(Circular.objects.select_related("partnership"), request, pk=key)
    waiting, went = queries.still_waiting(one, viewer=request.who), queries.how_it_went(one, viewer=request.who)
    again = ("Write again", address("whoswho:write", slug, one.chosen))

    def taken(many: int) -> Done:
        return Done(f"Taken back: {plural(many, 'person does', 'people do')} not get it.", (again,))

    return form_page(
        request, partial(TakeBackCircularForm, initial={"seen": shown_waiting([row.pk for row in waiting])}),
        partial(actions.take_back_circular, circular=one), title="Take the message back?", caption=one.subject,
        button=f"Take it back from {plural(len(waiting), 'person', 'people')}", back=(one.subject, _page(slug, key)), done=taken,
        next=_page(slug, key), page="whoswho/take_back.html", waiting=waiting, shown=SHOWN, went=went,
        barred="" if waiting else "It has gone to everybody already, so there is nothing to take back.",
    )  # fmt: skip


WRITTEN = (
    Column("when", "When", ("written_at",), cell=lambda row: row.written_at, classes="al-nowrap"),
    Column("subject", "Subject", cell=lambda row: Text(row.subject, _page(row.partnership__slug, row.pk)), alone=True),
    Column("whom", "To whom", cell=lambda row: row.whom),
    Column("writer", "By", ("writer_name",), cell=lambda row: row.writer_name),
    Column("many", "People", ("many",), numeric=True),
)


def circulars(request: Asked, slug: str) -> HttpResponseBase:
    """Everything that was written to lists."""
    require(may_write_circular(request.who, request.partnership.pk))
    return list_page(
        request, WRITTEN, queries.circulars_of(request.partnership, viewer=request.who), file=f"{slug}-circulars",
        fields=("pk", "partnership__slug", "written_at", "subject", "whom", "writer_name", "many"), sort="-when",
        title="Written to lists", caption="Who’s who", lead="What the office wrote to everybody on a list, newest first.",
        back=("Who’s who", reverse("whoswho:whos_who", args=[slug])),
        empty=("Nothing yet", "Look for the people in Who’s who, or open a saved list, and write to them."),
    )  # fmt: skip
