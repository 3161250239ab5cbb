#!/usr/bin/env python3
"""Compares what gcovr found untaken with uncovered.txt, which says why of each line: `coverage.py REPORT.json`, called by tests/coverage.

A line counts that was not run, or of which a branch was not taken. Of the testing kit only lines count: it holds strings and vectors, and
most of its branches are those that g++ makes for memory that runs out."""
import collections
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
KIT = "acs/testing/"


def listed(path):
    """The lines that have a reason, as (path, text), and how many are equal."""
    return collections.Counter(tuple(line.split(": ", 1)) for line in path.read_text().splitlines() if line and line[0] not in "#[")


def untaken(report):
    """(path, number, text) of each line that was not taken in full; and a tally."""
    found, tally = [], {}
    for file in json.loads(pathlib.Path(report).read_text())["files"]:
        path = file["file"].removeprefix("include/")
        text = (ROOT / "include" / path).read_text().splitlines()
        part = tally.setdefault("testing kit" if path.startswith(KIT) else "library", [0, 0, 0, 0])
        for line in file["lines"]:
            if line.get("gcovr/noncode"):
                continue
            branches = [b["count"] > 0 for b in line["branches"]]
            part[0] += line["count"] > 0
            part[1] += 1
            part[2] += sum(branches)
            part[3] += len(branches)
            if line["count"] == 0 or not (path.startswith(KIT) or all(branches)):
                found.append((path, line["line_number"], text[line["line_number"] - 1].strip()))
    return found, tally


def main():
    reasons = listed(ROOT / "tests/house/uncovered.txt")
    found, tally = untaken(sys.argv[1])
    for name, (lines, all_lines, branches, all_branches) in sorted(tally.items()):
        shares = f"{lines} of {all_lines} lines, {lines / all_lines:.1%}; {branches} of {all_branches} branches"
        print(f"{name}: {shares}, {branches / all_branches:.1%}")
    places = collections.defaultdict(list)
    for path, number, text in found:
        places[path, text].append(str(number))
    counted = collections.Counter({line: len(numbers) for line, numbers in places.items()})
    bare, gone = counted - reasons, reasons - counted
    for path, text in sorted(bare):
        print(f"not taken, and no reason in tests/house/uncovered.txt: {path}:{','.join(places[path, text])}: {text}")
    for path, text in sorted(gone):
        print(f"taken by now, or no longer there: {path}: {text}")
    print(f"{(counted & reasons).total()} lines left with a reason, {bare.total()} without, {gone.total()} reasons without a line")
    return 1 if bare or gone else 0


if __name__ == "__main__":
    sys.exit(main())
