"""Groups, their questions, and one page of answers."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from alongside.ground.core.verdict import require
from alongside.ground.core.words import plural
from alongside.ground.web.asked import Asked, find
from alongside.ground.web.models import marked
from alongside.ground.web.pages import Done, form_page, press
from alongside.ground.web.sheets import list_page
from alongside.ground.web.tables import Column
from alongside.members.groups import actions, queries
from alongside.members.groups.forms import AddGroupForm, AnswerGroupForm, AskGroupForm, CorrectReplyForm, GroupForm, WordsForm
from alongside.members.groups.models import Enquiry, PostGroup, Reply
from alongside.members.groups.permissions import (
    may_ask_group,
    may_close,
    may_correct_reply,
    may_reply,
    may_run_groups,
    may_take_back_reply,
    may_thank,
)
from alongside.members.groups.rules import EnquiryState, nobody_else, replies_words
from alongside.members.notices.models import Notice
from alongside.members.posts.queries import posts_to_choose
from alongside.members.posts.rules import Level, PostHere

PEOPLE = (Column("name", "Name"), Column("post", "Post", cell=lambda row: row.title), Column("school", "School"))


def _offered(request: Asked) -> list[PostHere]:
    return posts_to_choose(request.partnership, Level.SCHOOL, Level.TRUST, viewer=request.who)


def groups(request: Asked, slug: str) -> HttpResponse:
    """The groups of the partnership, one's own first."""
    require(may_ask_group(request.who, request.partnership.pk))
    rows = sorted(queries.groups_of(request.partnership, viewer=request.who), key=lambda row: not row.is_mine)
    runs = may_run_groups(request.who, request.partnership.pk)
    return render(request, "groups/groups.html", {"groups": rows, "runs": runs})


def group(request: Asked, slug: str, key: str) -> HttpResponse:
    """One group: what it was asked, and how to ask it."""
    one, who = find(PostGroup, request, pk=key), request.who
    context = {
        "group": one,
        "people": len(people := queries.people_of(one, viewer=who)),
        "others": queries.others_among(people, one, viewer=who),
        "rows": [(row.enquiry, replies_words(row.replies, row.schools)) for row in queries.enquiries_of(one, viewer=who)],
        "asks": may_ask_group(who, request.partnership.pk),
        "runs": may_run_groups(who, request.partnership.pk),
        "by_mail": bool(settings.ANSWERS_TO),
        "sees": may_reply(who, request.partnership.pk, one.posts),
    }
    return render(request, "groups/group.html", context)


def people(request: Asked, slug: str, key: str) -> HttpResponseBase:
    """Who is in a group today; no addresses."""
    one = find(PostGroup, request, pk=key)
    rows = queries.names_of(one, viewer=request.who)
    return list_page(
        request, PEOPLE, rows, file=f"{slug}-{key}", page="web/list_page.html", title=f"Who is in {one.name}", caption="Groups",
        lead=f"{one.for_whom}, of member schools: {plural(len(rows), 'person', 'people')} today.",
        empty=("Nobody yet", "People are in it as soon as they hold such a post in a member school."),
    )  # fmt: skip


def add_group(request: Asked, slug: str) -> HttpResponse:
    """Make a group."""
    require(may_run_groups(request.who, request.partnership.pk))
    return form_page(
        request, partial(AddGroupForm, offered=_offered(request)),
        partial(actions.add_group, partnership=request.partnership), title="Add a group", caption="Groups",
        back=("Groups", reverse("groups:groups", args=[slug])), button="Add it",
        done=lambda made: f"{made.name} is there. Its people can be asked from now on; nothing was sent to them.",
        next=lambda made: reverse("groups:group", args=[slug, made.pk]),
    )  # fmt: skip


def change_group(request: Asked, slug: str, key: str) -> HttpResponse:
    """Let a group have another name, or other people."""
    require(may_run_groups(request.who, request.partnership.pk))
    one = find(PostGroup, request, pk=key)
    page = reverse("groups:group", args=[slug, key])
    return form_page(
        request, partial(GroupForm, row=one, offered=_offered(request)),
        partial(actions.change_group, group=one), title=f"Change {one.name}",
        caption="Groups", back=(one.name, page), done=lambda made: f"{made.name} is changed: {made.for_whom}.", next=page,
    )  # fmt: skip


def end_group(request: Asked, slug: str, key: str) -> HttpResponse:
    """End a group."""
    require(may_run_groups(request.who, request.partnership.pk))
    deed = partial(actions.end_group, group=find(PostGroup, request, pk=key))
    again = (("Was it a mistake? Add it again", reverse("groups:add_group", args=[slug])),)

    def ended(one: PostGroup) -> Done:
        return Done(f"{one.name} has ended: nobody asks it any more. What was asked stays with those who read it.", again)

    return press(request, deed, done=ended, next=reverse("groups:groups", args=[slug]))


def _nobody(request: Asked, one: PostGroup) -> Done:
    """That a group has nobody to ask, and what can be done about it."""
    slug = request.partnership.slug
    invites = request.who.runs(request.partnership.pk)
    links = (("Invite somebody: people, school by school", reverse("people:list", args=[slug])),) if invites else ()
    words = nobody_else(one.name, one.for_whom)
    return Done(words if links else f"{words} The partnership’s office can invite them.", links)


def ask(request: Asked, slug: str, key: str) -> HttpResponse:
    """Ask a group."""
    require(may_ask_group(request.who, request.partnership.pk))
    one = find(PostGroup.objects.select_related("partnership"), request, pk=key)
    others = queries.others_in(one, viewer=request.who)

    def asked(made: Enquiry) -> str:
        whom = plural(len({each.person for each in others} - {*made.askers}), "person hears", "people hear")
        return f"Asked. {whom} of it in their week’s mail, or as each chose. You hear of each answer, and this page keeps them."

    return form_page(
        request, AskGroupForm, partial(actions.ask, group=one), title=f"Ask {one.name}", caption="Groups",
        lead=f"{one.for_whom}, of member schools: {plural(len(others), 'person', 'people')}. They answer by mail or on the page.",
        back=(one.name, reverse("groups:group", args=[slug, key])), button="Ask", done=asked,
        barred="" if others else _nobody(request, one),
        next=lambda made: reverse("groups:enquiry", args=[slug, made.pk]),
    )  # fmt: skip


def send_address(request: Asked, slug: str, key: str) -> HttpResponse:
    """Have the address sent by which one asks the group from the mail."""
    require(may_ask_group(request.who, request.partnership.pk))
    one = find(PostGroup.objects.select_related("partnership"), request, pk=key)

    def sent(made: Notice) -> Done:
        look = (("See the message", reverse("notices:mine_shown", args=[made.pk])),)
        return Done(f"Sent to {made.to}. Answer that message whenever you have a question.", look)

    return press(request, partial(actions.send_address, group=one), done=sent, next=reverse("groups:group", args=[slug, key]))


def enquiry(request: Asked, slug: str, key: str) -> HttpResponse:
    """A question with all its answers."""
    one, who = find(Enquiry.objects.select_related("group", "school__current"), request, pk=key), request.who
    replies = queries.replies_to(one, viewer=who)
    stand = [each for each in replies if not each.taken_back_at]
    context = {
        "enquiry": one,
        "replies": [
            (one, may_correct_reply(who, one.person), may_take_back_reply(who, request.partnership.pk, one.person))
            for one in replies
        ],
        "enclosed": queries.enclosed_in(one, viewer=who),
        "said": replies_words(len(stand), len({each.school_id for each in stand if each.school_id})),
        "answers": may_reply(who, request.partnership.pk, one.group.posts),
        "thanks": may_thank(who, one.askers),
        "closes": may_close(who, request.partnership.pk, one.askers),
    }
    return render(request, "groups/enquiry.html", context)


def reply(request: Asked, slug: str, key: str) -> HttpResponse:
    """Answer a question."""
    one = find(Enquiry.objects.select_related("group", "partnership"), request, pk=key)
    require(may_reply(request.who, request.partnership.pk, one.group.posts))
    page = reverse("groups:enquiry", args=[slug, key])
    return form_page(
        request, AnswerGroupForm, partial(actions.reply, enquiry=one), title=f"Answer {one.asker_name}", caption=one.group.name,
        lead=one.words, back=("The question", page), button="Answer",
        done=f"Thank you. Everybody of {one.group.name} reads it here; whoever asked is told, unless they have left.", next=page,
    )  # fmt: skip


def correct_reply(request: Asked, slug: str, key: str) -> HttpResponse:
    """Put an answer of one's own into other words."""
    one = _reply(request, key)
    require(may_correct_reply(request.who, one.person))
    page = reverse("groups:enquiry", args=[slug, one.enquiry_id])
    first = {"words": one.words, "version": marked(one, "words")}
    return form_page(
        request, partial(CorrectReplyForm, initial=first), partial(actions.correct_reply, reply=one), title="Correct your answer",
        caption=one.enquiry.group.name, lead=one.enquiry.words, back=("The question", page), button="Change it", next=page,
        done="Changed. Everybody of the group reads it so; whoever asked hears of it, unless they have left.",
    )  # fmt: skip


def take_back_reply(request: Asked, slug: str, key: str) -> HttpResponse:
    """Take an answer back."""
    one = _reply(request, key)
    require(may_take_back_reply(request.who, request.partnership.pk, one.person))

    def gone(have_it: int) -> str:
        told = "Whoever asked has mail of it already" if have_it else "No mail of it had gone"
        return f"The answer is taken back. {told}. Only whoever wrote it and the office see it here."

    page = reverse("groups:enquiry", args=[slug, one.enquiry_id])
    return press(request, partial(actions.take_back_reply, reply=one), done=gone, next=page)


def _reply(request: Asked, key: str) -> Reply:
    about = ("enquiry__group", "enquiry__partnership", "enquiry__school", "school")
    return find(Reply.objects.select_related(*about), request, pk=key)


def close(request: Asked, slug: str, key: str) -> HttpResponse:
    """Say that no more answers are needed, or open the question again."""
    one = find(Enquiry, request, pk=key)
    require(may_close(request.who, request.partnership.pk, one.askers))
    state = EnquiryState.OPEN if request.POST.get("open") == "yes" else EnquiryState.CLOSED
    said = "The question is open again." if state is EnquiryState.OPEN else "The question is closed: nobody answers it any more."
    return press(
        request, partial(actions.close, enquiry=one, state=state), done=said, next=reverse("groups:enquiry", args=[slug, key])
    )


def change_words(request: Asked, slug: str, key: str) -> HttpResponse:
    """Let a question have other words, while no mail of it has gone."""
    one = find(Enquiry.objects.select_related("group", "partnership"), request, pk=key)
    require(may_close(request.who, request.partnership.pk, one.askers))
    page = reverse("groups:enquiry", args=[slug, key])
    first = {"words": one.words, "version": marked(one, "words")}
    return form_page(
        request, partial(WordsForm, initial=first), partial(actions.change_words, enquiry=one), title="Change the question",
        caption=one.group.name, back=("The question", page), button="Change it", next=page,
        lead="Its words can be changed while no mail with it has gone.",
        done="Changed. Nobody had mail of it yet; everybody of the group hears of it as it is now.",
    )  # fmt: skip


def take_back(request: Asked, slug: str, key: str) -> HttpResponse:
    """Take a question back."""
    one = find(Enquiry.objects.select_related("group"), request, pk=key)
    require(may_close(request.who, request.partnership.pk, one.askers))

    def gone(have_it: int) -> str:
        told = f"{plural(have_it, 'person has', 'people have')} mail of it already" if have_it else "No mail of it had gone"
        return f"Taken back: nothing more of it is sent. {told}. Only whoever asked and the office see it here."

    return press(request, partial(actions.take_back, enquiry=one), done=gone, next=reverse("groups:enquiry", args=[slug, key]))


def thank(request: Asked, slug: str, key: str) -> HttpResponse:
    """Say thank you for an answer, or take that back."""
    one = _reply(request, key)
    require(may_thank(request.who, one.enquiry.askers))
    is_thanked = request.POST.get("undo") != "yes"

    def said(made: Reply) -> str:
        if not is_thanked:
            return "Taken back."
        noted = made.school and made.enquiry.school and made.school != made.enquiry.school
        return f"Thank you said to {made.name}." + (
            f" It is noted as a quarter of an hour that {made.school} gave." if noted else ""
        )

    deed: Any = partial(actions.thank, reply=one, is_thanked=is_thanked)
    return press(request, deed, done=said, next=reverse("groups:enquiry", args=[slug, one.enquiry_id]))
