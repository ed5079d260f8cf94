"""What is stored: files that people upload, safe to hold and to give back.

Nothing is kept as it came. `cleaning.kinds.cleaned` tells by its content what a file is, refuses what could do harm, takes
out what it says about its maker, and gives the bytes that are kept, under a random name, on disk or in a bucket.
A file belongs to a partnership, a school or a person by plain id, so that every part above may keep some; it goes out
by `files:download` only, as an attachment, to whoever may see it. A partnership's own are its Papers.
"""
