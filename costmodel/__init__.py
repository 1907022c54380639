"""What a device would do: MLIR to kernels, kernels to time, and the choice of block sizes."""
