"""The list of posts, adding one, and settling what one opens."""

from collections.abc import Collection
from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse

from alongside.ground.core.standing import Power
from alongside.ground.core.verdict import require
from alongside.ground.core.words import in_a_sentence
from alongside.ground.web import declared
from alongside.ground.web.asked import Asked, found
from alongside.ground.web.pages import Done, form_page
from alongside.ground.web.sheets import list_page
from alongside.ground.web.tables import Column, Where
from alongside.members.partnerships.queries import settings_of
from alongside.members.posts import actions, queries
from alongside.members.posts.forms import SAID, AddPostForm, SettlePostForm
from alongside.members.posts.models import ListedPost
from alongside.members.posts.permissions import may_keep_posts, may_see_posts
from alongside.members.posts.rules import Level, PostHere, PostSettings, opened_by


def _said(powers: Collection[Power]) -> str:
    first, *more = [words for power, words in SAID.items() if power in powers] or [""]
    return "; ".join([first, *map(in_a_sentence, more)])


def _opens(row: PostHere) -> str:
    return _said(row.opens)


POSTS = (
    Column("post", "Post", cell=lambda row: row.name),
    Column("level", "Where", cell=lambda row: row.level.label, where=Where.FILE),
    Column("opens", "What it opens", cell=_opens, alone=True),
    Column("asked", "We ask for it", cell=lambda row: "yes" if row.is_used else "no"),
)


def posts(request: Asked, slug: str) -> HttpResponseBase:
    """The posts of the partnership, and what each opens; as a file too."""
    require(may_see_posts(request.who, request.partnership.pk))
    rows = queries.posts_of(request.partnership, viewer=request.who)
    return list_page(
        request, POSTS, rows, file=f"{slug}-posts", page="posts/posts.html",
        levels=[(level.label, [one for one in rows if one.level is level]) for level in Level],
        opens=_opens, many=len(rows), own=sum(one.is_own for one in rows),
        keeps=may_keep_posts(request.who, request.partnership.pk),
    )  # fmt: skip


def add_post(request: Asked, slug: str) -> HttpResponse:
    """Add a post of the partnership's own."""
    require(may_keep_posts(request.who, request.partnership.pk))
    back = reverse("posts:posts", args=[slug])

    def added(made: ListedPost) -> Done:
        return Done(
            f"{made.name} is in the list. People can be invited to it now.", (("People", reverse("people:list", args=[slug])),)
        )

    return form_page(
        request, AddPostForm, partial(actions.add_post, partnership=request.partnership), title="Add a post", caption="Posts",
        lead="It stands in this partnership’s list only.", back=("Posts", back), button="Add it", done=added, next=back,
    )  # fmt: skip


def settle_post(request: Asked, slug: str, code: str) -> HttpResponse:
    """What a post opens here, from today, and whether it is asked for."""
    require(may_keep_posts(request.who, request.partnership.pk))
    post = found(queries.post_of(code, request.partnership, viewer=request.who))
    back, level, now = reverse("posts:posts", args=[slug]), Level(post.level), settings_of(request.partnership, PostSettings)
    opens, who = now.settled.get(post.pk, post.usually), request.who.within(request.partnership.pk)
    form: Any = partial(SettlePostForm, code=post.pk, level=level, now=now, opens=opens)

    def look(given: dict[str, Any]) -> list[str]:
        """How many hold the post, what they may do from now on, and what no more."""
        then = opened_by(post.pk, given["opens"], level)
        holders = declared.beside("posts.ListedPost", {post.pk: post}, viewer=who)[post.pk] if then != opens else []
        changes = (("From now on each of them", then - opens), ("No longer any of them", opens - then))
        told = [f"{words}: {in_a_sentence(_said(powers))}." for words, powers in changes if powers]
        return [*(f"{one.words}." for one in holders), *told] if holders else []

    return form_page(
        request, form, partial(actions.settle_post, partnership=request.partnership, post=post), title=post.name, caption="Posts",
        lead=f"{level.label}. What you change holds from now on, for everybody who holds this post.", back=("Posts", back),
        look=look, next=back,
        done=Done(f"{post.name} is settled.", (("What changed when", reverse("partnerships:settings", args=[slug])),)),
    )  # fmt: skip
