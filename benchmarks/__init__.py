"""Benchmarks: every one measures a floor in the same run and prints its ratio to it, never an absolute promise."""
