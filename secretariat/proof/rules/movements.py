"""Rules about stocks told in several papers, what moves them, and versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, product
from typing import Final

from secretariat.plain.months import Month
from secretariat.proof.evidence.series import Series, file_beside
from secretariat.proof.evidence.stocks import Balance, Flow, Flows, Stock, balances, flows, stocks
from secretariat.proof.evidence.versions import latest_versions, versions_made
from secretariat.proof.findings import Judged, Kind, Remark, Severity, rule
from secretariat.proof.paper import Paper
from secretariat.proof.words.quantities import cell_number, printed

_MOST_UNCLEAR: Final = 5


@dataclass(frozen=True, slots=True)
class _Step:
    """From one stated stock to the next, and the least and most that the reported changes make of it."""

    before: Stock
    after: Stock
    least: Decimal
    most: Decimal
    untold: tuple[Month, ...]
    by: tuple[Flows, ...]

    @property
    def change(self) -> Decimal:
        """What the stocks say that the change was."""
        return self.after.number - self.before.number

    @property
    def holds(self) -> bool:
        """Whether the stocks changed as reported, as far as that is told."""
        return self.least <= self.change <= self.most

    @property
    def is_clear(self) -> bool:
        """Whether every row of the flows has a sign."""
        return not any(one.unclear for one in self.by)


@rule("stock-and-flow", Kind.BETWEEN, scope="papers")
def stock_and_flow(papers: Sequence[Paper]) -> Judged:
    """In tables, a stock is the earlier stock, plus what came, less what went; a month opens with what the last closed.

    Looks at rows of whole stocks by month ("Total Parties", "Open proposals"), and at a table that says of every
    month between what came (accessions, raised, opened) and what went (withdrawals, expulsions, closed). Every row of
    that table has to say clearly which it is. Where papers differ about a flow, either will do. And looks at tables
    of the same name in papers of two months running, with rows of what each month opened and closed with.

    Left alone: stocks told in prose, which `unexplained-total` asks about; parts of a stock ("Small Supplier
    Parties"); months that are not next to each other where a month between is not told.

    Example: April's paper closes with 1,204 cases, and May's opens with 1,240.
    """
    for step in _steps(papers):
        if step.after.in_table and not step.untold and step.is_clear and not step.holds:
            yield _step_remark(step)
    yield from _openings(papers)


@rule("unexplained-total", Kind.BETWEEN, Severity.QUERY, scope="papers")
def unexplained_total(papers: Sequence[Paper]) -> Judged:
    """A total moves from one paper to the next as the reported changes say.

    Looks at whole stocks stated in words ("there were 330 Parties", "50 open proposals"), and at the changes that
    tables report by month. Where they tell every month between, the total has to follow from them; where the rows do
    not say whether they add or take, some choice of signs has to explain it. Where they tell most of the months,
    those that are not told must not have to undo what the others did: 309 became 330, while the months told add 24.
    And where a list's version number is told in the papers of two months running, it moves by the versions made.

    It is an error where both totals are said to be those at a month's end, every month is told and every row is
    clear; else a query, as a change may have been reported elsewhere. A total for a day within a month may hold any
    part of that month's changes. Where fewer than half of the months are told, nothing is asked. A part of a stock
    ("12 Small Supplier Parties") is left alone.

    Example: 309 Parties at the end of June, one accession and no exit in July, 311 Parties at the end of July.
    """
    for step in _steps(papers):
        if step.untold and step.is_clear:
            yield from _of_gap(step)
        elif not step.untold and not step.is_clear and not _is_explained(step):
            yield _unexplained(step)
        elif not step.untold and step.is_clear and not step.holds and not step.after.in_table:
            yield _step_remark(step)
    yield from _versions(papers)


def _steps(papers: Sequence[Paper]) -> Iterator[_Step]:
    """From each stated stock to the next that is told of the same thing, where a table tells of changes between."""
    found: dict[str, list[Stock]] = defaultdict(list)
    for paper in papers:
        for stock in stocks(paper):
            found[stock.of].append(stock)
    for of, told in found.items():
        by = tuple(one for paper in papers if (one := flows(paper, of)) is not None)
        yield from _chain(told, by) if by else ()


def _chain(told: Sequence[Stock], by: tuple[Flows, ...]) -> Iterator[_Step]:
    """The steps; after one that does not hold, the next starts from the stock that fits it, if either does."""
    months: dict[Month, list[Stock]] = defaultdict(list)
    for stock in told:
        months[stock.month].append(stock)
    bases: list[Stock] = []
    for month in sorted(months):
        tried = [[_step(base, stock, by) for base in bases] for stock in months[month]]
        fitting = [steps for steps in tried if any(step.holds for step in steps)]
        if bases and not fitting and tried:
            yield tried[-1][-1]
            bases = [*bases[:1], *months[month]]
        else:
            bases = months[month][-1:]


def _step(before: Stock, after: Stock, by: tuple[Flows, ...]) -> _Step:
    least = most = Decimal(0)
    untold: list[Month] = []
    for month in Month.range(before.month, after.month):
        part = (month == before.month, before.when) == (True, "within") or (
            (month == after.month, after.when) == (True, "within")
        )
        if month == before.month and not part:
            continue
        told = [one.months[month] for one in by if month in one.months]
        if not told:
            untold.append(month)
            continue
        least += min(-flow.goes if part else flow.net for flow in told)
        most += max(flow.comes if part else flow.net for flow in told)
    return _Step(before, after, least, most, tuple(untold), by)


def _step_remark(step: _Step) -> Remark:
    before, after = step.before, step.after
    sure = {before.when, after.when} == {"end"}
    mend = f"{printed(before.number + step.least)} would follow." if step.least == step.most else ""
    message = (
        f"{_from(step)} to {printed(after.number)} at {after.month.label}, a change of {_signed(step.change)}; "
        f"what came and went between makes {_between(step.least, step.most)}."
    )
    severity = Severity.ERROR if sure else Severity.QUERY
    return Remark(after.where, after.text, message, mend, severity, after.paper)


def _openings(papers: Sequence[Paper]) -> Iterator[Remark]:
    """What a month opens with against what the month before closed with, in another paper's table of that name."""
    told = [balance for paper in papers for balance in balances(paper)]
    closed: dict[tuple[str, Month], list[Balance]] = defaultdict(list)
    for balance in told:
        closed[balance.of, balance.month.plus(1)].append(balance)
    for balance in told:
        row, opening = balance.opening
        before = [one for one in closed[balance.of, balance.month] if one.paper is not balance.paper]
        numbers = {cell_number(one.closing[1]) for one in before}
        if before and None not in numbers and cell_number(opening) not in {None, *numbers}:
            _, closing = before[-1].closing
            message = (
                f"{balance.month.label} opens with {opening}, but {before[-1].month.label} closed with {closing} in "
                f"{file_beside(before[-1].paper, balance.paper)}."
            )
            mend = f"Open with {closing}, and mend what was reckoned from it."
            yield Remark(row, f"{row.label}: {opening}", message, mend, paper=balance.paper)


def _of_gap(step: _Step) -> Iterator[Remark]:
    """The question whether the months not told really undid what the others did."""
    months = len(Month.range(step.before.month, step.after.month)) - 1
    up = step.least > 0 and step.change < step.least
    down = step.most < 0 and step.change > step.most
    if 2 * len(step.untold) > months or not (up or down):
        return
    message = (
        f"{_from(step)} to {printed(step.after.number)} at {step.after.month.label}, a change of "
        f"{_signed(step.change)}, while the {months - len(step.untold)} months told between make "
        f"{_between(step.least, step.most)}; the {len(step.untold)} not told would have to undo it."
    )
    yield Remark(step.after.where, step.after.text, message, "Check the total against the register.",
                 paper=step.after.paper)  # fmt: skip


def _is_explained(step: _Step) -> bool:
    """Whether some choice of what the unclear rows do to the stock explains its change; with none unclear, yes."""
    within = {step.before.when, step.after.when} & {"within"}
    if step.is_clear or within or any(len(one.unclear) > _MOST_UNCLEAR for one in step.by):
        return True
    months = Month.range(step.before.month, step.after.month)[1:]
    whole = [one for one in step.by if set(months) <= set(one.months)]
    return not whole or any(_fits(step.change, one, months) for one in whole)


def _fits(change: Decimal, told: Flows, months: Sequence[Month]) -> bool:
    clear = sum((told.months.get(month, Flow()).net for month in months), Decimal(0))
    sums = [_total(series, months) for series in told.unclear]
    return any(
        clear + sum((sign * each for sign, each in zip(signs, sums, strict=True)), Decimal(0)) == change
        for signs in product((-1, 0, 1), repeat=len(sums))
    )


def _total(series: Series, months: Sequence[Month]) -> Decimal:
    return sum((series.values[month].number for month in months), Decimal(0))


def _unexplained(step: _Step) -> Remark:
    rows = ", ".join(f"“{series.label}”" for one in step.by[:1] for series in (*one.comes, *one.goes, *one.unclear))
    message = (
        f"{_from(step)} to {printed(step.after.number)} at {step.after.month.label}, and no reading of the rows "
        f"{rows} makes a change of {_signed(step.change)}."
    )
    return Remark(step.after.where, step.after.text, message, "Say what else changed the total.",
                  paper=step.after.paper)  # fmt: skip


# Versions


def _versions(papers: Sequence[Paper]) -> Iterator[Remark]:
    """A list's version in a month's paper and in the next month's, against the versions made in between."""
    by_month = {
        paper.period.last: paper for paper in papers if paper.period and paper.period.first == paper.period.last
    }
    for before, after in pairwise(sorted(by_month)):
        if after != before.plus(1):
            continue
        made, old = versions_made(by_month[after]), latest_versions(by_month[before])
        for name, new in latest_versions(by_month[after]).items():
            if name not in made or name not in old or old[name].family != new.family:
                continue
            moved = new.numbers[-1] - old[name].numbers[-1]
            if moved != made[name]:
                message = (
                    f"The {name} went from version {old[name]} in {before.label} to {new} in {after.label}, {moved} "
                    f"on, but {printed(made[name])} versions were made."
                )
                mend = "Check the version and the number made."
                yield Remark(new.where, new.sentence, message, mend, paper=by_month[after])


# Words


def _from(step: _Step) -> str:
    """The beginning of a sentence: what there was before, and which paper says so."""
    other = "" if step.before.paper is step.after.paper else f" in {file_beside(step.before.paper, step.after.paper)}"
    of = f"{step.after.of.removesuffix('y')}ies" if step.after.of.endswith("y") else f"{step.after.of}s"
    return f"{of.capitalize()} went from {printed(step.before.number)} at {step.before.month.label}{other}"


def _signed(number: Decimal) -> str:
    return f"{number:+,f}" if number else "0"


def _between(least: Decimal, most: Decimal) -> str:
    return _signed(least) if least == most else f"between {_signed(least)} and {_signed(most)}"
