"""The linear programs of the disclosure rule, solved by HiGHS."""

from collections.abc import Sequence

import highspy
from highspy._core import _Highs

from metrics.calc.disclosure.reader import Count, Line, Point, Terms

#: No count is larger; it stands for “without end”, so that every program has a best table.
MOST = 1_000_000.0


class Highs:
    """Lines read into HiGHS once, and asked for the extremes of one sum after another."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._column: dict[Count, int] = {}
        for line in lines:
            for count in line.terms:
                self._column.setdefault(count, len(self._column))
        self._lp = (
            _Highs()
        )  # the class over it, in Python, prints the name of the solver when a process makes its first
        self._lp.setOptionValue("output_flag", False)
        self._lp.setOptionValue("presolve", "off")  # small programs, asked again and again from where they stand
        for _count in self._column:
            self._lp.addVar(0.0, MOST)
        for low, high, terms in lines:
            at = [self._column[count] for count in terms]
            self._lp.addRow(max(low, -MOST), min(high, MOST), len(at), at, list(terms.values()))
        self._cost: list[int] = []

    def minimise(self, cost: Terms) -> Point | None:
        """The table on all lines in which `cost` is least; None where there is none.

        Raises ArithmeticError when HiGHS gives up.
        """
        for at in self._cost:
            self._lp.changeColCost(at, 0.0)
        self._cost = [self._column[count] for count in cost if count in self._column]
        for count, factor in cost.items():
            if count in self._column:
                self._lp.changeColCost(self._column[count], factor)
        self._lp.run()
        status = self._lp.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise ArithmeticError(f"HiGHS ended with {status}")
        found = self._lp.getSolution().col_value
        return {count: found[at] for count, at in self._column.items()}
