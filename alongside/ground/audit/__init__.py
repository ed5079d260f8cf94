"""What happened, by whom.

Append-only rows by plain id, without foreign keys or personal text: names are joined when shown.
Written in the transaction of the action that did the deed; a task seals them in a chain each minute, so that
a change made behind the product's back shows.
"""
