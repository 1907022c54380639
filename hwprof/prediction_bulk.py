"""A Parquet table of kernel shapes in, the same table with predictions out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from microbench.errors import InputError
from microbench.store.files import replacing

PREDICTED = ("latency_s", "low_s", "high_s", "bound", "flags")

if TYPE_CHECKING:
    import numpy as np
    import pyarrow

    from costmodel.learned.texts import Column


def predict_file(table: Path, out: Path, device_column: str, cost_model: Path | None) -> int:
    """Predict every row of ``table`` into ``out`` and return the number of rows.

    Columns are passed through; one of the input's that has a predicted column's name (a measured
    ``latency_s``) is written as ``NAME_measured``. ``out`` appears only when complete.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    from costmodel.learned.asked_rows import checked
    from costmodel.learned.features import CATEGORIES
    from costmodel.learned.predictor import Predictor

    if out.suffix.lower() not in {"", ".parquet", ".pq"}:
        raise InputError(f"{out}: --table writes Parquet: name it {out.stem}.parquet")
    if out.exists():
        raise InputError(f"{out} exists: choose another name for --out, or remove it first")
    if not out.parent.is_dir():
        raise InputError(f"{out.parent} is not a folder: create it first")
    read = _table(table)
    if device_column not in read.column_names:
        raise InputError(
            f"{table}: no column {device_column!r} to name the device; it has "
            f"{', '.join(read.column_names)}; pass --device-column"
        )
    _refuse_clash(table, read.column_names)
    texts = {device_column, *CATEGORIES}
    columns = {
        name: _texts(read[name]) if name in texts else _column(read[name])
        for name in read.column_names
    }
    try:
        asked = checked(columns, device_column)
    except InputError as error:
        raise InputError(f"{table}: {error}") from error
    predicted = Predictor.load(cost_model).predict_asked(asked, device_column)
    kept = read.rename_columns(
        [f"{name}_measured" if name in PREDICTED else name for name in read.column_names]
    )
    for name in PREDICTED:
        kind = pa.float64() if name.endswith("_s") else pa.string()
        kept = kept.append_column(name, pa.array(predicted[name], type=kind))
    with replacing(out) as temporary:
        pq.write_table(kept, temporary, compression="zstd")
    return int(kept.num_rows)


def _refuse_clash(table: Path, names: Sequence[str]) -> None:
    """Refuse a table in which a column would be written under the name of another."""
    clash = [name for name in PREDICTED if {name, f"{name}_measured"} <= set(names)]
    if clash:
        raise InputError(
            f"{table}: column {clash[0]} is written as {clash[0]}_measured, which is there too: "
            f"leave {clash[0]} out (of an output of --table {', '.join(PREDICTED)})"
        )


def read_rows(path: Path, device_column: str = "gpu") -> dict[str, Any]:
    """Return a Parquet file's columns, names as the tables have them.

    ``InputError`` where it is no such file, and with the first row and column that cannot be.
    """
    from costmodel.learned.asked_rows import checked

    read = _table(path)
    columns = {name: _column(read[name]) for name in read.column_names}
    try:
        return checked(columns, device_column)
    except InputError as error:
        raise InputError(f"{path}: {error}") from error


def _table(path: Path) -> pyarrow.Table:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.read_table(path)
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file") from error
    except (pa.ArrowInvalid, OSError) as error:
        raise InputError(f"{path}: not a readable Parquet file") from error


def _texts(values: pyarrow.ChunkedArray) -> Column:
    """Return a column of texts as the file tells them apart, without reading each row's."""
    import numpy as np
    import pyarrow as pa

    from costmodel.learned.texts import Texts

    if pa.types.is_dictionary(values.type):
        values = values.cast(values.type.value_type)
    if not (pa.types.is_string(values.type) or pa.types.is_large_string(values.type)):
        return _column(values)
    encoded = values.combine_chunks().dictionary_encode(null_encoding="encode")
    names = [str(text) for text in encoded.dictionary.to_pylist()]
    return Texts(names, np.asarray(encoded.indices.to_numpy(), dtype=np.intp))


def _column(values: pyarrow.ChunkedArray) -> np.ndarray:
    """Return a column; rows with the same text share one object, which halves later look-ups."""
    import numpy as np
    import pyarrow as pa

    if pa.types.is_dictionary(values.type):  # to_numpy would put the first text for a null
        values = values.cast(values.type.value_type)
    if values.null_count or not (
        pa.types.is_string(values.type) or pa.types.is_large_string(values.type)
    ):
        return np.asarray(values.to_numpy())
    encoded = values.combine_chunks().dictionary_encode()
    texts = np.array(encoded.dictionary.to_pylist(), dtype=object)
    return np.asarray(texts[encoded.indices.to_numpy()])
