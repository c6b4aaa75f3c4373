"""Where the words of a trajectory stand: the axes, the column in the right margin, and the labels in the plot."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from .labels import (
    ALWAYS,
    LEADING,
    NARROW,
    ONLY_NARROW,
    ONLY_WIDE,
    TEXT,
    WIDE,
    Block,
    Board,
    Item,
    Label,
    Slope,
    column,
    width_of,
    words,
)
from .marks import Part, Text
from .plot import Plot, TrajectoryLabels
from .points import Kind, Known, runs
from .scale import Scale

LEFT, RIGHT = 36.0, 84.0  # margins beside the plot, in px (2.25 and 5.25 rem)
BESIDE = 12.0  # from the middle of a post or dot to its label, in px
TALL_POST = 36.0  # a shorter post has no label between target and value, in px
YEAR_ROOM = 40.0  # px that a year on the axis takes


def place(plot: Plot, labels: TrajectoryLabels) -> tuple[Text, ...]:
    """All texts of a trajectory, the most needed placed first."""
    board = Board(left=LEFT, right=RIGHT, top=-10, bottom=plot.scale.height - 1)
    _fill(board, plot)
    inside = _silent_words(board, plot, labels)
    _margin(board, plot, labels, inside)
    _start(board, plot, labels)
    _in_plot(board, plot, labels)
    years = [plot.target_year, plot.scale.first, plot.scale.last]
    if plot.last is not None and plot.last.year < plot.target_year:
        years.append(plot.last.year)
    if plot.start_year is not None:
        years.append(plot.start_year)
    return (*axes(plot.scale, labels.unit, years), *board.texts())


def axes(scale: Scale, unit: str, years: Iterable[int]) -> tuple[Text, ...]:
    """Numbers beside the gridlines, the topmost with its unit, and the years: those asked for, others where wide."""
    values = scale.lines()
    row = Board(left=LEFT, right=RIGHT, top=scale.height, bottom=scale.height + 40)
    step = max(1, -(-(scale.last - scale.first) * YEAR_ROOM // WIDE))
    offered = list(dict.fromkeys(years))
    for year in (*offered, *range(offered[0] if offered else scale.last, scale.first, -int(step))):
        label = Label(parts=words(str(year), "ax"), x=scale.x(year), y=scale.height + 19, anchor="middle")
        row.offer(label if year in offered else replace(label, show=ONLY_WIDE))
    beside = (
        Label(
            parts=words(f"{value:,f}{unit if value == values[-1] else ''}", "ax"),
            x=0,
            y=scale.y(value) + 4,
            dx=-6,
            anchor="end",
        )
        for value in values
    )
    return (*(label.text() for label in beside), *row.texts())


def slopes(scale: Scale, series: Sequence[Known]) -> list[Slope]:
    """The pieces of a line, as things in the way of labels."""
    return [
        Slope(scale.x(a.year), scale.y(a.value), scale.x(b.year), scale.y(b.value))
        for run in runs(series)
        for a, b in pairwise(run)
    ]


def _spot(scale: Scale, year: int, y: float, r: float = 6.0) -> Block:
    return Block(scale.x(year), scale.x(year), y - r, y + r, -r, r)


def _fill(board: Board, plot: Plot) -> None:
    """Tells the board what is drawn: lines, dots and posts."""
    scale = plot.scale
    goal, level = scale.x(plot.target_year), scale.y(plot.target)
    board.slopes += slopes(scale, plot.series) + slopes(scale, plot.comparison)
    board.blocks += [Block(0, 0, scale.y(value) - 10, scale.y(value) + 10, -30, -2, TEXT) for value in scale.lines()]
    board.blocks += [_spot(scale, point.year, scale.y(point.value), 3) for point in plot.series]
    board.blocks += [Block(*plot.span(gap), 0, scale.height) for gap in plot.gaps if gap.kind is Kind.WITHHELD]
    board.blocks.append(_spot(scale, plot.target_year, level))
    if plot.goes_on:
        board.slopes.append(Slope(0, level, 100, level))
    if plot.start_year is not None:
        begin, y = scale.x(plot.start_year), scale.y(plot.start)
        board.blocks.append(_spot(scale, plot.start_year, y))
        board.slopes.append(Slope(begin, y, goal, level))
        if plot.old_start is not None and plot.old_is_far:
            board.slopes.append(Slope(begin, scale.y(plot.old_start), begin, y))
    if plot.last is not None:
        board.blocks.append(_spot(scale, plot.last.year, scale.y(plot.last.value)))
    if plot.is_short and plot.settled is not None:
        value = scale.y(plot.settled.value)
        board.blocks.append(Block(goal, goal, min(level, value), max(level, value), -7, 7))
    if plot.is_void:
        top, bottom = (level, scale.height) if plot.higher_is_better else (0.0, level)
        board.blocks.append(Block(goal, goal, top, bottom, -10, 10))


def _silent_words(board: Board, plot: Plot, labels: TrajectoryLabels) -> str | None:
    """Puts the words of the silent years into their hatching; says in which plots they stand there (None: in none)."""
    span = plot.silent()
    if span is None or not labels.unreported:
        return None
    share, post = (span[1] - span[0]) / 100, 10 if plot.is_void else 0

    def fits(lines: tuple[str, ...], width: float) -> bool:
        return max(width_of(words(line)) for line in lines) <= share * width - post

    first, *rest = stacked = labels.unreported
    forms = ((" ".join(stacked),), (first, " ".join(rest)), stacked) if rest else (stacked,)
    wide = next((lines for lines in forms if fits(lines, WIDE)), None)
    if wide is None:
        return None
    in_wide = _lay(board, plot, (span, post), wide, ONLY_WIDE)
    in_narrow = fits(stacked, NARROW) and _lay(board, plot, (span, post), stacked, ONLY_NARROW)
    if in_wide:
        return ALWAYS if in_narrow else ONLY_WIDE
    return ONLY_NARROW if in_narrow else None


def _lay(board: Board, plot: Plot, room: tuple[tuple[float, float], float], lines: tuple[str, ...], show: str) -> bool:
    """Puts lines into a hatched stretch where nothing is in their way; says whether there was such a place."""
    span, post = room
    low, high = plot.scale.height - 12 - LEADING * (len(lines) - 1), 20.0
    tops = (low, high) if plot.higher_is_better else (high, low)
    for top in (*tops, (low + high) / 2, (2 * low + high) / 3, (low + 2 * high) / 3):
        bare = Label(parts=(), x=sum(span) / 2, y=top, dx=-post / 2, anchor="middle", show=show)
        laid = [replace(bare, parts=words(line), y=top + LEADING * index) for index, line in enumerate(lines)]
        if not any(board.faults(line) for line in laid):
            board.labels += laid
            return True
    return False


def _margin(board: Board, plot: Plot, labels: TrajectoryLabels, inside: str | None) -> None:
    """The column right of the plot, from the top: whatever belongs to the last year. The rest goes into the plot.

    `inside`: where the words of the silent years stand in their hatching already.
    """
    scale, last, other = plot.scale, plot.last, plot.comparison[-1] if plot.comparison else None
    level = scale.y(plot.target)
    at_goal = plot.target_year == scale.last
    entries: list[tuple[float, int, Item]] = []  # where it points, its order among equals, the entry
    if at_goal and labels.target:
        entries.append((level, 1, Item(level + 4, (words(labels.target, "b"),))))
    if last is not None and labels.value and last.year == scale.last:
        y = scale.y(last.value)
        better = (last.value >= plot.target) == plot.higher_is_better
        entries.append((y, 0 if better and plot.higher_is_better else 2, Item(y + 5, (words(labels.value, "nl"),))))
    if other is not None and labels.comparison_value and other.year == scale.last:
        y = scale.y(other.value)
        entries.append((y, 3, Item(y + 4, (words(labels.comparison_value, "cl"), words(labels.comparison_name)))))
    if at_goal and plot.is_void and labels.unreported and inside != ALWAYS:
        silent = labels.unreported
        top, bottom = (level, scale.height) if plot.higher_is_better else (0.0, level)
        middle = (top + bottom) / 2
        show = {ONLY_WIDE: ONLY_NARROW, ONLY_NARROW: ONLY_WIDE}.get(inside or "", ALWAYS)
        item = Item(middle - LEADING * (len(silent) - 1) / 2, tuple(words(line) for line in silent), show)
        entries.append((middle, 4, item))
    gap = _gap(plot, labels) if at_goal else None
    _stack(board, scale, entries, gap)


def _gap(plot: Plot, labels: TrajectoryLabels) -> tuple[float, int, Item] | None:
    """The entry "11.0 short", in the middle of a post tall enough for it."""
    if not plot.is_short or plot.settled is None or not labels.short:
        return None
    one, two = plot.scale.y(plot.target), plot.scale.y(plot.settled.value)
    if abs(one - two) < TALL_POST:
        return None
    return (one + two) / 2, 1, Item((one + two) / 2 + 4.75, (words(labels.short, "gl"),))


def _stack(
    board: Board, scale: Scale, entries: list[tuple[float, int, Item]], gap: tuple[float, int, Item] | None
) -> None:
    """Puts the entries under each other, 17 px apart at least; the gap is dropped when it would push the others."""

    def solved(chosen: list[tuple[float, int, Item]]) -> dict[Item, float]:
        items = [item for _, _, item in sorted(chosen, key=lambda entry: entry[:2])]
        return dict(zip(items, column(items, top=5, bottom=scale.height - 1), strict=True))

    places = solved(entries)
    if gap is not None:
        more = solved([*entries, gap])
        if all(abs(more[item] - base) < 1 for item, base in places.items()):
            places = more
    for item, base in places.items():
        for index, parts in enumerate(item.lines):
            board.labels.append(Label(parts=parts, x=100, y=base + LEADING * index, dx=BESIDE + 1, show=item.show))


def _around(parts: tuple[Part, ...], x: float, y: float) -> tuple[Label, ...]:
    """Places around a dot: above left, below, above right, below right, below left, further off, beside."""
    bare = Label(parts=parts, x=x, y=y)
    spots = (
        ("end", 6, -11), ("end", -2, -10), ("middle", 0, 24), ("start", -6, -11), ("middle", 0, -12), ("start", 8, 20),
        ("end", -8, 20),
        ("end", -11, 5), ("start", 11, 5), ("end", 0, -24), ("start", 0, -24), ("start", 0, 38), ("middle", 0, 38),
        ("end", 0, 38), ("middle", 0, -40), ("middle", 0, 52),
    )  # fmt: skip
    return tuple(replace(bare, anchor=anchor, dx=dx, y=y + dy) for anchor, dx, dy in spots)


def _start(board: Board, plot: Plot, labels: TrajectoryLabels) -> None:
    """The start, its old figure struck through beside it or, when far, at a mark of its own."""
    if plot.start_year is None or not labels.start:
        return
    x, y = plot.scale.x(plot.start_year), plot.scale.y(plot.start)
    parts = words(labels.start, "b")
    if labels.old_start and plot.old_start is not None and not plot.old_is_far and plot.old_start != plot.start:
        parts += (Part(text=" ", look="lab"), Part(text=labels.old_start, look="old"))
    around = _around(parts, x, y)
    below = tuple(Label(parts=parts, x=x, y=y + dy, dx=dx) for dx, dy in ((8, 19), (8, -9)))
    board.put(*below, *around)
    if plot.old_start is not None and plot.old_is_far and labels.old_start:
        launch = words(labels.old_start, "old") + (words(f" {labels.at_launch}") if labels.at_launch else ())
        level = plot.scale.y(plot.old_start)
        board.blocks.append(_spot(plot.scale, plot.start_year, level, 5))
        bare = Label(parts=launch, x=x, y=level + 5)
        board.put(
            replace(bare, dx=9),
            replace(bare, dx=-9, anchor="end"),
            *(replace(bare, dx=dx, y=level + dy) for dx, dy in ((-4, 19), (-4, -10), (9, 14), (9, -4))),
        )


def _in_plot(board: Board, plot: Plot, labels: TrajectoryLabels) -> None:
    """What did not go to the margin, and the words that may be left out where there is no room."""
    scale, last = plot.scale, plot.last
    goal, level = scale.x(plot.target_year), scale.y(plot.target)
    if last is not None and labels.value and last.year not in (scale.last, plot.start_year):
        parts = words(labels.value, "nl")
        beside = Label(parts=parts, x=scale.x(last.year), y=scale.y(last.value) + 5, dx=BESIDE)
        first = (beside,) if last.year >= plot.target_year else ()
        board.put(*first, *_around(parts, scale.x(last.year), scale.y(last.value)))
    if plot.goes_on and labels.target:
        name = Label(parts=words(labels.target, "b"), x=goal, y=level)
        spots = (("end", -10, -9), ("start", 10, -9), ("start", 10, 18), ("end", -10, 18), ("end", -10, 32))
        board.put(*(replace(name, anchor=anchor, dx=dx, y=level + dy) for anchor, dx, dy in spots))
    gap = _gap(plot, labels) if plot.goes_on else None
    if gap is not None:
        short = Label(parts=gap[2].lines[0], x=goal, y=gap[2].wish)
        board.offer(replace(short, dx=BESIDE), replace(short, dx=-BESIDE, anchor="end"))
    _path_name(board, plot, labels)
    other = plot.comparison[-1] if plot.comparison else None
    if other is not None and other.year != scale.last and labels.comparison_value:
        parts = words(f"{labels.comparison_value} {labels.comparison_name}".rstrip())
        board.offer(*_around(parts, scale.x(other.year), scale.y(other.value)))
    for gap_ in plot.gaps:
        if gap_.kind is Kind.WITHHELD and labels.withheld:
            _inscribe(board, plot.span(gap_), scale.height, labels.withheld)
    if plot.goes_on and labels.after:
        after = Label(parts=words(labels.after, "ax"), x=goal, y=16, dx=14)
        board.offer(after, replace(after, y=scale.height - 8), replace(after, y=scale.height / 2))
    if plot.goes_on and labels.today and plot.today_year is not None and plot.today_year <= scale.last:
        now = Label(parts=words(labels.today, "ax"), x=scale.x(plot.today_year), y=scale.height - 8, dx=5)
        board.offer(now, replace(now, dx=-5, anchor="end"))


def _path_name(board: Board, plot: Plot, labels: TrajectoryLabels) -> None:
    """Names the path on its outer side, where nothing else runs."""
    if plot.start_year is None or not labels.path or plot.target_year <= plot.start_year:
        return
    x, y = plot.scale.x(plot.start_year), plot.scale.y(plot.start)
    dx, dy = plot.scale.x(plot.target_year) - x, plot.scale.y(plot.target) - y
    for share in (0.45, 0.55, 0.35, 0.65, 0.75, 0.25, 0.85):
        at = Label(parts=words(labels.path), x=x + share * dx, y=y + share * dy)
        rising, falling = replace(at, anchor="end", dx=-4, y=at.y - 7), replace(at, dx=4, y=at.y - 7)
        if board.offer(rising if dy <= 0 else falling):
            return


def _inscribe(board: Board, span: tuple[float, float], height: float, lines: tuple[str, ...]) -> None:
    """Words in the middle of a hatched stretch, where it is wide enough for them."""
    share, widest = (span[1] - span[0]) / 100, max(width_of(words(line)) for line in lines) + 8
    if share * WIDE < widest:
        return
    show = ONLY_WIDE if share * NARROW < widest else ALWAYS
    top = height / 2 - LEADING * (len(lines) - 1) / 2
    bare = Label(parts=(), x=sum(span) / 2, y=top, anchor="middle", show=show)
    board.labels += [replace(bare, parts=words(line), y=top + LEADING * i) for i, line in enumerate(lines)]
