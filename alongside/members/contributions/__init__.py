"""Give and receive: who gave what to whom.

Every piece of work between two schools leaves one contribution, written by the action that did the work, in its
transaction, and taken back by it. From these come what a school gave and received. Nothing here ranks schools.
"""
