"""Consultations: questions put to those concerned, their responses, and what became of every point raised."""
