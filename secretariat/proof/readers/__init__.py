"""From a file's bytes to its blocks: one reader for each form, and what plain text and PDF share."""
