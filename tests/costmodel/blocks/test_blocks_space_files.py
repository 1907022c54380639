"""Space files: T1 with all its parts comes back as it was, and faults are named."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from costmodel.blocks.space import build
from costmodel.blocks.space_files import read_space, write_t1
from microbench.errors import InputError

T1: dict[str, Any] = {
    "General": {"BenchmarkName": "stencil", "OutputFormat": "JSON", "TimeUnit": "Microseconds"},
    "ConfigurationSpace": {
        "TuningParameters": [
            {"Name": "bx", "Type": "int", "Values": "[1, 2] + list(range(32, 64+1, 32))"},
            {"Name": "by", "Type": "uint", "Values": "[2**i for i in range(3)]", "Default": [2]},
            {"Name": "scale", "Type": "float", "Values": "[0.5, 1.0]", "Default": 0.5},
            {"Name": "pad", "Type": "bool", "Values": "[True, False]"},
            {"Name": "order", "Type": "string", "Values": "['rows', 'columns']"},
        ],
        "Conditions": [
            {"Expression": "bx*by >= 2", "Parameters": ["bx", "by"]},
            {"Expression": "bx*by >= 2", "Parameters": ["by", "bx"], "Note": "stated twice"},
            {"Parameters": ["pad", "bx"], "Expression": "not pad or bx % 32 != 0"},
        ],
    },
    "Search": {"Name": "ProfileBased", "Attributes": [{"Name": "batchSize", "Value": "1"}]},
    "Budget": [{"Type": "ConfigurationCount", "BudgetValue": 20}],
    "BenchmarkConfig": {"iterations": 10},
    "KernelSpecification": {
        "Language": "CUDA",
        "Device": {"PlatformId": 0, "DeviceId": 0},
        "CompilerOptions": ["-std=c++11"],
        "KernelName": "stencil",
        "KernelFile": "stencil.cu",
        "GlobalSizeType": "CUDA",
        "GlobalSize": {"X": "(4096 // bx) // by", "Y": "1"},
        "LocalSize": {"X": "bx", "Y": "by"},
        "GridDivX": ["bx"],
        "ProblemSize": [4096, 4096],
        "SharedMemory": 0,
        "Stream": None,
        "Misc": {"jitify": True},
        "Arguments": [
            {"Name": "out", "Type": "float", "MemoryType": "Vector", "Size": "ProblemSize[0]*4"},
            {"Name": "r", "Type": "float", "MemoryType": "Scalar", "FillValue": 21.845333099365234},
        ],
    },
}
"""Every kind of entry that published T1 files of Kernel Tuner, KTT and their benchmarks hold."""


def written(folder: Path, document: object) -> Path:
    path = folder / "space.json"
    path.write_text(json.dumps(document))
    return path


def test_nothing_of_a_t1_file_is_lost(tmp_path: Path) -> None:
    space = read_space(written(tmp_path, T1))
    assert space.parameters["bx"] == (1, 2, 32, 64)
    assert write_t1(space) == T1
    assert json.loads(json.dumps(write_t1(space))) == T1


def test_a_t1_file_without_name_and_conditions_gains_none(tmp_path: Path) -> None:
    bare = {
        "ConfigurationSpace": {"TuningParameters": T1["ConfigurationSpace"]["TuningParameters"]},
        "KernelSpecification": T1["KernelSpecification"],
    }
    space = read_space(written(tmp_path, bare))
    assert space.name == "space"
    assert write_t1(space) == bare


NAMES = st.sampled_from("abcde")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text() | st.floats(-1e9, 1e9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
VALUES = st.one_of(
    st.lists(st.integers(-99, 99), min_size=1, max_size=4),
    st.lists(st.floats(-9, 9), min_size=1, max_size=4),
    st.lists(st.sampled_from(["x", "it's", '"']), min_size=1, max_size=3),
)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Draw T1 documents with foreign entries in every place that may hold some."""
    foreign = st.dictionaries(st.text(min_size=1).map("x-{}".format), JSON, max_size=2)
    names = draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))
    parameters = [
        {"Name": name, "Type": "any", "Values": str(draw(VALUES)), **draw(foreign)}
        for name in names
    ]
    expressions = st.tuples(st.sampled_from(names), st.sampled_from(names)).map(
        lambda pair: f"{pair[0]}  !=  {pair[1]}"
    )
    space: dict[str, Any] = {"TuningParameters": parameters, **draw(foreign)}
    if draw(st.booleans()):
        space["Conditions"] = [
            {"Expression": text, **draw(foreign)}
            for text in draw(st.lists(expressions, max_size=3))
        ]
    found = {"ConfigurationSpace": space, **draw(foreign)}
    if draw(st.booleans()):
        found["KernelSpecification"] = draw(foreign)
    return found


@settings(deadline=None)
@given(documents())
def test_any_t1_document_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, document: dict[str, Any]
) -> None:
    path = written(tmp_path_factory.mktemp("t1"), document)
    space = read_space(path)
    assert write_t1(space) == document


def test_a_space_that_was_narrowed_keeps_the_kernel_and_says_its_own_values(tmp_path: Path) -> None:
    space = read_space(written(tmp_path, T1))
    narrowed = write_t1(
        replace(
            space,
            parameters={**space.parameters, "by": (2,)},
            constraints=(space.constraints[2], *build("t", {"bx": [1]}, ["bx > 1"]).constraints),
        )
    )
    assert narrowed["KernelSpecification"] == T1["KernelSpecification"]
    parameters = narrowed["ConfigurationSpace"]["TuningParameters"]
    assert parameters[1] == {"Name": "by", "Type": "uint", "Values": "[2]", "Default": [2]}
    assert parameters[0] == T1["ConfigurationSpace"]["TuningParameters"][0]
    assert narrowed["ConfigurationSpace"]["Conditions"] == [
        T1["ConfigurationSpace"]["Conditions"][2],
        {"Expression": "bx > 1", "Parameters": ["bx"]},
    ]
    assert space.document == T1


def test_a_space_from_elsewhere_is_written_with_derived_quantities_written_out(
    tmp_path: Path,
) -> None:
    space = build("toy", {"a": [1, 2], "b": [3]}, ["twice <= b"], {"twice": "2 * a"})
    document = write_t1(space)
    assert set(document) == {"General", "ConfigurationSpace"}
    assert document["ConfigurationSpace"]["Conditions"] == [
        {"Expression": "2 * a <= b", "Parameters": ["a", "b"]}
    ]
    assert read_space(written(tmp_path, document)).parameters == space.parameters


ONE = {"Name": "a", "Type": "int", "Values": "[1]"}


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ([1, 2], "a space is a JSON object, not a list"),
        ([], "not a list"),
        (None, "not null"),
        (True, "not true"),
        (3, "not a number"),
        ("x", "not a text"),
        ({}, "not a T1 tuning space: ConfigurationSpace.TuningParameters"),
        ({"ConfigurationSpace": []}, "ConfigurationSpace must be an object, not a list"),
        ({"ConfigurationSpace": {"TuningParameters": {}}}, "TuningParameters must be a list"),
        ({"ConfigurationSpace": {"TuningParameters": []}}, "not a T1 tuning space"),
        ({"ConfigurationSpace": {"TuningParameters": [3]}}, "not a T1 tuning space"),
        ({"ConfigurationSpace": {"TuningParameters": [ONE, ONE]}}, "'a' stands there twice"),
        (
            {"ConfigurationSpace": {"TuningParameters": [ONE], "Conditions": ["a > 1"]}},
            "the condition 'a > 1' lacks an Expression",
        ),
        (
            {"ConfigurationSpace": {"TuningParameters": [ONE], "Conditions": [{"Expression": 1}]}},
            "lacks an Expression that is a text",
        ),
        (
            {"ConfigurationSpace": {"TuningParameters": [{"Name": "a", "Values": "[f(1)]"}]}},
            "space.json: parameter a: values '[f(1)]' are not a list",
        ),
        ({"General": 3, "ConfigurationSpace": {"TuningParameters": [ONE]}}, "General must be"),
        ({"parameters": []}, "parameters must be an object, not a list"),
        ({"parameters": {"a": 3}}, "parameter a: values 3 are not a list"),
        ({"parameters": {"a": [[1]]}}, "parameter a: values"),
        ({"parameters": {"a": [1]}, "constraints": "a > 0"}, "constraints must be a list"),
        (
            {"parameters": {"a": [1]}, "constraints": [1]},
            "a constraint is a number, 1: write it as a text",
        ),
        ({"parameters": {"a": [1]}, "derived": 3}, "derived must be an object, not a number"),
        (
            {"parameters": {"a": [1]}, "derived": {"b": 3}},
            "derived quantity b is a number, 3: write it",
        ),
        ({"parameters": {"a": [1]}, "constraint": ["a > 0"]}, "write constraints"),
        ({"parameters": {"a": [1]}, "restrictions": ["a > 0"]}, "write constraints"),
        ({"parameters": {"a": "range(10**7)"}}, "more than 1,000,000 values"),
        ({"parameters": {"": [1]}}, "'' is no name"),
        ({"parameters": {"\x1b[31m": [1]}}, "is no name"),
        ({"parameters": {"a": ["\x1b[31m"]}}, "no plain text"),
        (
            {"parameters": {"a": [1]}, "constraints": ["a >"]},
            "constraint 'a >' is not an expression",
        ),
        (
            {"parameters": {"a": [1]}, "derived": {"b": "a +"}},
            "quantity b = 'a +' is not an expr",
        ),
        ({"parameters": {"a": [1]}, "derived": {"b": "c"}}, "derived quantity b = 'c' names 'c'"),
        ({"parameters": {"a": [1]}, "constraints": ["open(a)"]}, "a call of anything but min"),
    ],
)
def test_faults_name_the_file_and_the_place(tmp_path: Path, document: object, said: str) -> None:
    with pytest.raises(InputError) as found:
        read_space(written(tmp_path, document))
    assert said in str(found.value)
    assert "space.json" in str(found.value)


def test_a_name_that_stands_twice_is_no_silent_choice_of_the_last(tmp_path: Path) -> None:
    path = tmp_path / "space.json"
    path.write_text('{"parameters": {"a": [1], "a": [2]}}')
    with pytest.raises(InputError, match=r"space\.json: 'a' stands there twice"):
        read_space(path)


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "space.json"
    path.write_text('{"parameters": {"a": [1]}, "notes": "kept"}', encoding="utf-8-sig")
    assert read_space(path).parameters == {"a": (1,)}


@pytest.mark.parametrize("text", ["", " ", "{", '{"parameters": {"a": [1]}', "\0"])
def test_a_file_that_is_no_json_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "space.json"
    path.write_text(text)
    with pytest.raises(InputError, match=r"space\.json: not JSON"):
        read_space(path)
