"""Beside the flow: data of a chart → a scene → SVG text. Pure functions of plain values.

`view` says what a chart shows, in one of the forms; `render` draws it. The room knows neither
records nor pages, and everything it draws is deterministic.

Never: sees a record; writes a colour.
"""

from alliance_site.chart.drawing import LAYOUTS, draw, lay_out, lay_out_top
from alliance_site.chart.forms import (
    Bar,
    Bars,
    Break,
    Bullet,
    Bullets,
    Course,
    DotPlot,
    DotRow,
    Form,
    Lane,
    Lines,
    Matrix,
    MatrixLine,
    Multiples,
    Part,
    Point,
    Range,
    Ranges,
    Series,
    Shares,
    Slope,
    Slopes,
    Strip,
    Tick,
    Whole,
)
from alliance_site.chart.placing import rounded_top
from alliance_site.chart.scene import Box, Dot, Item, Line, Scene, Text
from alliance_site.chart.text import LABEL_SIZE

__all__ = [
    "LABEL_SIZE",
    "LAYOUTS",
    "Bar",
    "Bars",
    "Box",
    "Break",
    "Bullet",
    "Bullets",
    "Course",
    "Dot",
    "DotPlot",
    "DotRow",
    "Form",
    "Item",
    "Lane",
    "Line",
    "Lines",
    "Matrix",
    "MatrixLine",
    "Multiples",
    "Part",
    "Point",
    "Range",
    "Ranges",
    "Scene",
    "Series",
    "Shares",
    "Slope",
    "Slopes",
    "Strip",
    "Text",
    "Tick",
    "Whole",
    "draw",
    "lay_out",
    "lay_out_top",
    "rounded_top",
]
