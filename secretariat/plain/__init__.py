"""Plain Python that every room may use: working days, references, rounding, months, tallies, dates."""
