"""Closed-form models: roofline, waves and tiles, passes, serving, recurrence."""
