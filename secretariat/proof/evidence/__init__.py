"""What the rules look at: sums, sequences, names, references, lists and series, told apart from what is wrong."""
