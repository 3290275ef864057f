"""Bringing a text in from a file: read, laid beside the standing text, shown, and only then accepted."""
