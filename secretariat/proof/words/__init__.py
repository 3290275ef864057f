"""What words say: numbers, dates, nouns, tense and labels, in prose and in tables."""
