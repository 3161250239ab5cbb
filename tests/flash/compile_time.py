"""compile_time.py: how long compilers take for a unit that signs and decodes, and how many lines they read for it: one that includes what
that takes, and one that includes everything."""
import shutil
import statistics
import subprocess
import time

from image import ROOT

UNITS = {"by the headers it takes": "minimal.cpp", "by dataworks.hpp": "call.cpp"}


def seconds(command):
    begin = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    return time.monotonic() - begin


def compile_times(runs=5):
    """A table of medians, of the compilers that are there."""
    lines = []
    for compiler in filter(shutil.which, ("g++", "clang++-14")):
        for label, name in UNITS.items():
            unit = ["-std=c++20", f"-I{ROOT / 'include'}", str(ROOT / "tests/flash" / name)]
            read = subprocess.run([compiler, "-E", "-P", *unit], check=True, capture_output=True).stdout.count(b"\n")
            times = []
            for level in ("-O0", "-O2"):
                command = [compiler, level, "-c", *unit, "-o", "/dev/null"]
                times.append(f"{level} {statistics.median(seconds(command) for _ in range(runs)):.2f} s")
            lines.append(f"{compiler}, {label}: {', '.join(times)}, {read} preprocessed lines")
    return "\n".join(lines)
