from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PostsConfig(AppConfig):
    name = "alongside.members.posts"
    label = "posts"

    def ready(self) -> None:
        from alongside.ground.core.standing import Standing
        from alongside.members.posts.actions import write_seeded

        def seed(**_: Any) -> None:
            write_seeded(by=Standing.system())

        post_migrate.connect(seed, sender=self, weak=False, dispatch_uid="seeded posts")
