"""Tuning spaces, constraints, solvers and the choice of block sizes."""
