#!/usr/bin/env python3
"""snippets.py COMPILER: compiles every C++ snippet of README.md. One that begins with #include is a file; one behind
`<!-- snippet: function -->` is the body of a function. Any other kind is a fault, so that none escapes."""
import re
import subprocess
import sys

from rules import ROOT

SNIPPET = re.compile(r"(?:<!-- snippet: (\w+) -->\n)?```cpp\n(.*?)```", re.S)
AROUND = "#include <dataworks.hpp>\n#include <acs/hosted.hpp>\n#include <acs/testing.hpp>\n#include <cstdio>\n"


def source_of(kind, text):
    if kind == "function":
        return f"{AROUND}void snippet();\nvoid snippet() {{\n{text}\n}}\n"
    if kind is None and text.startswith("#include"):
        return text
    return None


def main():
    faults, count = [], 0
    for kind, text in SNIPPET.findall((ROOT / "README.md").read_text(encoding="utf-8")):
        count += 1
        source = source_of(kind or None, text)
        if source is None:
            faults.append(f"a snippet of no known kind:\n{text}")
            continue
        done = subprocess.run([sys.argv[1], "-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", f"-I{ROOT / 'include'}",
                               f"-I{ROOT / 'adapters'}", "-x", "c++", "-"], input=source, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            faults.append(f"{text}\n{done.stderr}")
    print("\n".join(faults) or f"{count} snippets compile")
    return 1 if faults or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
