"""What a subscribed calendar is told when things change, move or vanish.

Source: R3 and evidence d: a cancelled thing stays in the feed under the same UID, so that telephones take it away.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from alongside.ground.core.dated import Dated

KEPT_FOR = timedelta(days=60)  # a calendar that has not been read for two months is read anew anyhow
BACK, AHEAD = timedelta(days=120), timedelta(days=550)  # what of the past and the future a feed holds


@dataclass(frozen=True)
class Remembered:
    """What a person's calendars have been told of one thing: no words, only when it was, and the number of its changes."""

    uid: str
    slug: str
    digest: str
    sequence: int
    changed_at: datetime
    first_on: date
    last_on: date
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    gone_at: datetime | None = None


@dataclass(frozen=True)
class FeedLine:
    """One line of a feed: what is remembered of it, and the thing itself, or nothing when it is there no longer."""

    of: Remembered
    thing: Dated | None


@dataclass(frozen=True)
class Telling:
    """What a feed shows, what of it is new to memory, and which UIDs may be forgotten."""

    entries: list[FeedLine]
    changed: list[Remembered]
    forgotten: list[str]


def hash_of_secret(secret: str) -> str:
    """Of a link's secret only the hash is kept: 160 random bits need neither salt nor stretching."""
    return hashlib.sha256(secret.encode()).hexdigest()


def remembering(thing: Dated, at: datetime, sequence: int = 0) -> Remembered:
    """Of what a calendar is told nothing is remembered but its days, a mark of its words, and how often it changed."""
    days = thing.first_on, thing.last_on, thing.starts_at, thing.ends_at
    return Remembered(thing.uid, thing.slug, thing.digest, sequence, at, *days)


def entries_after(
    remembered: Mapping[str, Remembered],
    things: Sequence[Dated],
    partnerships: Collection[str],
    *,
    since: date,
    known_until: date,
    at: datetime,
) -> Telling:
    """A thing that changed is told with a higher number; one that vanished is told as cancelled, without its words, for two
    months; of a partnership that the reader has left nothing is told at all, and nothing to whoever is in none.

    `since` is where the feed begins: what is over before is forgotten in silence. After `known_until` nothing is known,
    so nothing there is taken for vanished.
    """
    entries, changed = [], []
    for thing in things:
        before = remembered.get(thing.uid)
        if before is not None and before.digest == thing.digest and before.gone_at is None:
            entries.append(FeedLine(before, thing))
            continue
        now = remembering(thing, at, before.sequence + 1 if before else 0)
        changed.append(now)
        entries.append(FeedLine(now, thing))
    there, forgotten = {thing.uid for thing in things}, []
    for uid, before in remembered.items():
        if uid in there:
            continue
        over = before.last_on < since or (before.gone_at is not None and before.gone_at + KEPT_FOR <= at)
        left = before.slug not in partnerships if before.slug else not partnerships
        if over or left:
            forgotten.append(uid)
            continue
        gone = before
        if before.gone_at is None:
            if before.first_on > known_until:
                continue
            gone = replace(before, sequence=before.sequence + 1, changed_at=at, gone_at=at)
            changed.append(gone)
        entries.append(FeedLine(gone, None))
    return Telling(entries, changed, forgotten)
