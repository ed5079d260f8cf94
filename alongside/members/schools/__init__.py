"""The register of schools (GIAS) and the lasting schools.

An establishment is one row of the register, keyed by its URN. A school is the lasting place that every
other part points to, with its establishments over time. Nothing outside this app points to an establishment.
"""
