"""Reading what the Department publishes: bytes to lines, lines to records, records to facts. Plain Python, streaming.

source    a file, plain, gzipped or zipped, whatever its encoding     records   its lines as lists of cells
kinds     what a file is, and that it is the register's own           rows      whether a row's cells stand in their columns
headings  which column is which fact, whatever it is called           cells     one cell to one clean value
words     the register's closed lists, in today's words               layout    what a file says of each row
"""
