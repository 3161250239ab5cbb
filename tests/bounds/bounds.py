#!/usr/bin/env python3
"""bounds.py [COMPILER]: counts the instructions that tests/bounds/counted.cpp executes by callgrind. What is twice as large may take a
little more than twice as many, for parameters and headers are sorted; what must not tell where two texts differ takes the same for each."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
MOST = 2.3
PLACES = (0, 1, 31, 62, 63)


def run(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def count(program, row, size):
    said = run("env", "LD_BIND_NOW=1", "valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "--toggle-collect=counted_row",
               program, row, size)
    found = re.search(r"Collected : (\d+)", said)
    if not found or found[1] == "0":
        sys.exit(f"{row}: callgrind counted nothing\n{said}")
    return int(found[1])


def fault(program, row, size):
    """What is wrong with a row; prints what was counted."""
    if size == 0:
        counts = {count(program, row, place) for place in PLACES}
        print(f"{row}: {' or '.join(map(str, sorted(counts)))}, wherever they differ")
        return f"{row}: tells where two texts differ" if len(counts) != 1 else ""
    once, twice = count(program, row, size), count(program, row, 2 * size)
    print(f"{row}: {once} for {size}, {twice / once:.2f} times as many for twice that", flush=True)
    return f"{row}: grows faster than what it is given" if twice > once * MOST else ""


def main():
    if shutil.which("valgrind") is None:
        print("skipped: there is no valgrind")
        return 0
    compiler = sys.argv[1] if len(sys.argv) > 1 else "g++"
    with tempfile.TemporaryDirectory() as folder:
        program = pathlib.Path(folder) / "counted"
        run(compiler, "-std=c++20", "-O2", f"-I{ROOT / 'include'}", f"-I{ROOT / 'tests'}", ROOT / "tests/bounds/counted.cpp", "-o", program)
        rows = [line.split(" ", 1) for line in run(program).splitlines()]
        faults = list(filter(None, (fault(program, row, int(size)) for size, row in rows)))
    print("\n".join(faults) or f"{len(rows)} rows are within their bounds")
    return 1 if faults or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
