"""Frozen descriptions of benchmarks, one question a file."""
