from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from viewer.graphs.layers import arranged, depths

KEYS = tuple("abcdefgh")
GAP = 10.0
pairs = st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)), max_size=20, unique=True)


def placed(lines, heights=None):
    columns = depths(KEYS, lines)
    heights = heights or dict.fromkeys(KEYS, 20.0)
    return columns, heights, arranged(heights, columns, lines, GAP)


@given(pairs)
def test_whatever_circles_there_are_the_columns_end(lines):
    columns = depths(KEYS, lines)
    assert columns.keys() == set(KEYS)
    assert all(0 <= column < len(KEYS) for column in columns.values())


@given(pairs.map(lambda lines: [(a, b) for a, b in lines if a < b]))
def test_without_a_circle_every_line_leads_to_a_later_column(lines):
    columns = depths(KEYS, lines)
    assert all(columns[a] < columns[b] for a, b in lines)


def test_the_line_that_closes_a_circle_moves_nothing():
    lines = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")]
    assert depths("abcd", lines) == {"a": 0, "b": 1, "c": 2, "d": 3}


@given(pairs, st.lists(st.floats(10, 80), min_size=len(KEYS), max_size=len(KEYS)))
def test_boxes_of_one_column_are_apart(lines, sizes):
    columns, heights, found = placed(lines, dict(zip(KEYS, sizes, strict=True)))
    for one, other in combinations(KEYS, 2):
        if columns[one] == columns[other]:
            least = (heights[one] + heights[other]) / 2 + GAP
            assert abs(found.middles[one] - found.middles[other]) >= least - 1e-6


@given(pairs)
def test_the_same_graph_looks_the_same(lines):
    assert placed(lines) == placed(lines)


@given(pairs)
def test_lines_pass_every_column_between_their_ends(lines):
    columns, _, found = placed(lines)
    for line in lines:
        if columns[line[0]] < columns[line[1]]:
            assert len(found.ways[line]) == columns[line[1]] - columns[line[0]] + 1
        else:
            assert line not in found.ways


def test_crossed_lines_are_untangled():
    lines = [("a", "f"), ("b", "e"), ("c", "d")]
    columns = {"a": 0, "b": 0, "c": 0, "d": 1, "e": 1, "f": 1}
    found = arranged(dict.fromkeys(columns, 20.0), columns, lines, GAP).middles
    left = sorted("abc", key=found.__getitem__)
    right = [end for start in left for begin, end in lines if begin == start]
    assert right == sorted("def", key=found.__getitem__)
    assert all(found[start] == found[end] for start, end in lines)
