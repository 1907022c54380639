"""Random small spaces for the property tests of both solvers."""

from __future__ import annotations

from hypothesis import strategies as st

from costmodel.blocks.space import Space, build


@st.composite
def spaces(draw: st.DrawFn) -> Space:
    names = ["a", "b", "c", "d", "e"][: draw(st.integers(1, 5))]
    values = st.lists(st.integers(1, 12), min_size=1, max_size=4, unique=True)
    parameters = {name: draw(values) for name in names}
    name = st.sampled_from(names)
    texts = draw(
        st.lists(
            st.one_of(
                st.tuples(name, name, st.integers(1, 60)).map(
                    lambda t: f"{t[0]} * {t[1]} <= {t[2]}"
                ),
                st.tuples(name, name).map(lambda t: f"{t[0]} % {t[1]} == 0"),
                st.tuples(name, name, name).map(lambda t: f"{t[0]} + {t[1]} != {t[2]}"),
                st.tuples(name, name, name).map(
                    lambda t: f"{t[0]} == 1 or max({t[1]}, {t[2]}) > {t[0]}"
                ),
                name.map(lambda t: f"double_{names[0]} >= {t}"),
            ),
            max_size=5,
        )
    )
    return build("random", parameters, texts, {f"double_{names[0]}": f"2 * {names[0]}"})
