"""Costs of ONNX ops, in onnx-mlir's dialect and in torch-mlir's ``torch.operator "onnx.Name"``.

Source: the operators' specification (onnx/onnx, docs/Operators.md) for shapes and operand order.
onnx-mlir puts an operator's version behind its name (``onnx.ReduceMeanV13``): rules ignore it.
"""

from __future__ import annotations

import math
import re

from costmodel.graph.attention import onnx_attention
from costmodel.graph.cost import (
    CostRule,
    OpCost,
    Role,
    Typed,
    free,
    gemm,
    movement,
    pointwise,
    reduction,
    transpose,
    view,
)
from costmodel.graph.einsum import einsum
from costmodel.graph.stablehlo import random, sort, top_k
from costmodel.graph.torch_onnx import convolution, pooling, product, rowwise
from costmodel.graph.updates import updating
from costmodel.kernel import Family

_ONNX_POINTWISE = """Add Sub Mul Div Relu Gelu Sigmoid Tanh Exp Log Sqrt Pow Abs Neg Sin Cos Erf
Floor Ceil Round Clip Max Min Where Equal Less LessOrEqual Greater GreaterOrEqual And Or Not Xor
LeakyRelu Elu Selu HardSigmoid HardSwish Softplus Softsign Reciprocal Sign Mod Cast PRelu Mish
QuantizeLinear DequantizeLinear IsNaN Trilu Dropout Celu ThresholdedRelu BitShift Tan Acos Acosh
Asin Asinh Atan Atanh Cosh Sinh BitwiseAnd BitwiseNot BitwiseOr BitwiseXor CastLike IsInf Shrink
DynamicQuantizeLinear Bernoulli""".split()
_ONNX_VIEWS = "Reshape Flatten Squeeze Unsqueeze Expand Identity Slice Split".split()
_MOVEMENT = """Concat Gather GatherElements GatherND Pad
Tile Resize Upsample DepthToSpace SpaceToDepth OneHot Compress NonZero ReverseSequence CenterCropPad
Col2Im""".split()
_FREE = """Constant ConstantOfShape Shape Size Range NoValue None Return Yield EntryPoint Dim
EyeLike""".split()
_REDUCTIONS = """ReduceMean ReduceSum ReduceMax ReduceMin ReduceProd ReduceL1 ReduceL2
ReduceSumSquare ReduceLogSum ArgMax ArgMin""".split()


def onnx_gemm(typed: Typed) -> OpCost:
    """Return the cost of ``Gemm``, either factor transposed."""
    left, out = typed.operand(0), typed.result
    if left is None or out is None or len(left.shape) != 2 or len(out.shape) != 2:
        return OpCost(Role.UNKNOWN)
    m, n = float(out.shape[0] or 1), float(out.shape[1] or 1)
    return gemm(1.0, m, n, left.elements / max(m, 1.0))


def integer_product(typed: Typed) -> OpCost:
    """Return the cost of ``QLinearMatMul``: scale and zero point follow each factor."""
    return product(_factors(typed))


def integer_convolution(typed: Typed) -> OpCost:
    """Return the cost of ``QLinearConv``: scale and zero point follow image and kernel."""
    return convolution(_factors(typed))


def _factors(typed: Typed) -> Typed:
    return Typed(typed.op, typed.operands[0:4:3], typed.results, typed.aliases)


def recurrent(typed: Typed) -> OpCost:
    """Return the cost of ``LSTM``, ``GRU`` and ``RNN``: the products of every gate and time step.

    Input ``[T, B, I]``, weights ``[D, gates H, I]`` and ``[D, gates H, H]``:
    2 T B D gates H (I + H) FLOP.
    """
    source, weights, state = (typed.operand(index) for index in range(3))
    if source is None or weights is None or state is None or len(source.shape) != 3:
        return OpCost(Role.UNKNOWN)
    steps, batch, width = (float(size or 1) for size in source.shape)
    if re.search(r"layout\s*=\s*1", typed.op.header):
        steps, batch = batch, steps
    directions, rows, hidden = (float(size or 1) for size in state.shape)
    flop = 2.0 * steps * batch * directions * rows * (width + hidden)
    dims = {"batch": batch, "hidden": hidden, "timesteps": steps, "gates": rows / max(hidden, 1.0)}
    return OpCost(Role.HEAVY, Family.RECURRENT, typed.op.name, flop, dims)


def transform(typed: Typed) -> OpCost:
    """Return the cost of ``DFT`` over the last axis but the complex one: 5 N log2 N a row."""
    source, result = typed.operand(0), typed.result
    if source is None or result is None or len(source.shape) < 3:
        return OpCost(Role.UNKNOWN)
    n = float(source.shape[-2] or 1)
    batch = source.elements / max(n * float(source.shape[-1] or 1), 1.0)
    flop = 5.0 * n * math.log2(max(n, 2.0)) * batch
    return OpCost(Role.HEAVY, Family.FFT, "fft", flop, {"batch": batch, "n": n})


def variadic(typed: Typed) -> OpCost:
    """Return the cost of ``Sum`` and ``Mean``: one FLOP an element of every operand but one."""
    return pointwise("add", max(1.0, len(typed.operands) - 1.0))(typed)


def neighbours(typed: Typed) -> OpCost:
    """Return the cost of ``LRN``: a sum of squares over ``size`` channels, a power, a division."""
    found = re.search(r"\bsize\s*=\s*(\d+)", typed.op.header)
    return pointwise("lrn", 2.0 * int(found.group(1)) + 3.0)(typed) if found else _UNKNOWN


_UNKNOWN = OpCost(Role.UNKNOWN)


def onnx_rules() -> dict[str, CostRule]:
    """Return rules by ONNX operator name."""
    table: dict[str, CostRule] = {name: pointwise(name.lower()) for name in _ONNX_POINTWISE}
    table.update(dict.fromkeys(_ONNX_VIEWS, view))
    table.update(dict.fromkeys(_FREE, free))
    table.update({name: movement(name.lower()) for name in _MOVEMENT})
    table.update({name: reduction(name.lower()) for name in _REDUCTIONS})
    table.update({"MatMul": product, "MatMulInteger": product, "QLinearMatMul": integer_product})
    table.update(
        {"Gemm": onnx_gemm, "Einsum": einsum, "Attention": onnx_attention, "DFT": transform}
    )
    for name in ("Scatter", "ScatterND", "ScatterElements"):
        table[name] = updating(name.lower(), 2)
    table["Transpose"] = transpose
    table.update(dict.fromkeys(("Conv", "ConvTranspose", "ConvInteger"), convolution))
    table["QLinearConv"] = integer_convolution
    pools = """MaxPool MaxPoolSingleOut AveragePool LpPool GlobalAveragePool GlobalMaxPool
    GlobalLpPool""".split()
    table.update(dict.fromkeys(pools, pooling))
    table.update(dict.fromkeys(("LSTM", "GRU", "RNN"), recurrent))
    table.update(dict.fromkeys(("Sum", "Mean"), variadic))
    table.update(
        {"TopK": top_k, "Unique": sort, "LRN": neighbours, "CumSum": rowwise("cumsum", 1.0)}
    )
    for name in ("RandomNormal", "RandomUniform", "RandomNormalLike", "RandomUniformLike"):
        table[name] = random
    table.update(dict.fromkeys(("Softmax", "LogSoftmax", "Hardmax"), rowwise("softmax", 5.0)))
    table["ReduceLogSumExp"] = rowwise("logsumexp", 3.0)
    norms = """LayerNormalization InstanceNormalization GroupNormalization
    MeanVarianceNormalization""".split()
    table.update(dict.fromkeys(norms, rowwise("layer_norm", 7.0)))
    rms = ("RMSLayerNormalization", "RMSNormalization", "LpNormalization")
    table.update(dict.fromkeys(rms, rowwise("rms_norm", 4.0)))
    batch = ("BatchNormalization", "BatchNormalizationInferenceMode")
    table.update(dict.fromkeys(batch, pointwise("batch_norm", 2.0)))
    return table
