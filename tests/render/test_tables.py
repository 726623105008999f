from __future__ import annotations

from gongji.render.tables import table_lines

HEAD = ("条款", "地区", "说明")
LONG = (
    "职工医保参保人员的配偶、父母、子女可以使用其个人账户支付在定点医疗机构就医的个人负担费用" * 2
)


def _columns(line: str) -> int:
    return sum(2 if "一" <= c <= "鿿" or c in "、，。（）" else 1 for c in line)


def test_a_table_of_chinese_keeps_within_its_width() -> None:
    """A Chinese character takes two columns, and no line is wider than asked for."""
    lines = table_lines(HEAD, [("420000/relatives/2024-10-01", "湖北", LONG)], 80)

    assert max(map(_columns, lines)) <= 80
    assert len(lines) > 2


def test_a_table_cuts_nothing() -> None:
    """A long cell folds; read down its column, it is whole."""
    lines = table_lines(("a", "b"), [("x", LONG)], 80)

    assert "".join(line.removeprefix("x").strip() for line in lines[1:]) == LONG


def test_columns_stand_below_each_other() -> None:
    """Cells of one column begin at the same place on the screen."""
    lines = table_lines(("姓名", "余额"), [("妈妈", "12.50"), ("mum", "3.00")], 80)

    assert lines == ["姓名  余额", "妈妈  12.50", "mum   3.00"]


def test_names_that_look_like_markup_are_harmless() -> None:
    """Markup, emoji codes and escape sequences in a cell are text."""
    lines = table_lines(("who",), [("[red]x[/red]",), (":smile:",), ("[/]",), ("\x1b[31my",)], 80)

    assert lines == ["who", "[red]x[/red]", ":smile:", "[/]", "[31my"]


def test_a_table_is_plain_unless_styled() -> None:
    """Escape sequences come only when asked for."""
    plain = table_lines(HEAD, [("1", "2", "3")], 80)
    styled = table_lines(HEAD, [("1", "2", "3")], 80, styled=True)

    assert "\x1b" not in "".join(plain)
    assert "\x1b[1m" in styled[0]


def test_no_line_ends_with_blanks() -> None:
    """Nothing stands behind the last column."""
    lines = table_lines(HEAD, [("1", "2", ""), ("1", "2", "3")], 80)

    assert lines == [line.rstrip() for line in lines]
