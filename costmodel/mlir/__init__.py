"""A tolerant reader of MLIR text of any version."""
