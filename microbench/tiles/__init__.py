"""Kernels whose block sizes are measured, one configuration at a time, in a supervised child."""
