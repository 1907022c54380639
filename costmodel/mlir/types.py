"""Types as shapes and element formats; anything else is opaque and has no size."""

from __future__ import annotations

import difflib
import functools
import math
import re
from dataclasses import dataclass, field

from microbench.errors import InputError
from microbench.formats import NumberFormat

_SHAPED = re.compile(
    r"^(tensor|memref|vector)<\s*((?:(?:\d+|\?|\[\d+\])\s*x\s*)*)([^,]+?)\s*(?:,.*)?>$", re.S
)
_TORCH = re.compile(r"^!torch\.v?tensor<\[([^\]]*)\],\s*([^,<>]+(?:<\w+>)?)(?:,.*)?>$", re.S)
_DIMENSION = re.compile(r"\d+|\?")
_QUANTISED = re.compile(r"^!quant\.\w+<([iu]\d+)")
_LARGEST = 2**63 - 1

_ELEMENTS: dict[str, tuple[NumberFormat, float]] = {
    "f64": (NumberFormat.FP64, 8),
    "f32": (NumberFormat.FP32, 4),
    "tf32": (NumberFormat.TF32, 4),
    "bf16": (NumberFormat.BF16, 2),
    "f16": (NumberFormat.FP16, 2),
    "i1": (NumberFormat.BOOL, 1),
    "index": (NumberFormat.INT64, 8),
    "complex<f32>": (NumberFormat.COMPLEX64, 8),
    "complex<f64>": (NumberFormat.COMPLEX128, 16),
}
_INTEGERS = {
    2: (NumberFormat.INT4, 0.25),
    4: (NumberFormat.INT4, 0.5),
    8: (NumberFormat.INT8, 1),
    16: (NumberFormat.INT16, 2),
    32: (NumberFormat.INT32, 4),
    64: (NumberFormat.INT64, 8),
}


@dataclass(frozen=True, slots=True)
class TensorType:
    """A shaped type; ``None`` in ``shape`` is a dynamic dimension. Scalars have shape ``()``."""

    shape: tuple[int | None, ...]
    number_format: NumberFormat
    element_bytes: float
    kind: str = "tensor"

    elements: float = field(init=False, compare=False, repr=False, default=0.0)
    """Number of elements; dynamic dimensions count as 1 until they are filled in."""
    size_bytes: float = field(init=False, compare=False, repr=False, default=0.0)
    """Bytes the value takes in memory, packed."""
    floating: bool = field(init=False, compare=False, repr=False, default=False)
    """Whether elements are real floating-point numbers."""

    def __post_init__(self) -> None:
        elements = math.prod(float(size) if size is not None else 1.0 for size in self.shape)
        object.__setattr__(self, "elements", elements)
        object.__setattr__(self, "size_bytes", elements * self.element_bytes)
        floating = self.number_format.value.startswith(("fp", "bf", "tf"))
        object.__setattr__(self, "floating", floating)

    @property
    def dynamic(self) -> bool:
        """Whether any dimension is unknown."""
        return None in self.shape


@functools.lru_cache(maxsize=65536)
def parse_type(text: str) -> TensorType | None:
    """Parse a tensor, memref, vector, torch tensor or scalar type; ``None`` for anything else.

    Raises ``InputError`` for a dimension beyond 64 bits.
    """
    text = text.strip()
    shaped = _SHAPED.match(text)
    if shaped:
        sizes = _DIMENSION.findall(shaped.group(2))
        element = element_of(shaped.group(3).strip())
        return TensorType(_shape(sizes), *element, shaped.group(1)) if element else None
    torch = _TORCH.match(text)
    if torch:
        element = element_of(torch.group(2).strip().removeprefix("s"))
        return TensorType(_shape(_DIMENSION.findall(torch.group(1))), *element) if element else None
    element = element_of(text)
    return TensorType((), *element, "scalar") if element else None


def element_of(text: str) -> tuple[NumberFormat, float] | None:
    """Return format and bytes of an element type's text, or ``None`` if it is not one.

    A Triton pointer stands for what it points to: that is what a load of it moves.
    """
    if text in _ELEMENTS:
        return _ELEMENTS[text]
    if text.startswith("!tt.ptr<"):
        text = text[8:-1].partition(",")[0].strip()
        if text in _ELEMENTS:
            return _ELEMENTS[text]
    quantised = _QUANTISED.match(text)
    if quantised:
        text = quantised.group(1)
    integer = re.fullmatch(r"[su]?i(\d+)", text)
    if integer:
        return _INTEGERS.get(int(integer.group(1)), (NumberFormat.INT64, int(integer.group(1)) / 8))
    if text.startswith("f8E4"):
        return NumberFormat.FP8_E4M3, 1
    if text.startswith("f8E"):
        return NumberFormat.FP8_E5M2, 1
    if text.startswith(("f4E", "f6E")):
        return NumberFormat.FP4, 0.5 if text.startswith("f4") else 0.75
    return None


_BUILTIN = ("tensor", "memref", "vector", "complex", "tuple")
_WORD = re.compile(r"([A-Za-z_]\w*)<")
_BODY = re.compile(r"^(?:tensor|memref|vector)<\s*((?:(?:\d+|\?|\[\d+\])\s*x\s*)*)(\w+)\s*[,>]")
_MALFORMED = re.compile(
    r"^(?:tensor|memref|vector)<\s*(?:(?:\d+|\?|\[\d+\])\s*x\s*)*([-+]\d[^,x>]*|\d+[^\w\s,>][^,x>]*)"
)
"""A sign, or a number broken off by another character, where a dimension or an element stands."""
_EMPTY = re.compile(r"^(?:tensor|memref|vector)<\s*>$")
"""What is left of a type whose text between the brackets was too long to keep."""
_ELEMENT_WORD = re.compile(
    r"[su]?i\d+|f(?:16|32|64|80|128)|bf16|tf32|f(?:4|6|8)E\w+|index|none|tensor|memref|vector|complex"
    r"|tuple"
)


def misspelt(text: str) -> str:
    """Return what is wrong with a builtin type's text, or "" where nothing is or none can tell.

    Types of other dialects and printers' own forms are never judged: only a shaped type whose
    element is a plain word that names no type, and a word that is a builtin's but for a letter.
    """
    malformed = _MALFORMED.match(text)
    if malformed:
        return f"{malformed.group(1).strip()[:40]!r} is not a dimension"
    if _EMPTY.match(text):
        return "a shaped type without an element type, or with a dimension of hundreds of digits"
    word = _WORD.match(text)
    if word and word.group(1) not in _BUILTIN:
        near = difflib.get_close_matches(word.group(1), _BUILTIN, 1, 0.8)
        return f"unknown type {word.group(1)!r}: did you mean {near[0]!r}?" if near else ""
    body = _BODY.match(text)
    if body is None or _ELEMENT_WORD.fullmatch(body.group(2)):
        return ""
    return f"{body.group(2)!r} is neither a dimension nor an element type"


def _shape(sizes: list[str]) -> tuple[int | None, ...]:
    shape = tuple(None if size == "?" else int(size[:25]) for size in sizes)
    for size in shape:
        if size is not None and size > _LARGEST:
            raise InputError(f"dimension {size:.3g} is larger than MLIR allows (2^63 - 1)")
    return shape
