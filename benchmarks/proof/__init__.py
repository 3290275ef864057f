"""The paper checker on clean papers of many shapes, and on the same papers with faults put in."""

from benchmarks.proof.course import run

__all__ = ["run"]
