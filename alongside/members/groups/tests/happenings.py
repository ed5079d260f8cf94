"""What happens in this room of the tests’ houses."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from alongside.ground.core import keys
from alongside.ground.core.standing import Post
from alongside.members.groups import actions
from alongside.members.groups.models import Enclosed, Enquiry, PostGroup, Reply
from alongside.members.posts import actions as posts
from alongside.members.posts.rules import Level
from tests.happenings import secret

if TYPE_CHECKING:
    from tests.world import House


def added(house: "House", name: str, posts: list[str]) -> PostGroup:
    """A group of the house."""
    manager = house.standing("manager")
    return actions.add_group(partnership=house.partnership, name=name, about="", posts=posts, key=keys.new_key(), by=manager)


def asked(house: "House", group: PostGroup, words: str) -> Enquiry:
    """A question of the member's head."""
    return actions.ask(group=group, words=words, key=keys.new_key(), by=house.standing("member head"))


def own_post(house: "House", name: str) -> str:
    """A post that the partnership has added to its list."""
    said = {"name": name, "level": Level.SCHOOL, "opens": [], "key": keys.new_key()}
    return posts.add_post(partnership=house.partnership, **said, by=house.standing("manager")).pk


def enclosed(reply: Reply) -> None:
    """A file that came with an answer, and was not taken."""
    about = {"partnership": reply.partnership, "enquiry": reply.enquiry, "reply": reply}
    Enclosed.objects.create(**about, title="run.exe", refused="This is a program")


def happen(house: "House") -> None:
    """A group of everybody and one of heads were asked, and a head next door answered."""
    everybody = added(house, f"{house.name} everybody", [])
    heads = added(house, f"{house.name} heads", [Post.HEAD, own_post(house, "Lead of subjects")])
    house.things["group"] = everybody
    by = house.standing("second head")
    for group, readers in ((heads, ()), (everybody, ("members",))):
        words, answer = secret(house, "question", *readers), secret(house, "answer of a colleague", *readers)
        house.things["enquiry"] = asked(house, group, words)
        house.things["reply"] = actions.reply(enquiry=house.things["enquiry"], words=answer, key=keys.new_key(), by=by)
        enclosed(house.things["reply"])
        if group is heads:
            for one in (words, answer):
                house.secrets[one] |= {"member head", "second head"}


def more(house: "House", places: Iterable[object]) -> None:
    """Another group, of a post of the partnership's own, another question, and an answer to the first, for each."""
    for number, _ in enumerate(places):
        added(house, f"Group {number}", [Post.HEAD, own_post(house, f"Lead of subject {number}")])
        asked(house, house.things["group"], f"Question {number}")
        by = house.standing("second head")
        enclosed(actions.reply(enquiry=house.things["enquiry"], words=f"Answer {number}", key=keys.new_key(), by=by))
