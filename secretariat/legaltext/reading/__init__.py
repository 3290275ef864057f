"""The code as people read it: on any day, clause by clause, with what it refers to, and who must do what."""
