"""What R3 and R30 say, as plain functions: `days`, `years`, `closures`, `bank_holidays`, `teaching`, `clocks`."""
