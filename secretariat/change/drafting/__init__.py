"""A proposal's legal text: drafts of it, what they still need, and what becomes of them with the proposal."""
