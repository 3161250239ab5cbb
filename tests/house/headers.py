#!/usr/bin/env python3
"""headers.py [--umbrellas] COMPILER [FLAG...]: every header compiles alone and twice, as a consumer with all warnings on, no exceptions,
no RTTI; and so do the adapters, whose parts belong together. --umbrellas: only those that include all the others, for one more standard."""
import concurrent.futures
import os
import subprocess
import sys

from rules import ROOT
from umbrellas import UMBRELLAS

FLAGS = """-fsyntax-only -x c++ -fno-exceptions -fno-rtti -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow
    -Wold-style-cast -Werror""".split()


def compile_alone(compiler, flags, folder, name):
    text = f"#include <{name}>\n#include <{name}>\nint main() {{}}\n"
    command = [compiler, *FLAGS, *flags, f"-I{ROOT / folder}", f"-I{ROOT / 'include'}", "-"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else f"{folder}/{name} does not stand alone:\n{done.stderr}"


def main():
    arguments = sys.argv[1:]
    umbrellas = arguments[0] == "--umbrellas"
    compiler, *flags = arguments[umbrellas:]
    if not any(flag.startswith("-std=") for flag in flags):
        flags.append("-std=c++20")
    if "clang" not in os.path.basename(os.path.realpath(compiler)):
        flags.append("-Wuseless-cast")
    jobs = [(folder, path.relative_to(ROOT / folder).as_posix())
            for folder in ("include", "single_include") for path in sorted((ROOT / folder).rglob("*.hpp"))]
    if umbrellas:
        jobs = [job for job in jobs if job[1] in UMBRELLAS]
    jobs += [("adapters", path.relative_to(ROOT / "adapters").as_posix()) for path in sorted((ROOT / "adapters/acs").glob("*.hpp"))]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        faults = [fault for fault in pool.map(lambda job: compile_alone(compiler, flags, *job), jobs) if fault]
    print("\n".join(faults) or f"{len(jobs)} headers stand alone")
    return 1 if faults or not jobs else 0


if __name__ == "__main__":
    sys.exit(main())
