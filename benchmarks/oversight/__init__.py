"""Measurement data: what it costs to take in and to ask."""
