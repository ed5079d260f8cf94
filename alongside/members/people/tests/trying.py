"""A process that tries wrong codes, for the test that counts them.

`python -m alongside.members.people.tests.trying CACHE SESSION TRIES` is one web worker of its own, with the product's
database: CACHE is `database`, as the product has it, or `own`, the planted fault: a limit that each process keeps for
itself. It says how many codes were looked at.
"""

import sys

import django


def main() -> None:
    """Try them."""
    cache, session, tries = sys.argv[1:]
    from django.conf import settings

    settings.ALLOWED_HOSTS.append("testserver")
    if cache == "own":
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    django.setup()
    import logging

    from django.test import Client

    logging.disable(logging.CRITICAL)
    looked_at = refused = 0
    for number in range(int(tries)):
        client = Client(REMOTE_ADDR=f"198.51.{number % 200}.{number // 200 % 200}")  # as if from everywhere
        client.cookies[settings.SESSION_COOKIE_NAME] = session
        words = client.post("/me/security/prove/", {"code": f"{number:06d}"}).content
        looked_at += b"That is not the code" in words
        refused += b"too many tries" in words
    print(looked_at, refused, flush=True)


if __name__ == "__main__":
    main()
