"""Plain value types that every part shares. Nothing here knows Django.

verdict  whether something is allowed, and why not    standing  who is asking
money    integer pence                                keys      ids
clock    the time that the whole product lives by     words     dates and counts as people say them
"""
