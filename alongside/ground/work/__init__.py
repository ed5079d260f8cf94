"""What happens beside the pages: the stored queue behind `web.later`, the worker that empties it, and long work.

A task is one row (django-tasks), stored with the deed that asks for it. Workers claim rows, show by a heartbeat
that they live, and take over what a dead one left. Long work tells how far it is on a page that can be left.
"""
