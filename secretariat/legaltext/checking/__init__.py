"""What the words of a text say of each other: numbers, cross-references, defined terms, obligations, and checks."""
