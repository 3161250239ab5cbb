"""compile_time.py: how long compilers take for the unit that signs and decodes, and how many lines they read for it."""
import shutil
import statistics
import subprocess
import time

from image import ROOT

UNIT = [f"-I{ROOT / 'include'}", str(ROOT / "tests/flash/call.cpp")]


def seconds(command):
    begin = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    return time.monotonic() - begin


def compile_times(runs=5):
    """A table of medians, of the compilers that are there."""
    lines = []
    for compiler in filter(shutil.which, ("g++", "clang++-14")):
        read = subprocess.run([compiler, "-std=c++20", "-E", "-P", *UNIT], check=True, capture_output=True).stdout.count(b"\n")
        times = []
        for level in ("-O0", "-O2"):
            command = [compiler, "-std=c++20", level, "-c", *UNIT, "-o", "/dev/null"]
            times.append(f"{level} {statistics.median(seconds(command) for _ in range(runs)):.2f} s")
        lines.append(f"{compiler}: {', '.join(times)}, {read} preprocessed lines")
    return "\n".join(lines)
