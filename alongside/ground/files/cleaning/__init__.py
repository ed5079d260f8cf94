"""From the bytes that somebody sends to the bytes that are kept.

`kinds.cleaned(name, data)`: what a file is, by its content; that its name agrees; that it can do no harm; then the same
document without what it says about its maker's machine. `unsafe.Unsafe` says in words what to do instead.
"""
