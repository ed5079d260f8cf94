"""Who’s who: who holds which post in a partnership’s schools, how to reach them, and the lists and clusters made of them.

A list is saved, copied, taken as a file, and written to by the office.
"""
