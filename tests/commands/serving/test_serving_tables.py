"""The serving table: from a configuration file to rows, and every way such a file can be wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hwprof.serving_tables import (
    parse_contexts,
    read_model,
    serving_document,
    serving_rows,
    serving_text,
    write_figure,
)
from microbench.devices import catalogue
from microbench.errors import InputError
from microbench.formats import NumberFormat
from reports.figures.serving import serving

YI = {
    "hidden_size": 7168,
    "num_hidden_layers": 60,
    "num_attention_heads": 56,
    "num_key_value_heads": 8,
    "intermediate_size": 20480,
    "vocab_size": 64000,
    "num_parameters": 34_000_000_000,
}


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "config.json"
    file.write_text(json.dumps(YI))
    return file


def test_the_published_example_from_its_file(config: Path) -> None:
    rows = serving_rows(read_model(config), [catalogue.find("a100")], (4000, 50_000))
    assert [one.concurrency for _, one in rows] == [18, 1]
    text = serving_text(read_model(config), rows)
    assert text.startswith("34.0 G parameters in fp16: 63.3 GiB of weights, 245,760 B")
    assert "14.3 s" in text
    assert "9.84 s" in text


def test_a_model_that_does_not_fit_says_so(config: Path) -> None:
    model = read_model(config)
    text = serving_text(model, serving_rows(model, [catalogue.find("l4")], (4000,)))
    assert "does not fit" in text


@pytest.mark.parametrize("name", ["cost.svg", "cost.PNG", "cost.pdf"])
def test_cost_against_context_is_drawn_into_a_new_file(config: Path, name: str) -> None:
    rows = serving_rows(read_model(config), [catalogue.find(one) for one in ("a100", "l4")])
    out = config.parent / name
    write_figure(rows, out)
    start = {".svg": b"<?xml", ".png": b"\x89PNG", ".pdf": b"%PDF"}[out.suffix.lower()]
    assert out.read_bytes().startswith(start)
    with pytest.raises(InputError, match="exists"):
        write_figure(rows, out)


def test_the_figure_names_devices_and_what_does_not_fit(config: Path) -> None:
    rows = serving_rows(read_model(config), [catalogue.find(one) for one in ("a100", "l4")])
    out = config.parent / "cost.svg"
    write_figure(rows, out)
    text = out.read_text(encoding="utf-8")
    for label in ("A100-SXM-80GB", "prefill", "250 tokens decoded", "L4: does not fit"):
        assert label in text


@pytest.mark.parametrize("name", ["cost", "cost.txt", "none/cost.svg"])
def test_a_figure_that_cannot_be_written_says_so(config: Path, name: str) -> None:
    rows = serving_rows(read_model(config), [catalogue.find("a100")])
    with pytest.raises(InputError):
        write_figure(rows, config.parent / name)


def test_two_devices_serve_more(config: Path) -> None:
    model = read_model(config)
    ((name, two),) = serving_rows(model, [catalogue.find("a100")], (50_000,), devices=2)
    assert name == "2 x A100-SXM-80GB"
    assert two.concurrency == 8


def test_the_document_is_versioned(config: Path) -> None:
    model = read_model(config, NumberFormat.FP8_E4M3)
    found = serving_document(model, serving_rows(model, [catalogue.find("h100")], (4000,)))
    assert found["schema"] == "hwprof.serving/1"
    assert json.loads(json.dumps(found))["model"]["kv_bytes_per_token"] == 122_880


def test_a_language_model_inside_a_larger_one_is_found(tmp_path: Path) -> None:
    file = tmp_path / "config.json"
    file.write_text(json.dumps({"model_type": "vlm", "text_config": YI}))
    assert read_model(file).kv_bytes_per_token == 245_760


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (b"[1]", "JSON object"),
        (b"{}", "hidden_size"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_a_wrong_file_is_one_clear_line(tmp_path: Path, content: bytes, word: str) -> None:
    file = tmp_path / "config.json"
    file.write_bytes(content)
    with pytest.raises(InputError, match=word):
        read_model(file)


def test_missing_files_and_formats_are_refused(tmp_path: Path, config: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_model(tmp_path / "absent.json")
    with pytest.raises(InputError, match="fp64"):
        read_model(config, NumberFormat.FP64)


def test_contexts() -> None:
    assert parse_contexts("4000, 50k") == (4000, 50_000)
    for bad in ("", "0", "-5", "4M", "k", "1e3", "99999999k"):
        with pytest.raises(InputError):
            parse_contexts(bad)


def test_the_figure_draws_no_time_that_does_not_fit_and_keys_its_colours(config: Path) -> None:
    specs = [catalogue.find(name) for name in ("a100-sxm", "l4")]
    times, users = serving(serving_rows(read_model(config), specs, (4000, 50_000))).axes[:2]
    told = [text.get_text() for text in times.get_legend().get_texts()]
    assert told == ["A100-SXM-80GB", "prefill", "250 tokens decoded"]
    assert "L4: does not fit" in [text.get_text() for text in users.get_legend().get_texts()]
    nothing_fits, _ = serving(serving_rows(read_model(config), specs[1:], (4000,))).axes[:2]
    assert not nothing_fits.lines
    assert "fits no device" in nothing_fits.texts[0].get_text()
