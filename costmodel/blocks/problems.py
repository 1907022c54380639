"""Kernels named on the command line: ``gemm:4096,4096,4096,bf16`` and its kind."""

from __future__ import annotations

from collections.abc import Callable

from costmodel.kernel import Family, Kernel
from microbench.errors import InputError
from microbench.formats import NumberFormat
from microbench.units import plural

FORMS = {
    "gemm": "m,n,k,dtype",
    "cutlass_gemm": "m,n,k,dtype",
    "grouped_gemm": "experts,tokens,topk,hidden,inter,dtype",
    "conv": "batch,c_in,h,w,c_out,kernel,stride,dtype",
    "attention": "batch,heads,kv_heads,seq,head_dim,dtype[,full]",
    "decode": "batch,heads,kv_heads,kv_len,head_dim,dtype",
    "softmax": "rows,cols,dtype",
    "layernorm": "rows,cols,dtype",
    "recurrent": "batch,hidden,timesteps,gates,dtype",
}
"""Kernels and their numbers, in order."""
MOST = 2**31 - 1
"""The largest size: what 32-bit indices of kernels and libraries reach."""
DIGITS = len(str(MOST))
ALIASES = {"fp8": NumberFormat.FP8_E4M3}
"""What tables of ``predict --table`` call a format."""
CAUSAL, FULL = "causal", "full"
"""What attention looks at, the last word of its text: what came before (also without a word), or
everything."""


def is_kernel(text: str) -> bool:
    """Return whether the text names a kernel rather than a file."""
    return text.partition(":")[0] in FORMS and ":" in text


def parse_kernel(text: str) -> Kernel:
    """Return the kernel a text names; ``InputError`` says what is missing or wrong in it."""
    name, parts, _ = _split(text)
    wanted = FORMS[name].partition("[")[0].split(",")
    form = f"{name}:{FORMS[name]}"
    if name == "attention" and len(parts) == len(wanted) + 1:
        raise InputError(f"{text!r}: {parts[-1]!r} is neither {CAUSAL} nor {FULL}: {form}")
    if len(parts) != len(wanted):
        count = f"{len(parts)} {plural('field', len(parts))}"
        raise InputError(f"{text!r} has {count}, not {len(wanted)}: {form}")
    try:
        named = parts[-1].lower()
        number_format = NumberFormat(ALIASES.get(named, named))
    except ValueError as error:
        alike = [one for one in NumberFormat if one.startswith(f"{parts[-1].lower()}_")]
        known = " or ".join(alike) or f"choose from {', '.join(NumberFormat)}"
        raise InputError(f"{text!r}: {parts[-1]!r} is no number format: {known}") from error
    for field, part in zip(wanted, parts[:-1], strict=False):
        if not part.isascii() or not part.isdigit() or not part.strip("0"):
            raise InputError(f"{text!r}: {field} is {part!r}, not a whole number above 0: {form}")
        if len(part.lstrip("0")) > DIGITS or int(part) > MOST:
            raise InputError(f"{text!r}: {field} is too large: {MOST} is the most")
    return _BUILD[name](text, [int(part) for part in parts[:-1]], number_format)


def numbers(text: str) -> tuple[str, tuple[int, ...]]:
    """Return the name and the sizes of a kernel that ``parse_kernel`` accepts, in its order."""
    name, parts, _ = _split(text)
    return name, tuple(int(part) for part in parts[:-1])


def is_causal(text: str) -> bool:
    """Return whether attention, named by a text, looks only at what came before."""
    return _split(text)[2] == CAUSAL


def _split(text: str) -> tuple[str, list[str], str]:
    """Return the name, the numbers with the format behind them, and what attention looks at."""
    name, _, rest = text.partition(":")
    parts = [part.strip() for part in rest.split(",")]
    masked = name == "attention" and parts[-1].lower() in (CAUSAL, FULL)
    return name, parts[:-1] if masked else parts, parts[-1].lower() if masked else CAUSAL


def _gemm(text: str, v: list[int], number_format: NumberFormat) -> Kernel:
    m, n, k = v
    moved = (m * k + k * n + m * n) * number_format.size_bytes
    dims = {"b": 1, "m": m, "n": n, "k": k}
    op = CUTLASS if text.startswith(CUTLASS) else "linear"
    return Kernel(text, Family.GEMM, op, number_format, 2.0 * m * n * k, moved, dims)


def _grouped(text: str, v: list[int], number_format: NumberFormat) -> Kernel:
    experts, tokens, topk, hidden, inter = v
    if topk > experts:
        raise InputError(f"{text!r}: topk {topk} is more than {experts} experts")
    touched = min(experts, tokens * topk)
    moved = (touched * 2 * inter * hidden + tokens * topk * hidden) * number_format.size_bytes
    dims = {"tokens": tokens, "hidden": hidden, "inter": inter, "topk": topk, "experts": experts}
    flop = 4.0 * tokens * topk * hidden * inter
    return Kernel(text, Family.MIXTURE_OF_EXPERTS, "gate_up", number_format, flop, moved, dims)


def _conv(text: str, v: list[int], number_format: NumberFormat) -> Kernel:
    batch, c_in, h, w, c_out, kernel, stride = v
    h_out, w_out = -(-h // stride), -(-w // stride)
    dims = {"batch": batch, "c_in": c_in, "c_out": c_out, "h_in": h, "w_in": w, "h_out": h_out}
    dims |= {"w_out": w_out, "kh": kernel, "kw": kernel, "stride_h": stride, "stride_w": stride}
    flop = 2.0 * batch * h_out * w_out * c_out * c_in * kernel * kernel
    values = batch * (c_in * h * w + c_out * h_out * w_out) + c_in * c_out * kernel * kernel
    moved = values * number_format.size_bytes
    return Kernel(
        text, Family.CONVOLUTION, "conv2d", number_format, flop, moved, {**dims, "groups": 1}
    )


def _attention(text: str, v: list[int], number_format: NumberFormat) -> Kernel:
    batch, heads, kv_heads, seq, head_dim = v
    _check_heads(text, heads, kv_heads)
    dims = {"batch": batch, "heads": heads, "kv_heads": kv_heads, "seq": seq, "kv_len": seq}
    dims |= {"head_dim": head_dim}
    flop = 2.0 * batch * heads * seq * seq * head_dim
    moved = 2 * batch * (heads + kv_heads) * seq * head_dim * number_format.size_bytes
    if not is_causal(text):
        return Kernel(text, Family.ATTENTION_ENCODER, FULL, number_format, 2 * flop, moved, dims)
    return Kernel(
        text, Family.ATTENTION_PREFILL, CAUSAL, number_format, flop, moved, {**dims, "window": 0}
    )


def _decode(text: str, v: list[int], number_format: NumberFormat) -> Kernel:
    batch, heads, kv_heads, kv_len, head_dim = v
    _check_heads(text, heads, kv_heads)
    dims = {"batch": batch, "heads": heads, "kv_heads": kv_heads, "kv_len": kv_len}
    flop = 4.0 * batch * heads * kv_len * head_dim
    moved = 2 * batch * kv_heads * kv_len * head_dim * number_format.size_bytes
    return Kernel(
        text, Family.ATTENTION_DECODE, "decode", number_format, flop, moved,
        {**dims, "head_dim": head_dim, "window": 0},
    )  # fmt: skip


def _check_heads(text: str, heads: int, kv_heads: int) -> None:
    if heads % kv_heads:
        raise InputError(f"{text!r}: {heads} heads do not share {kv_heads} kv_heads evenly")


def _rows(text: str, v: list[int], number_format: NumberFormat) -> Kernel:
    rows, cols = v
    size = rows * cols
    moved = 2 * size * number_format.size_bytes
    op = text.partition(":")[0]
    dims = {"rows": rows, "cols": cols}
    return Kernel(text, Family.ROWWISE, op, number_format, 5.0 * size, moved, dims)


def _recurrent(text: str, v: list[int], number_format: NumberFormat) -> Kernel:
    batch, hidden, timesteps, gates = v
    if number_format.size_bytes != 2:
        raise InputError(f"{text!r}: a fused recurrent step keeps 16-bit weights: bf16 or fp16")
    if hidden > MOST_HIDDEN:
        raise InputError(f"{text!r}: hidden {hidden} is more than {MOST_HIDDEN} can be divided for")
    dims = {"batch": batch, "hidden": hidden, "timesteps": timesteps, "gates": gates}
    flop = 2.0 * batch * timesteps * gates * hidden * hidden
    values = gates * hidden * hidden + timesteps * batch * (gates + 1) * hidden
    moved = values * number_format.size_bytes
    return Kernel(text, Family.RECURRENT, "fused_recurrent", number_format, flop, moved, dims)


CUTLASS = "cutlass_gemm"
MOST_HIDDEN = 1 << 20

_BUILD: dict[str, Callable[[str, list[int], NumberFormat], Kernel]] = {
    "gemm": _gemm,
    "grouped_gemm": _grouped,
    "conv": _conv,
    "attention": _attention,
    "decode": _decode,
    "softmax": _rows,
    "layernorm": _rows,
    "cutlass_gemm": _gemm,
    "recurrent": _recurrent,
}
