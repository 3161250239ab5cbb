#!/usr/bin/env python3
"""plot.py: draws what signing, hashing and decoding cost as they grow, from data.json, as SVG: per parameter and per byte, over decades."""
import json
import math
import pathlib
import re
import sys
from html import escape

HERE = pathlib.Path(__file__).resolve().parent
DATA = HERE / "data.json"

WIDTH, HEIGHT = 760, 440
LEFT, RIGHT, TOP, BOTTOM = 80, 170, 50, 60
COLOURS = {"ours": "#c0392b", "ours-avx2": "#d35400", "ours-portable": "#e59866", "limit": "#7f8c8d", "openssl": "#2471a3",
           "openssl-kept": "#5dade2", "simdjson": "#1e8449", "rapidjson": "#8e44ad", "nlohmann": "#b7950b"}

# File, title, the rows that are drawn with their size as the group, what the size counts, and the label of the cost.
PLOTS = [("sign.svg", "Signing by ACS3, per parameter", r"grow/sign-params-(\d+)", "parameters", "ns per parameter"),
         ("decode.svg", "Decoding a reply, per byte", r"grow/decode-bytes-(\d+)", "bytes of the body", "ns per byte"),
         ("sha256.svg", "SHA-256, per byte", r"hash/sha256-([1-9]\d*)", "bytes of the text", "ns per byte")]


def number(value):
    """A tick's label: powers of ten as people write them."""
    if value >= 1:
        return f"{value:,.0f}".replace(",", " ")
    return f"{value:g}"


class Axis:
    """A logarithmic axis between two pixels, a little longer than what is drawn."""

    def __init__(self, values, begin, end):
        self.low = math.log10(min(values)) - 0.1
        self.high = math.log10(max(values)) + 0.1
        self.begin, self.end = begin, end

    def at(self, value):
        return self.begin + (math.log10(value) - self.low) / (self.high - self.low) * (self.end - self.begin)

    def multiples(self, digits):
        """The numbers on the axis that one of these digits and a power of ten make."""
        powers = range(math.floor(self.low), math.ceil(self.high) + 1)
        return [d * 10.0 ** n for n in powers for d in digits if self.low <= math.log10(d * 10.0 ** n) <= self.high]

    def labelled(self):
        """Decades, and what lies between if there are few of them."""
        return self.multiples([1] if self.high - self.low > 3 else [1, 2, 5])


def text(x, y, words, anchor="middle", more=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{more}>{escape(words)}</text>'


def line(x1, y1, x2, y2, colour):
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"/>'


def svg(title, x_label, y_label, series):
    """`series`: name -> points, each (size, cost)."""
    points = [p for own in series.values() for p in own]
    x = Axis([p[0] for p in points], LEFT, WIDTH - RIGHT)
    y = Axis([p[1] for p in points], HEIGHT - BOTTOM, TOP)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13">',
           f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>', text(LEFT, 28, title, "start", ' font-size="16"')]
    for value in x.multiples(range(2, 10)):
        out.append(line(x.at(value), TOP, x.at(value), HEIGHT - BOTTOM, "#f2f2f2"))
    for value in y.multiples(range(2, 10)):
        out.append(line(LEFT, y.at(value), WIDTH - RIGHT, y.at(value), "#f2f2f2"))
    for value in x.labelled():
        out.append(line(x.at(value), TOP, x.at(value), HEIGHT - BOTTOM, "#c8c8c8"))
        out.append(text(x.at(value), HEIGHT - BOTTOM + 18, number(value)))
    for value in y.labelled():
        out.append(line(LEFT, y.at(value), WIDTH - RIGHT, y.at(value), "#c8c8c8"))
        out.append(text(LEFT - 8, y.at(value) + 4, number(value), "end"))
    out.append(text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 16, x_label))
    middle = (TOP + HEIGHT - BOTTOM) / 2
    out.append(text(20, middle, y_label, more=f' transform="rotate(-90 20 {middle:.1f})"'))
    # The legend stands in the order in which the lines end, the dearest first.
    for i, (name, own) in enumerate(sorted(series.items(), key=lambda item: -item[1][-1][1])):
        colour = COLOURS.get(name, "#000000")
        path = " ".join(f"{x.at(a):.1f},{y.at(b):.1f}" for a, b in own)
        dashes = ' stroke-dasharray="6 4"' if name == "limit" else ""
        out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"{dashes}/>')
        out += [f'<circle cx="{x.at(a):.1f}" cy="{y.at(b):.1f}" r="3" fill="{colour}"/>' for a, b in own]
        row = TOP + 10 + 22 * i
        out.append(f'<line x1="{WIDTH - RIGHT + 16}" y1="{row}" x2="{WIDTH - RIGHT + 44}" y2="{row}" stroke="{colour}" '
                   f'stroke-width="2"{dashes}/>')
        out.append(text(WIDTH - RIGHT + 50, row + 4, name, "start"))
    return "\n".join([*out, "</svg>"]) + "\n"


def series_of(rows, pattern):
    """The rows of a plot, by contender, as points."""
    series = {}
    for row in rows:
        found = re.fullmatch(pattern + r"/(\S+)", row["run_name"])
        if found:
            size = int(found[1])
            series.setdefault(found[2], []).append((size, row["median"] / size))
    return {name: sorted(points) for name, points in series.items()}


def write(data):
    for name, title, pattern, x_label, y_label in PLOTS:
        series = series_of(data["rows"], pattern)
        if series:
            (HERE / name).write_text(svg(title, x_label, y_label, series), encoding="utf-8")


if __name__ == "__main__":
    write(json.loads(DATA.read_text(encoding="utf-8")))
    sys.exit(0)
