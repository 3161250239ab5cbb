#!/usr/bin/env python3
"""Writes the umbrella headers: every header, floors in order. With --check, compares and exits 1 if one is stale."""
import pathlib
import sys

from rules import FLOORS, ROOT, floor_of

INCLUDE = ROOT / "include"
LICENCE = "// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT\n"
UMBRELLAS = {
    "acs.hpp": ("Everything that needs no operating system and no heap, floor by floor.", [], ["version"] + FLOORS),
    "dataworks.hpp": ("Typed operations for DataWorks Data Integration, on top of acs.", ["acs.hpp"], ["dataworks"]),
    "sts.hpp": ("Session credentials: STS, on top of acs.", ["acs.hpp"], ["sts"]),
    "acs/hosted.hpp": ("Conveniences for hosted programs: heap, environment, clock, entropy, printing.", ["acs.hpp"], ["hosted"]),
    "acs/testing.hpp": ("The test kit: the service, held in memory.", ["acs.hpp"], ["testing"]),
    "acs/testing/conformance.hpp": ("The conformance kit: what a transport of one's own has to do.", ["acs/testing.hpp"], ["conformance"]),
}


def headers(floor):
    found = (p.relative_to(INCLUDE).as_posix() for p in INCLUDE.rglob("*.hpp"))
    return sorted(name for name in found if name not in UMBRELLAS and floor_of(name) == floor and "/detail/" not in name)


def umbrella(name):
    what, umbrellas, floors = UMBRELLAS[name]
    guard = name.upper().replace("/", "_").replace(".", "_")
    groups = [umbrellas] + [headers(floor) for floor in floors]
    body = "\n".join("".join(f"#include <{header}>\n" for header in group) for group in groups if group)
    return f"{LICENCE}#ifndef {guard}\n#define {guard}\n\n/// {what}\n{body}\n#endif\n"


def main():
    stale = []
    for name in UMBRELLAS:
        path = INCLUDE / name
        if path.is_file() and path.read_text() == umbrella(name):
            continue
        stale.append(name)
        if sys.argv[1:] != ["--check"]:
            path.write_text(umbrella(name))
    if sys.argv[1:] == ["--check"] and stale:
        print("stale, run python3 tests/house/umbrellas.py:", *stale)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
