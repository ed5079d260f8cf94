"""Deeds of the pages across apps: `feeds` (a person's calendar link), `exports` (what was taken out, by whom)."""

from alongside.across.home.actions.exports import note_export as note_export
from alongside.across.home.actions.feeds import end_feed as end_feed, make_feed as make_feed, read_feed as read_feed
