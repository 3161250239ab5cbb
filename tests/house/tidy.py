#!/usr/bin/env python3
"""tidy.py: headers are at most 300 lines, no line is longer than 140 columns, nothing is left to do later, and what a concept requires
stands on one line (clang-format 14 tears it apart)."""
import re
import sys

from rules import ROOT

LATER = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK)\b")
TORN = re.compile(r"\s*noexcept *(;|->)")
SUFFIXES = {".hpp", ".cpp", ".py", ".sh", ".txt", ".cmake"}
FOLDERS = ("include", "adapters", "examples", "tests")


def main():
    faults = []
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix not in SUFFIXES or not path.is_file():
                continue
            name, lines = path.relative_to(ROOT), path.read_text(encoding="utf-8", errors="replace").splitlines()
            if path.suffix == ".hpp" and len(lines) > 300 and folder in ("include", "adapters"):
                faults.append(f"{name}: {len(lines)} lines; look for the second idea")
            for number, line in enumerate(lines, 1):
                if len(line) > 140 and path.suffix in (".hpp", ".cpp", ".py"):
                    faults.append(f"{name}:{number}: {len(line)} columns")
                if LATER.search(line):
                    faults.append(f"{name}:{number}: left for later")
                if TORN.match(line) and path.suffix in (".hpp", ".cpp"):
                    faults.append(f"{name}:{number}: belongs to the line before")
                if line != line.rstrip() and path.suffix in (".hpp", ".cpp", ".py"):
                    faults.append(f"{name}:{number}: ends in white space")
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
