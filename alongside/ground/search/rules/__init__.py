"""What the index of words decides: how the same is written, what is meant, which slips are forgiven."""
