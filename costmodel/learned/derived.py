"""Features that trees and networks cannot form by themselves: waves, remainders, live experts.

A grid of blocks runs in waves over the multiprocessors; the last wave and the last tile of each
axis are partly empty. ``log_waves_X`` is log2 of blocks over multiprocessors, ``wave_fill_X`` the
share of the rounded-up waves that does work, ``fill_X`` the share of a padded axis that is real.
Tile sizes are the usual powers of two of vendor libraries; which of them a kernel uses is learned.
"""

from __future__ import annotations

from collections.abc import Mapping

from costmodel.learned.arithmetic import (
    Value,
    ceil,
    choose,
    count,
    expm1,
    largest,
    least,
    log1p,
    log2_of,
)
from costmodel.learned.families import ModelFamily

Named = list[tuple[str, Value]]
_TINY = 0.5
"""Least argument of log2: sizes are counts, and 0 (no window) must stay apart from 1."""


def derive(family: ModelFamily, shapes: Mapping[str, Value], sm_count: Value) -> Named[Value]:
    """Return the derived features of a family, in a fixed order; shapes are per row."""
    if family.tiles:
        return _products(family, shapes, sm_count)
    if "head_dim" in shapes or family.name == "latent_attention":
        return _attention(shapes, sm_count)
    if family.name == "mixture_of_experts":
        return _experts(shapes, sm_count)
    if family.name in {"rowwise", "quantise"}:
        return _rows(shapes, sm_count)
    if family.name == "latent_product":
        return _latent_product(shapes, sm_count)
    if family.name == "convolution":
        return _convolution(shapes, sm_count)
    if family.name == "collective":
        return _collective(shapes)
    return []


def log2(values: Value) -> Value:
    """Return log2 of sizes, with 0 one below 1."""
    return log2_of(largest(values, _TINY))


def fill(size: Value, tile: int) -> Value:
    """Return the share of an axis padded to whole tiles that is real work."""
    return size / (ceil(size / tile) * tile)


def _waves(name: str, blocks: Value, sm_count: Value) -> Named[Value]:
    waves = largest(blocks / sm_count, 1e-6)
    whole = ceil(waves)
    return [
        (f"log_waves_{name}", log2_of(waves)),
        (f"wave_fill_{name}", waves / whole),
        (f"log_whole_waves_{name}", log2_of(whole)),
    ]


def _odd(size: Value) -> Value:
    """Return how far a size is from vector loads: 0 for multiples of 8 up to 3 for odd sizes."""
    found: Value = 3.0 - count(size % 2 == 0, size % 4 == 0, size % 8 == 0)
    return found


def _products(family: ModelFamily, shapes: Mapping[str, Value], sm_count: Value) -> Named[Value]:
    m, n, k = shapes["m"], shapes["n"], shapes["k"]
    found: Named[Value] = []
    for rows, cols in family.tiles:
        blocks = ceil(m / rows) * ceil(n / cols)
        blocks = blocks * shapes["b"] if "b" in shapes else blocks
        found += _waves(f"{rows}x{cols}", blocks, sm_count)
    for tile in (8, 16, 32, 64, 128, 256):
        found += [(f"fill_m{tile}", fill(m, tile)), (f"fill_n{tile}", fill(n, tile))]
    found += [("fill_k64", fill(k, 64)), ("log_k_steps", log2(ceil(k / 64)))]
    found += [("log_nk", log2(n * k)), ("log_mn", log2(m * n)), ("log_mk", log2(m * k))]
    found += [("odd_m", _odd(m)), ("odd_n", _odd(n)), ("odd_k", _odd(k))]
    return found


def _attention(shapes: Mapping[str, Value], sm_count: Value) -> Named[Value]:
    batch, heads = shapes["batch"], shapes["heads"]
    seq = shapes["seq"] if "seq" in shapes else shapes["kv_len"]
    kv_heads = shapes.get("kv_heads", heads)
    group = heads / kv_heads
    found: Named[Value] = [
        ("log_batch_heads", log2(batch * heads)),
        ("log_group", log2(group)),
    ]
    seen = seq
    if "window" in shapes:
        window = shapes["window"]
        seen = choose(window > 0, least(seq, window), seq)
        found += [("log_seen", log2(seen)), ("log_beyond_window", log2(seq / seen))]
        found += [("windowed", count(window > 0))]
    if "kv_heads" in shapes:
        found += [("log_batch_kv_heads", log2(batch * kv_heads))]
        found += _waves("kv_heads", batch * kv_heads, sm_count)
    for tile in (64, 128, 256):
        steps = ceil(seq / tile)
        found += _waves(f"heads_{tile}", batch * heads * steps, sm_count)
        if "kv_heads" in shapes:
            found += _waves(f"kv_heads_{tile}", batch * kv_heads * steps, sm_count)
        found += [(f"fill_seq{tile}", fill(seq, tile))]
    found += _waves("heads", batch * heads, sm_count)
    found += [("log_seq_64", log2(seq + 64)), ("log_seq_512", log2(seq + 512))]
    found += [("log_seen_256", log2(seen + 256))]
    return found + [(f"fill_group{tile}", fill(group, tile)) for tile in (8, 16, 64)]


def _experts(shapes: Mapping[str, Value], sm_count: Value) -> Named[Value]:
    """One GPU of a tp x ep group holds experts / ep experts of width inter / tp."""
    tokens, hidden = shapes["tokens"], shapes["hidden"]
    own = largest(shapes["experts"] / shapes["ep"], 1.0)
    width = shapes["inter"] / shapes["tp"]
    pairs = largest(tokens * shapes["topk"] / shapes["ep"], 1e-3)
    # Expected distinct experts of that many uniform draws; never more than there are pairs.
    live = own * -expm1(pairs * log1p(-1 / largest(own, 1 + 1e-9)))
    live = largest(least(live, least(own, largest(pairs, 1.0))), 1e-3)
    each = pairs / live
    found: Named[Value] = [
        ("log_own_experts", log2(own)),
        ("log_width", log2(width)),
        ("log_pairs", log2_of(pairs)),
        ("log_live", log2_of(live)),
        ("log_pairs_each", log2_of(each)),
        ("log_live_weights", log2_of(live * width * hidden)),
        ("log_expert_weights", log2(width * hidden)),
    ]
    for tile in (16, 64, 128):
        rows = live * ceil(each / tile)
        for cols in (128, 256):
            found += _waves(f"up_{tile}x{cols}", rows * ceil(2 * width / cols), sm_count)
            found += _waves(f"down_{tile}x{cols}", rows * ceil(hidden / cols), sm_count)
        found += [(f"fill_each{tile}", fill(each, tile))]
    return found + [(f"fill_width{tile}", fill(width, tile)) for tile in (64, 128, 256)]


def _rows(shapes: Mapping[str, Value], sm_count: Value) -> Named[Value]:
    rows, cols = shapes["rows"], shapes["cols"]
    elements = rows * cols
    found: Named[Value] = [("log_elements", log2(elements))]
    found += _waves("rows", rows, sm_count)
    for tile in (512, 1024):
        found += _waves(f"elements_{tile}", ceil(elements / tile), sm_count)
        found += [(f"fill_elements{tile}", fill(elements, tile))]
    found += [("odd_cols", _odd(cols)), ("odd_elements", _odd(elements))]
    return found + [(f"fill_cols{tile}", fill(cols, tile)) for tile in (4, 32, 128, 512)]


def _latent_product(shapes: Mapping[str, Value], sm_count: Value) -> Named[Value]:
    tokens, heads = shapes["tokens"], shapes["heads"]
    found: Named[Value] = [("log_token_heads", log2(tokens * heads))]
    for tile in (64, 128):
        blocks = heads * ceil(tokens / tile)
        found += _waves(f"narrow_{tile}", blocks, sm_count)
        found += _waves(f"wide_{tile}", 4 * blocks, sm_count)
        found += [(f"fill_tokens{tile}", fill(tokens, tile))]
    return found


def _convolution(shapes: Mapping[str, Value], sm_count: Value) -> Named[Value]:
    """As an implicit product m, n, k, and as Winograd's batch of products over 2x2 or 4x4 tiles.

    Source: A. Lavin, S. Gray, Fast Algorithms for Convolutional Neural Networks, 2016: F(4x4, 3x3)
    takes 36 multiplications for 16 outputs, F(2x2, 3x3) 16 for 4.
    """
    batch, c_in, c_out = shapes["batch"], shapes["c_in"], shapes["c_out"]
    out, taps = shapes["hw_out"], shapes["ksize"] ** 2
    m, k = batch * out**2, c_in * taps
    found: Named[Value] = [
        ("log_m", log2(m)),
        ("log_k", log2(k)),
        ("log_ratio_mk", log2(m) - log2(k)),
    ]
    found += [("log_image", log2(batch * c_in * shapes["hw_in"] ** 2)), ("log_kn", log2(k * c_out))]
    found += [("log_out_image", log2(m * c_out)), ("log_in_out", log2(c_in) - log2(c_out))]
    for rows, cols in ((128, 32), (64, 64), (128, 64), (128, 128)):
        blocks = ceil(m / rows) * ceil(c_out / cols)
        found += _waves(f"{rows}x{cols}", blocks, sm_count)
    for tile in (2, 4):
        points = batch * ceil(out / tile) ** 2
        found += [(f"fill_out{tile}", fill(out, tile)), (f"log_points{tile}", log2(points))]
        grid = ceil(points / 128) * ceil(c_out / 128)
        found += _waves(f"winograd{tile}", grid, sm_count)
        found += _waves(f"winograd{tile}_batched", (tile + 2) ** 2 * grid, sm_count)
    for axis, size in (("c_in", c_in), ("c_out", c_out)):
        found += [(f"fill_{axis}{tile}", fill(size, tile)) for tile in (8, 32, 64, 128)]
        found += [(f"odd_{axis}", _odd(size))]
    return [*found, ("odd_out", _odd(out)), ("pointwise", count(taps == 1))]


def _collective(shapes: Mapping[str, Value]) -> Named[Value]:
    gpus, message = shapes["n_gpus"], shapes["message_bytes"]
    nodes = gpus / shapes["devices_per_node"]
    return [("log_nodes", log2_of(nodes)), ("log_share", log2(message / gpus))]
