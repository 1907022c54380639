"""What a kernel takes of a multiprocessor: registers, spills, shared memory, occupancy."""
