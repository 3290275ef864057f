"""Drafts of legal text: clause edits against a chosen version, their conflicts with other drafts, and re-basing."""
