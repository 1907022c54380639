"""What a device does: catalogue, protocol, kernels, suites, runner and store.

Imports none of the other packages.
"""
