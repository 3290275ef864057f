"""The forms in which a text comes in and goes out: Word, Akoma Ntoso, JSON, Markdown, HTML and PDF."""
