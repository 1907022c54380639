"""Ops to kernels: costs by dialect, loops and calls multiplied out, fusion, coverage."""
