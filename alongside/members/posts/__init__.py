"""The posts that people hold: in a school, in a trust, in a partnership's office.

A list that comes with what schools usually have. A partnership adds its own, says which it asks for, and settles what
each opens there; a post that opens nothing is one that others find somebody by.
"""
