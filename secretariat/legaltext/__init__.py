"""The code itself, clause by clause, and the other governed documents."""
