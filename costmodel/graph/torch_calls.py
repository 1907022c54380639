"""The kernels a torch program really calls: every operator of one run, with its work and traffic.

A program of torch operators is run once and watched; each operator becomes one kernel, as eager
mode launches it. Views move nothing but cost a call. A transform of n complex points takes
5 n log2 n FLOP (Cooley and Tukey), half for real ones; other operators are counted as those of
``microbench.kernels.cpu_torch`` are, for their measurements are what a CPU is predicted from.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from costmodel.kernel import Family, Kernel
from microbench.formats import NumberFormat

if TYPE_CHECKING:
    import torch

Call = tuple[str, Sequence[Any], list["torch.Tensor"], list["torch.Tensor"]]
"""Name of an operator, its arguments, the tensors among them, and those it returned."""
Counted = tuple[Family, str, float, Mapping[str, float]]
"""Family, op, FLOP and dimensions."""

GEMM = frozenset("mm addmm bmm baddbmm mv addmv dot _int_mm _weight_int8pack_mm".split())
UNLIKE = "packed"
"""Op of products no plain library call is like: sparse operands, 8-bit weights with scales."""
FFT = frozenset(("_fft_r2c", "_fft_c2r", "_fft_c2c"))
ROWWISE = {
    **dict.fromkeys(("_softmax", "_log_softmax", "logsumexp"), ("softmax", 5.0)),
    **dict.fromkeys(("native_layer_norm", "native_group_norm"), ("layer_norm", 8.0)),
    **dict.fromkeys(("sum", "mean", "amax", "amin", "prod", "cumsum"), ("sum", 1.0)),
}
"""Op of ``cpu.library`` and FLOP an element."""
COPIES = frozenset("clone copy_ _to_copy cat stack constant_pad_nd repeat flip im2col".split())
MADE = frozenset(
    "full full_like fill_ zero_ zeros zeros_like ones ones_like eye arange new_zeros".split()
)
GATHERS = frozenset("index index_select gather embedding".split())
SCATTERS = frozenset("index_copy index_add index_put scatter scatter_add".split())
"""In place or not."""
BAG = "_embedding_bag_forward_only"
FACTORS = {"linalg_cholesky_ex": 1 / 3, "cholesky_solve": 2.0}
"""FLOP over n^3 of a factor, over n^2 and a right-hand side of a solve (Golub and Van Loan)."""
TRANSCENDENTAL = frozenset("exp log tanh erf gelu sigmoid silu pow sin cos elu expm1 log1p".split())
NO_WORK = frozenset(
    "empty empty_like new_empty detach lift_fresh _local_scalar_dense _unsafe_view".split()
)


def recorded(program: Callable[[], Any]) -> list[Kernel]:
    """Run a program once and return its operators as kernels, in order.

    Work outside torch is not seen. Sparse operands count by their stored values.
    """
    from torch.utils._python_dispatch import TorchDispatchMode

    found: list[Kernel] = []

    class Watch(TorchDispatchMode):  # type: ignore[no-untyped-call]  # torch annotates it not
        def __torch_dispatch__(
            self, func: Any, types: Any, args: Any = (), kwargs: Any = None
        ) -> Any:
            out = func(*args, **(kwargs or {}))
            found.append(kernel_of(func, args, kwargs or {}, out))
            return out

    with Watch():  # type: ignore[no-untyped-call]  # as above
        program()
    return found


def kernel_of(func: Any, args: Sequence[Any], kwargs: Mapping[str, Any], out: Any) -> Kernel:
    """Return one operator call as a kernel."""
    name = func.__name__.split(".")[0]
    given, results = _tensors([list(args), list(kwargs.values())]), _tensors(out)
    moved = 0.0
    if func.is_view or name in NO_WORK or not results:
        counted: Counted = (Family.DATA_MOVEMENT, "view", 0.0, {"elements": 1.0})
    else:
        moved = _moved((name, args, given, results))
        counted = _counted((name, args, given, results))
    family, op, work_flop, dims = counted
    return Kernel(
        name=name,
        family=family,
        op=op,
        number_format=_format([*results, *given]),
        work_flop=work_flop,
        bytes_moved=moved,
        dims=dims,
        ops=(name,),
    )


def _moved(call: Call) -> float:
    """Return every operand and result once; of a table that is indexed, the places touched."""
    name, args, given, results = call
    every = sum(_stored_bytes(t) for t in (*given, *results))
    if name in GATHERS:
        return every - _stored_bytes(given[0]) + _stored_bytes(results[0])
    if name.rstrip("_") in SCATTERS:
        values = max(given[1:], key=lambda t: t.numel())
        return sum(map(_stored_bytes, given[1:])) + 2 * _stored_bytes(values)
    if name == BAG:
        rows, touched = int(args[0].shape[0]), int(args[1].numel())
        return _stored_bytes(args[0]) / max(1, rows) * (touched + 1.0)
    return every


def _counted(call: Call) -> Counted:
    name, args, given, results = call
    if name in GEMM:
        return _gemm(name, _tensors(list(args)))
    if name in FACTORS:
        n = float(results[0].shape[-1] if name != "cholesky_solve" else given[-1].shape[-1])
        columns = n if name != "cholesky_solve" else float(given[0].shape[-1])
        dims = {"b": 1.0, "m": n, "n": columns, "k": n}
        return Family.GEMM, name, FACTORS[name] * n * n * columns, dims
    if name == "convolution":
        return _convolution(args, results[0])
    if name.startswith("_scaled_dot_product"):
        return _attention(given, results[0])
    if name in FFT:
        return _fft(name, args, results[0])
    elements = float(max(t.numel() for t in (*given, *results)))
    if name in ROWWISE:
        op, each = ROWWISE[name]
        return Family.ROWWISE, op, elements * each, _rows(given[0], results[0])
    if name == "mkldnn_rnn_layer":
        return _recurrent(args)
    if name == BAG:
        touched = float(args[1].numel() * args[0].shape[1])
        return Family.DATA_MOVEMENT, "gather", 2.0 * touched, {"elements": touched}
    if name in GATHERS or name.rstrip("_") in SCATTERS:
        elements = float(max(t.numel() for t in (*given[1:], *results[:1])))
        return Family.DATA_MOVEMENT, "gather", 0.0, {"elements": elements}
    if name in COPIES or name in MADE:
        turned = name == "clone" and not given[0].is_contiguous()
        return Family.DATA_MOVEMENT, "transpose" if turned else "copy", 0.0, {"elements": elements}
    op = name.rstrip("_")
    if results[0].is_complex() and op in TRANSCENDENTAL:
        return Family.OTHER, f"complex {op}", 40.0 * elements, {"elements": elements}
    cols = float(results[0].shape[-1]) if results[0].dim() else 1.0
    dims = {"rows": elements / max(cols, 1.0), "cols": cols, "inputs": float(max(1, len(given)))}
    return Family.ELEMENTWISE, op, elements * (10.0 if op in TRANSCENDENTAL else 1.0), dims


def _gemm(name: str, given: Sequence[torch.Tensor]) -> Counted:
    """Return a product; a bias or an addend comes before the factors, scales of weights after."""
    packed = name == "_weight_int8pack_mm"
    left, right = (given[0], given[1].t()) if packed else given[-2:]
    b = float(left.shape[0]) if left.dim() == 3 else 1.0
    m = float(left.shape[-2]) if left.dim() > 1 else 1.0
    n = float(right.shape[-1]) if right.dim() > 1 else 1.0
    k = float(left.shape[-1])
    filled = _stored(left) / max(b * m * k, 1.0)
    each = 8.0 if left.is_complex() else 2.0
    dims = {"b": b, "m": m, "n": n, "k": k}
    work = each * b * m * n * k * filled
    if packed or filled < 1:
        return Family.OTHER, UNLIKE, work, dims
    return Family.GEMM, "bmm" if b > 1 else "mm", work, dims


def _recurrent(args: Sequence[Any]) -> Counted:
    """``aten.mkldnn_rnn_layer``: input (time, batch, features), weights of it and of the state."""
    steps, batch = (float(size) for size in args[0].shape[:2])
    hidden = float(args[2].shape[1])
    dims = {"batch": batch, "hidden": hidden, "timesteps": steps}
    dims["gates"] = float(args[2].shape[0]) / hidden
    work = 2.0 * steps * batch * float(args[1].numel() + args[2].numel())
    return Family.RECURRENT, "lstm", work, dims


def _convolution(args: Sequence[Any], out: torch.Tensor) -> Counted:
    """``aten.convolution``: input, weight, bias, stride, padding, dilation, ..., groups."""
    image, weight, stride, groups = args[0], args[1], args[3], args[8]
    sides = {"in": image.shape[2:], "out": out.shape[2:], "kernel": weight.shape[2:]}
    (h_in, w_in), (h_out, w_out), (kh, kw), (sh, sw) = (
        _plane(side) for side in (*sides.values(), stride)
    )
    dims = {"batch": image.shape[0], "c_in": image.shape[1], "c_out": out.shape[1]}
    dims |= {"h_in": h_in, "w_in": w_in, "h_out": h_out, "w_out": w_out, "kh": kh, "kw": kw}
    dims |= {"stride_h": sh, "stride_w": sw, "groups": groups}
    if weight.dim() == 5:
        dims |= {"kd": weight.shape[2], "d_in": image.shape[2], "d_out": out.shape[2]}
    work = 2.0 * out.numel() * math.prod(weight.shape[1:])
    floats = {name: float(size) for name, size in dims.items()}
    return Family.CONVOLUTION, f"conv{weight.dim() - 2}d", work, floats


def _attention(given: Sequence[torch.Tensor], out: torch.Tensor) -> Counted:
    query, key = given[:2]
    batch, heads, seq, head_dim = (float(size) for size in query.shape)
    kv_len = float(key.shape[2])
    dims = {"batch": batch, "heads": heads, "kv_heads": float(key.shape[1])}
    dims |= {"seq": seq, "kv_len": kv_len, "head_dim": head_dim}
    work = batch * heads * seq * kv_len * (2.0 * (head_dim + float(out.shape[-1])) + 5.0)
    return Family.ATTENTION_ENCODER, "sdpa", work, dims


def _fft(name: str, args: Sequence[Any], out: torch.Tensor) -> Counted:
    """``aten._fft_*``: input, dimensions, ...; ``c2r`` halves only its last dimension."""
    whole = out if name == "_fft_c2r" else args[0]
    n = float(math.prod(whole.shape[axis] for axis in args[1]))
    batch = whole.numel() / max(n, 1.0)
    each = 5.0 if name == "_fft_c2c" else 2.5
    work = each * whole.numel() * math.log2(max(n, 2.0))
    return Family.FFT, name.removeprefix("_fft_"), work, {"batch": batch, "n": n}


def _rows(given: torch.Tensor, out: torch.Tensor) -> dict[str, float]:
    if out.numel() < given.numel():
        rows = float(max(out.numel(), 1))
        return {"rows": rows, "cols": given.numel() / rows}
    cols = float(given.shape[-1]) if given.dim() else 1.0
    return {"rows": given.numel() / max(cols, 1.0), "cols": cols}


def _plane(sizes: Sequence[int]) -> tuple[int, int]:
    """Return height and width; a sequence is one pixel high, depth is left out."""
    return (sizes[-2] if len(sizes) > 1 else 1, sizes[-1])


def _tensors(value: Any) -> list[torch.Tensor]:
    import torch
    from torch.utils._pytree import tree_leaves

    return [leaf for leaf in tree_leaves(value) if isinstance(leaf, torch.Tensor)]


def _stored(tensor: torch.Tensor) -> float:
    import torch

    if tensor.layout is torch.strided:
        return float(tensor.numel())
    return float(tensor.values().numel())


def _stored_bytes(tensor: torch.Tensor) -> float:
    """Return the bytes a tensor's distinct elements take: broadcast dimensions count once."""
    import torch

    if tensor.layout is not torch.strided:
        return _stored(tensor) * (tensor.element_size() + 4.0)
    sizes = zip(tensor.shape, tensor.stride(), strict=True)
    distinct = math.prod(size for size, stride in sizes if stride or size == 0)
    return float(distinct * tensor.element_size())


def _format(tensors: Sequence[torch.Tensor]) -> NumberFormat:
    """Return the number format that runs; complex numbers run as pairs of their parts."""
    import torch

    formats = {
        **dict.fromkeys((torch.float32, torch.complex64), NumberFormat.FP32),
        **dict.fromkeys((torch.float64, torch.complex128), NumberFormat.FP64),
        torch.float16: NumberFormat.FP16,
        torch.bfloat16: NumberFormat.BF16,
        torch.int8: NumberFormat.INT8,
    }
    return next((formats[t.dtype] for t in tensors if t.dtype in formats), NumberFormat.FP32)
