"""MLIR text as a sequence of op tokens with shapes, and the small networks that read it."""
