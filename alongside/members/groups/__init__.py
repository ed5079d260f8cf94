"""Groups: people of a partnership's schools by what they are (heads, SENDCos, business managers), whom a colleague can ask.

Who asks gets one page of answers, from the page or by mail; thanks are written down as what the school gave.
"""
