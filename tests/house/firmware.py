#!/usr/bin/env python3
"""firmware.py: builds examples/own_stack.cpp for a Cortex-M4 as firmware would, and reads what its object asks of the linker: no heap, no
exceptions, no standard I/O. A `substr`, `at` or `value()` is enough to fail this, as --self shows."""
import pathlib
import subprocess
import sys
import tempfile

from rules import ROOT

FLAGS = "-std=c++20 -mcpu=cortex-m4 -mthumb -Os -fno-exceptions -fno-rtti -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -c".split()

# All that may be left open: what the example asks of its board, what compilers call by themselves, and the C text functions.
ALLOWED = {"memchr", "memcmp", "memcpy", "memmove", "memset", "strlen"}
ALLOWED_PREFIXES = ("board_", "__aeabi_")

BAD = {
    "substr": 'std::string_view f(std::string_view t, std::size_t n) { return t.substr(n); }',
    "at": 'char f(std::string_view t, std::size_t n) { return t.at(n); }',
    "value": 'int f(std::optional<int> o) { return o.value(); }',
    "new": 'int* f() { return new int; }',
    "printf": 'int f() { return std::printf("%d", 1); }',
    "static": 'struct s { s(); int i; }; int f() { static s one; return one.i; }',
}


def undefined(source, folder):
    done = subprocess.run(["arm-none-eabi-g++", *FLAGS, f"-I{ROOT / 'include'}", str(source), "-o", folder / "unit.o"],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(done.stderr)
    listed = subprocess.run(["arm-none-eabi-nm", "-u", folder / "unit.o"], capture_output=True, text=True, check=True).stdout
    return [line.split()[-1] for line in listed.splitlines() if line.strip()]


def forbidden(names):
    return [name for name in names if name not in ALLOWED and not name.startswith(ALLOWED_PREFIXES)]


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        if sys.argv[1:] != ["--self"]:
            names = undefined(ROOT / "examples/own_stack.cpp", folder)
            print("asks for:", *names)
            return 1 if forbidden(names) or not names else 0
        missed = []
        for what, line in BAD.items():
            (folder / "bad.cpp").write_text(f"#include <cstdio>\n#include <optional>\n#include <string_view>\n{line}\n")
            if not forbidden(undefined(folder / "bad.cpp", folder)):
                missed.append(what)
        print(*(f"not noticed: {what}" for what in missed), sep="\n")
        return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
