"""Kernels and the check of their machine code before anything is timed."""
