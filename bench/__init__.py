"""Measuring what we promise: each module's `main()` gives figures, `python -m bench` runs all and writes docs/figures.md."""
