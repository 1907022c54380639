"""CUDA kernels: one family a ``.cu`` file, its variants declared in the ``.py`` beside it.

Sources ship as package data, include no header of the toolkit and are compiled by
``microbench.kernels.cuda_compile``. Nothing here needs a GPU.
"""
