"""How a proposal is judged: against the objectives, by whom it touches, by its cost, and beside other codes."""
