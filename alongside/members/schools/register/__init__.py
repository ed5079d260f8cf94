"""Reading what the Department publishes: bytes to lines, lines to records, records to facts. Plain Python, streaming.

source    a file, plain, gzipped or zipped, whatever its encoding     records   its lines as lists of cells
headings  which column is which fact, whatever it is called           cells     one cell to one clean value
layout    a file's kind and what it says of each row
"""
