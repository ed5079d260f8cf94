"""What every room stands on: plain values, look and feel, the log, work, search, files, documents."""
