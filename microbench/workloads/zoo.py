"""Every workload, in the order of the project's table."""

from __future__ import annotations

import functools

from microbench.errors import InputError
from microbench.workloads.workload import Workload


@functools.cache
def all_workloads() -> tuple[Workload, ...]:
    """Return every workload; imports descriptions only, no torch."""
    from microbench.workloads import (
        attention_passes,
        conv_blocks,
        convolution,
        decode_batching,
        delay_convolution,
        delta_inference,
        depthwise_size,
        dictionary_update,
        gemm_gelu,
        inception_mixer,
        large_kernel,
        linear_recurrence,
        locally_connected,
        log_bessel,
        long_convolution,
        low_rank_solve,
        lstm,
        neighbourhood_attention,
        neighbourhood_plane,
        ordered_convolution,
        pairwise_sum,
        precision_ladder,
        random_features,
        s4d_kernel,
        separable_filters,
        shift_product,
        sparse_blocks,
        sparse_pointwise,
        sparse_product,
        sparse_swiglu,
        spectral_convolution,
        stable_softmax,
        time_embedding,
        toeplitz_attention,
        tunable_convolution,
        video_convolution,
    )

    return (
        gemm_gelu.WORKLOAD,
        *convolution.WORKLOADS,
        *conv_blocks.WORKLOADS,
        attention_passes.WORKLOAD,
        inception_mixer.WORKLOAD,
        large_kernel.WORKLOAD,
        depthwise_size.WORKLOAD,
        sparse_swiglu.WORKLOAD,
        decode_batching.WORKLOAD,
        *long_convolution.WORKLOADS,
        ordered_convolution.WORKLOAD,
        toeplitz_attention.WORKLOAD,
        s4d_kernel.WORKLOAD,
        linear_recurrence.WORKLOAD,
        lstm.WORKLOAD,
        neighbourhood_attention.WORKLOAD,
        neighbourhood_plane.WORKLOAD,
        tunable_convolution.WORKLOAD,
        video_convolution.WORKLOAD,
        separable_filters.WORKLOAD,
        sparse_pointwise.WORKLOAD,
        sparse_blocks.WORKLOAD,
        sparse_product.WORKLOAD,
        delta_inference.WORKLOAD,
        locally_connected.WORKLOAD,
        pairwise_sum.WORKLOAD,
        low_rank_solve.WORKLOAD,
        spectral_convolution.WORKLOAD,
        delay_convolution.WORKLOAD,
        shift_product.WORKLOAD,
        log_bessel.WORKLOAD,
        dictionary_update.WORKLOAD,
        *precision_ladder.WORKLOADS,
        time_embedding.WORKLOAD,
        *random_features.WORKLOADS,
        *stable_softmax.WORKLOADS,
    )


def find(name: str) -> Workload:
    """Return a workload by name; ``InputError`` lists the names."""
    known = {workload.name: workload for workload in all_workloads()}
    if name not in known:
        raise InputError(f"no workload {name!r}: {', '.join(known)}")
    return known[name]
