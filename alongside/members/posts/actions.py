"""Settling which posts there are, and what each opens."""

from collections.abc import Collection
from dataclasses import replace

from django.db import transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import in_a_sentence
from alongside.ground.web.models import unless_taken
from alongside.members.partnerships.actions import change_settings
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.members.posts.models import ListedPost
from alongside.members.posts.permissions import may_keep_posts, may_seed_posts
from alongside.members.posts.rules import KEEPS, SEEDED, USUALLY, Level, PostSettings, opened_by

NAME_TAKEN = "There is a post of this name already: look for it in the list"


@transaction.atomic
def add_post(*, partnership: Partnership, name: str, level: Level, opens: Collection[str], key: str, by: Standing) -> ListedPost:
    """Add a post of the partnership's own, once: the same key again is the same post. Raises Invalid when the name is taken."""
    require(may_keep_posts(by, partnership.pk))
    called = " ".join(name.split())
    facts = {"said": in_a_sentence(called), "level": level, "opens": sorted(opened_by("", opens, level))}
    post = ListedPost(pk=key, partnership=partnership, name=called, **facts)
    if ListedPost.objects.of(partnership).filter(name__iexact=post.name).exclude(pk=key).exists():
        raise Invalid(name=NAME_TAKEN)
    with unless_taken(name=NAME_TAKEN):  # two people added it at once
        return audit.keep_once("posts.add", post, by=by, level=str(level), opens=post.opens)


@transaction.atomic
def settle_post(
    *, partnership: Partnership, post: ListedPost, opens: Collection[str], is_used: bool, version: str, by: Standing
) -> None:
    """Let a post open something else in the partnership from today, or let it be asked for or not.

    Raises Stale when somebody else changed the list meanwhile, Conflict for a post of another partnership's list.
    """
    require(may_keep_posts(by, partnership.pk))
    if post.partnership_id not in {None, partnership.pk}:
        raise Conflict("This post is not in the partnership's list.")
    now = settings_of(partnership, PostSettings)
    settled = {**dict(now.opens), post.pk: tuple(sorted(opened_by(post.pk, opens, post.level)))}
    if settled[post.pk] == tuple(sorted(post.usually)):
        del settled[post.pk]
    unused = set(now.unused) - {post.pk} | (set() if is_used or post.pk in KEEPS else {post.pk})
    change_settings(
        partnership=partnership,
        settings=replace(now, opens=tuple(sorted(settled.items())), unused=tuple(sorted(unused))),
        version=version,
        may=may_keep_posts,
        by=by,
    )


@transaction.atomic
def write_seeded(*, by: Standing) -> None:
    """Let the posts that come with the product stand in the database as this version has them."""
    require(may_seed_posts(by))
    rows = [
        ListedPost(
            pk=one.code, name=one.name, said=in_a_sentence(one.name), also="|".join(one.also), level=one.level, position=at,
            opens=sorted(opened_by(one.code, USUALLY.get(one.code, ()), one.level)),
        )
        for at, one in enumerate(SEEDED)
    ]  # fmt: skip
    told = ["name", "said", "also", "level", "position", "opens"]
    ListedPost.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=told)
