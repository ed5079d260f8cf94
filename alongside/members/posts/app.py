"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import EVERYTHING_GOES, App, Columns, Door, Place, Task
from alongside.members.posts import queries

APP = App(
    places=(
        Place(
            Door.OFFICE,
            55,
            "Posts",
            "posts:posts",
            "Which posts schools and the office have, and what each opens here.",
            queries.posts_stand,
            (Task("Add a post: subject lead, governor, trust or centre post", "posts:add_post"),),
        ),
    ),
    own_pages=(),
    needs=(),
    dates=(),
    rows={},
    holds=(),
    beside={},
    published=(),
    joining=(),
    leaving=(),
    tone="blue",
    settings={"posts.opens": "What posts open other than usually", "posts.unused": "Posts that are not asked for"},
    acts={"posts.add": "Added a post to the list"},
    messages={},
    answers={},
    sensitive=False,
    erasure={"posts.ListedPost": Columns(plain="opens also", words="name said")},
    withheld=EVERYTHING_GOES,
)
