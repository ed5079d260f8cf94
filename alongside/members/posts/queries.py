"""The list of posts as a partnership uses it, and what each opens there."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from alongside.ground.core import clock
from alongside.ground.core.declaration import Figures
from alongside.ground.core.standing import Power, Standing
from alongside.ground.core.words import plural
from alongside.ground.web.needs import figure
from alongside.members.partnerships.models import Partnership, Setting
from alongside.members.partnerships.queries import settings_of
from alongside.members.partnerships.rules import in_force
from alongside.members.posts.models import ListedPost
from alongside.members.posts.rules import NAMES, Level, PostHere, PostSettings, Settled


def of_post(field: str) -> Subquery:
    """A field of the listed post, for a question about rows that keep its code as `post`."""
    return Subquery(ListedPost.objects.filter(pk=OuterRef("post")).values(field)[:1])


def titles_of(codes: Iterable[str]) -> dict[str, str]:
    """What posts are called: those that come with the product without a question to the database."""
    wanted = set(codes)
    own = wanted - NAMES.keys()
    found = dict(ListedPost.objects.filter(pk__in=own).values_list("pk", "name")) if own else {}
    return {code: NAMES.get(code) or found.get(code, "") for code in wanted}


def title_of(code: str) -> str:
    """What a post is called."""
    return titles_of([code])[code]


def posts_of(partnership: Partnership | None, *levels: Level, viewer: Standing) -> list[PostHere]:
    """The posts of a partnership in their order, of some levels or of all; those it does not ask for too."""
    rows = ListedPost.objects.visible_to(viewer).of(partnership)
    return _as_here(rows.filter(level__in=levels) if levels else rows, partnership)


def _as_here(rows: QuerySet[ListedPost], partnership: Partnership | None) -> list[PostHere]:
    """As the partnership has settled them: one question, and another where it ever settled something."""
    changed = Exists(Setting.objects.filter(partnership=partnership.pk if partnership else "-", app=PostSettings.app))
    found = list(rows.annotate(changed=changed))
    is_changed = partnership is not None and any(one.changed for one in found)
    settings = settings_of(partnership, PostSettings) if partnership and is_changed else PostSettings()
    return [
        PostHere(
            one.pk, one.name, Level(one.level), one.partnership_id is not None, one.pk not in settings.unused,
            settings.settled.get(one.pk, one.usually),
        )
        for one in found
    ]  # fmt: skip


def posts_to_choose(partnership: Partnership | None, *levels: Level, viewer: Standing) -> list[PostHere]:
    """The posts that a partnership asks for."""
    return [one for one in posts_of(partnership, *levels, viewer=viewer) if one.is_used]


def codes_with(power: Power, partnership: Partnership | None, *, viewer: Standing) -> frozenset[str]:
    """The codes of the posts that open something in a partnership today."""
    return frozenset(one.code for one in posts_of(partnership, viewer=viewer) if power in one.opens)


def post_of(code: str, partnership: Partnership, *, viewer: Standing) -> ListedPost | None:
    """A post of a partnership's list."""
    return ListedPost.objects.visible_to(viewer).of(partnership).filter(pk=code).first()


def listed_post(code: str, partnership: Partnership | None) -> PostHere | None:
    """A post of a partnership's list and what it opens there, asked before a deed."""
    return next(iter(_as_here(ListedPost.objects.of(partnership).filter(pk=code), partnership)), None)


def settled_in(partnerships: Collection[str]) -> Mapping[str, Settled]:
    """What each of those partnerships has settled about what posts open, as it stands today: one question."""
    changes, today = defaultdict(list), clock.today()
    rows = Setting.objects.filter(app=PostSettings.app, partnership__in=partnerships) if partnerships else Setting.objects.none()
    for home, day, values in rows.values_list("partnership_id", "from_on", "values"):
        changes[home].append((day, values))
    return {home: in_force(PostSettings(), changes[home], today).settled for home in partnerships}


def posts_stand(*, partnership: Partnership, viewer: Standing) -> Figures:
    """How many posts the list has, in words."""
    rows = ListedPost.objects.visible_to(viewer)

    def words(given: int, own: int) -> str:
        return plural(given + own, "post") + (f", {own} of your own" if own else "")

    return Figures({"given": figure(rows.filter(partnership=None)), "own": figure(rows.filter(partnership=partnership))}, words)
