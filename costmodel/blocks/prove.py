"""Feasibility and optima by CP-SAT, for spaces too large to list and for proofs.

Every parameter becomes the index of its value. A constraint over few combinations is a table of
those it allows; a larger one is taken apart at its operators, each a table over the distinct values
of its sides. Products and remainders handed to the solver as arithmetic are slower by two orders of
magnitude (93 s against 0.6 s on a tile space with a learned objective).
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from costmodel.blocks.expression import Column, Expression, parse
from costmodel.blocks.space import Space, Value
from microbench.errors import InputError

TABLE_CELLS = 300_000
"""Most combinations written out as one table."""
SCALE = 1_000_000
"""Objectives are whole numbers to CP-SAT: values are scaled by this over their largest size."""


@dataclass(frozen=True, slots=True)
class Solved:
    """A configuration (``None``: none found), whether that is proven, and its objective."""

    row: Mapping[str, Value] | None
    proven: bool
    """No configuration exists, or none has a smaller objective."""
    objective: float | None = None


def solve(
    space: Space,
    objective: str | None = None,
    time_limit_s: float = 60.0,
    constraints: Sequence[Expression] | None = None,
    seed: int = 0,
) -> Solved:
    """Return a feasible configuration, or the one with the least ``objective`` expression.

    On the time limit the best found so far comes back with ``proven`` false.
    """
    from ortools.sat.python import cp_model

    model = _Model(space)
    for constraint in space.inlined() if constraints is None else constraints:
        model.require(constraint)
    if model.impossible:
        return Solved(None, proven=True)
    values: Column | None = None
    if objective is not None:
        values = model.minimise(_inlined(space, objective))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = time_limit_s
    solver.parameters.random_seed = seed
    solver.parameters.num_workers = 1
    status = solver.solve(model.model)
    if status == cp_model.INFEASIBLE:
        return Solved(None, proven=True)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Solved(None, proven=False)
    row = {
        name: space.parameters[name][solver.value(variable)]
        for name, variable in model.parameters.items()
    }
    reached = None
    if values is not None and model.goal is not None:
        reached = float(values[solver.value(model.goal)])
    return Solved(row, status == cp_model.OPTIMAL, reached)


def conflict(space: Space, time_limit_s: float = 60.0) -> list[str]:
    """Return a set of constraints that clash and has no smaller clashing part.

    Raises ``InputError`` where a step ran out of time, so that nothing unproven is named.
    """
    kept = list(space.inlined())
    for constraint in list(kept):
        without = [other for other in kept if other is not constraint]
        found = solve(space, time_limit_s=time_limit_s, constraints=without)
        if found.row is None and not found.proven:
            raise InputError(f"space {space.name}: conflict not found within {time_limit_s:g} s")
        if found.row is None:
            kept = without
    return [constraint.text for constraint in kept]


def _inlined(space: Space, text: str) -> Expression:
    """Return an objective with derived quantities written out in parameters."""
    asked = Space(space.name, space.parameters, (parse(text),), space.derived)
    return asked.inlined()[0]


@dataclass(slots=True)
class _Node:
    """A quantity: the variable that holds an index, and the value of each index."""

    variable: Any
    values: Column


class _Model:
    """A CP-SAT model under construction."""

    def __init__(self, space: Space) -> None:
        from ortools.sat.python import cp_model

        self.model = cp_model.CpModel()
        self.columns = {name: np.asarray(values) for name, values in space.parameters.items()}
        self.parameters = {
            name: self.model.new_int_var(0, len(column) - 1, name)
            for name, column in self.columns.items()
        }
        self.impossible = False
        self.goal: Any = None

    def require(self, constraint: Expression) -> None:
        """Add a constraint."""
        names = sorted(constraint.names)
        cells = int(np.prod([len(self.columns[name]) for name in names], dtype=float))
        if cells <= TABLE_CELLS:
            holds = self._grid(constraint, names).astype(bool)
            self._allow([self.parameters[name] for name in names], np.argwhere(holds))
            return
        node = self._node(constraint.tree, constraint.text)
        self._allow([node.variable], np.argwhere(node.values.astype(bool)))

    def minimise(self, objective: Expression) -> Column:
        """Set the objective and return the value of each index of its variable."""
        node = self._node(objective.tree, objective.text)
        values = node.values.astype(float)
        largest = float(np.max(np.abs(values))) or 1.0
        whole = np.round(values / largest * SCALE).astype(int)
        cost = self.model.new_int_var(int(whole.min()), int(whole.max()), "cost")
        pairs = [[index, int(value)] for index, value in enumerate(whole)]
        self.model.add_allowed_assignments([node.variable, cost], pairs)
        self.model.minimize(cost)
        self.goal = node.variable
        return values

    def _allow(self, variables: Sequence[Any], rows: Column) -> None:
        if not len(rows):
            self.impossible = True
        elif variables:
            self.model.add_allowed_assignments(list(variables), rows.tolist())

    def _grid(self, expression: Expression, names: Sequence[str]) -> Column:
        """Return the expression's value for every combination of the named parameters."""
        axes = np.meshgrid(*(self.columns[name] for name in names), indexing="ij")
        columns = {name: axis.ravel() for name, axis in zip(names, axes, strict=True)}
        shape = [len(self.columns[name]) for name in names]
        found = expression.evaluate(columns, int(np.prod(shape)))
        return np.asarray(found).reshape(shape)

    def _node(self, tree: ast.expr, text: str) -> _Node:
        """Return the quantity a tree stands for: one table where it is small, else by parts."""
        expression = parse(ast.unparse(tree))
        names = sorted(expression.names)
        if len(names) == 1 and isinstance(tree, ast.Name):
            return _Node(self.parameters[names[0]], self.columns[names[0]])
        cells = float(np.prod([len(self.columns[name]) for name in names], dtype=float))
        if cells <= TABLE_CELLS / 8:
            values, place = np.unique(self._grid(expression, names), return_inverse=True)
            shape = [len(self.columns[name]) for name in names]
            where = np.argwhere(np.ones(shape, bool))
            rows = np.column_stack([where.reshape(len(place.ravel()), -1), place.ravel()])
            node = _Node(self.model.new_int_var(0, len(values) - 1, ""), values)
            self._allow([*(self.parameters[name] for name in names), node.variable], rows)
            return node
        return self._parts(tree, text)

    def _parts(self, tree: ast.expr, text: str) -> _Node:
        pieces = _split(tree)
        if pieces is None:
            raise InputError(f"constraint {text!r} ranges over too many combinations to tabulate")
        left, right, joined = pieces
        sides = {"left__": self._node(left, text), "right__": self._node(right, text)}
        cells = len(sides["left__"].values) * len(sides["right__"].values)
        if cells > 20 * TABLE_CELLS:
            raise InputError(f"constraint {text!r} takes {cells} combinations of its sides")
        grid = np.meshgrid(*(node.values for node in sides.values()), indexing="ij")
        columns = {name: axis.ravel() for name, axis in zip(sides, grid, strict=True)}
        outcome = parse(joined).evaluate(columns, cells)
        values, place = np.unique(outcome, return_inverse=True)
        node = _Node(self.model.new_int_var(0, len(values) - 1, ""), values)
        where = np.argwhere(np.ones(grid[0].shape, bool))
        variables = [side.variable for side in sides.values()]
        self._allow([*variables, node.variable], np.column_stack([where, place.ravel()]))
        return node


def _split(tree: ast.expr) -> tuple[ast.expr, ast.expr, str] | None:
    """Return two sides and the expression that joins ``left__`` and ``right__``."""
    left, right = ast.Name("left__", ast.Load()), ast.Name("right__", ast.Load())
    if isinstance(tree, ast.BinOp):
        return tree.left, tree.right, ast.unparse(ast.BinOp(left, tree.op, right))
    if isinstance(tree, ast.Compare) and len(tree.ops) == 1:
        joined = ast.Compare(left, tree.ops, [right])
        return tree.left, tree.comparators[0], ast.unparse(joined)
    if isinstance(tree, ast.BoolOp):
        rest = tree.values[1] if len(tree.values) == 2 else ast.BoolOp(tree.op, tree.values[1:])
        return tree.values[0], rest, ast.unparse(ast.BoolOp(tree.op, [left, right]))
    return None
