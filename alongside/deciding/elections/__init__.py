"""Elections: who stands for a seat, who may vote, a ballot that nobody can trace, a count that anybody can do again.

A vote lies sealed until two of three scrutineers open the box; what is published afterwards is enough to count again.
"""
