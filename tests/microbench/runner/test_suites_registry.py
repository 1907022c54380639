"""Benchmarks are found by file name and selected without surprises."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from types import ModuleType

import pytest
import runner_fakes

from microbench import suites
from microbench.benchmark import Effort
from microbench.devices.spec import DeviceKind
from microbench.errors import InputError

FAKES = runner_fakes.BENCHMARKS


def names(*arguments: object, **keywords: object) -> list[str]:
    return [one.name for one in suites.select(*arguments, among=FAKES, **keywords)]  # type: ignore[arg-type]


def test_every_benchmark_says_what_it_asks() -> None:
    found = suites.all_benchmarks()
    assert found
    assert len({one.name for one in found}) == len(found)
    for one in found:
        assert one.question.endswith("?")
        assert one.question[0].isupper()
        assert one.name.startswith(f"{one.kind}.")
        assert one.suite
        assert one.source, f"{one.name} does not say where its method comes from"
        assert set(one.seconds_per_point) == set(Effort)


def test_listing_imports_nothing_heavy() -> None:
    code = (
        "import json, sys\nfrom microbench import suites\nsuites.all_benchmarks()\n"
        "print(json.dumps(sorted({m.split('.')[0] for m in sys.modules})))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"numpy", "torch", "llvmlite", "cuda", "cupy", "triton", "pandas", "archspec", "rich"}
    assert not heavy & set(json.loads(done.stdout))


def test_what_runs_on_request_is_chosen_by_its_name_or_suite_alone() -> None:
    asked = dataclasses.replace(FAKES[0], name="fake.slow", suite="slow", on_request=True)
    among = (*FAKES, asked)

    def chosen(**keywords: object) -> bool:
        return asked in suites.select(among=among, **keywords)  # type: ignore[arg-type]

    assert chosen(only=["fake.slow"])
    assert chosen(suite=["slow"])
    assert chosen(listing=True)
    assert not chosen()
    assert not chosen(only=["fake"])
    assert not chosen(suite=["fake"])


def test_a_text_selects_names_beginnings_and_wildcards() -> None:
    assert names(only=["fake.fast"]) == ["fake.fast"]
    assert names(only=["fake.hang"]) == ["fake.hang"]
    assert names(only=["fake"]) == [one.name for one in FAKES]
    assert names(only=["*.wrong_*"]) == ["fake.wrong_code", "fake.wrong_result"]
    assert names(only=["fake.fast,fake.crash", "fake.leave"]) == [
        *("fake.fast", "fake.crash", "fake.leave")
    ]
    assert "fake.crash" not in names(skip=["fake.crash"])
    assert names(suite=["fake"], only=["fake.fast"], kind=DeviceKind.CPU) == ["fake.fast"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"only": ["fake.fats"]}, "no benchmark 'fake.fats'.*did you mean fake.fast"),
        ({"skip": ["nonsense"]}, "no benchmark 'nonsense': `hwprof list`"),
        ({"suite": ["fale"]}, "no suite 'fale'.*did you mean fake"),
        ({"only": ["fake.fast"], "skip": ["fake"]}, "nothing is left to measure"),
        ({"kind": DeviceKind.GPU}, "nothing is left"),
        ({"only": ["fake.fast"], "kind": DeviceKind.GPU}, "no benchmark 'fake.fast'"),
    ],
)
def test_a_mistake_is_named_with_advice(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        names(**arguments)


def test_one_benchmark_is_found_by_its_whole_name() -> None:
    assert suites.find("fake.fast", FAKES) is FAKES[0]
    with pytest.raises(InputError, match=r"did you mean fake\.fast"):
        suites.find("fake.fas", FAKES)


def test_modules_are_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="no_such_module"):
        suites.load(["no_such_module"])
    with pytest.raises(InputError, match="json has no BENCHMARKS"):
        suites.load(["json"])
    twin = ModuleType("twin")
    twin.BENCHMARKS = FAKES[:1]  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "twin", twin)
    with pytest.raises(InputError, match=r"'fake\.fast' is in both runner_fakes and twin"):
        suites.load(["runner_fakes", "twin"])
