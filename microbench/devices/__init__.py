"""Catalogue of known devices, detection of this machine, telemetry."""
