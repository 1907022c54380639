"""The models that ship, each with its provenance."""
