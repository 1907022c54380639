"""Predictions as plain records: the stable JSON document and CSV rows of ``hwprof predict``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from costmodel.kernel import Prediction
    from hwprof.prediction import ModelPrediction

SCHEMA = "hwprof.predict/1"


def document(results: tuple[ModelPrediction, ...]) -> dict[str, Any]:
    """Build the JSON document: one entry a device, seconds, FLOP and bytes throughout."""
    from hwprof.prediction_tables import basis, warnings_of

    return {
        "schema": SCHEMA,
        "model": str(results[0].model),
        "stack": results[0].stack,
        "coverage": coverage(results[0]),
        "devices": [
            {
                "device": result.device.name,
                "latency_s": result.latency_s,
                "low_s": result.interval_s[0],
                "high_s": result.interval_s[1],
                "total": total(result),
                "basis": basis(result),
                "warnings": warnings_of(result),
                "kernels": [record(prediction) for prediction in result.predictions],
            }
            for result in results
        ],
    }


def total(result: ModelPrediction) -> dict[str, Any]:
    """Say what the model's time holds: a plain sum, or kernels that a host queues."""
    queue = result.queue
    if queue is None:
        return {"kind": "sum", "kernels_s": result.kernels_s}
    return {
        "kind": "queue",
        "kernels_s": queue.kernels_s,
        "launch_gap_s": queue.gap_s,
        "hidden_launch_s": queue.hidden_s,
        "host_launch_s": queue.host_s,
        "bound_by": "host" if queue.latency_s <= queue.host_s else "kernels",
    }


def coverage(result: ModelPrediction) -> dict[str, Any]:
    """Say how much of the file stands behind the numbers."""
    found = result.graph.coverage
    return {
        "costed": found.costed,
        "free": found.free,
        "assumed": found.assumed,
        "unknown": dict(sorted(found.unknown.items())),
        "share": found.share,
    }


def record(prediction: Prediction) -> dict[str, Any]:
    """Flatten one prediction; nested values stay dictionaries."""
    kernel = prediction.kernel
    resources = prediction.resources
    return {
        "name": kernel.name,
        "family": kernel.family.value,
        "op": kernel.op,
        "number_format": kernel.number_format.value,
        "count": kernel.count,
        "work_flop": kernel.work_flop,
        "bytes_moved": kernel.bytes_moved,
        "dims": dict(kernel.dims),
        "latency_s": prediction.latency_s,
        "low_s": prediction.low_s,
        "high_s": prediction.high_s,
        "attainable_s": prediction.attainable_s,
        "efficiency": prediction.efficiency,
        "bound": prediction.bound.value,
        "launch": prediction.launch.value if prediction.launch else None,
        "parts_s": dict(prediction.parts_s),
        "blocks": dict(prediction.blocks),
        "registers_per_thread": resources.registers_per_thread,
        "shared_bytes": resources.shared_bytes,
        "occupancy": resources.occupancy,
        "spills": resources.spills,
        "flags": sorted(flag.value for flag in prediction.flags | kernel.flags),
        "location": kernel.location,
    }


def rows(results: tuple[ModelPrediction, ...]) -> list[dict[str, Any]]:
    """Build one flat row per device and kernel: nested values become ``a=1 b=2`` text."""
    return [
        {"device": result.device.name, "stack": result.stack}
        | {name: _flat(value) for name, value in record(prediction).items()}
        for result in results
        for prediction in result.predictions
    ]


def _flat(value: Any) -> Any:
    if isinstance(value, dict):
        return " ".join(f"{name}={item:g}" for name, item in value.items())
    return " ".join(value) if isinstance(value, list) else value
