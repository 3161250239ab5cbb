#!/usr/bin/env python3
"""counts.py: counts the instructions that the library executes for the main rows of the bench, and compares them with counts.txt, so that
a slower change shows on any machine, busy or not. A row may differ by 2 percent; beyond, the table is to be written anew, which
`counts.py --write` does. Valgrind has no SHA instructions: what is counted there is the portable code of the hashes."""
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TABLE = HERE / "counts.txt"
TIMES = 10
TOLERANCE = 0.02
HEAD = """Instructions per iteration, by callgrind: python3 tests/bench/counts.py --write
compiler: {}
cpu: {}

"""


def run(*command, **more):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, cwd=ROOT, **more)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def build():
    if not (ROOT / "build/CMakeCache.txt").is_file():
        run("cmake", "--preset", "dev")
    run("cmake", "--build", "build", "--target", "counted")
    return ROOT / "build/counted"


def cpu():
    """What valgrind passes on of the CPU's instructions, as far as the library or the C library asks for them."""
    flags = re.search(r"^flags\s*:(.*)$", pathlib.Path("/proc/cpuinfo").read_text(encoding="ascii"), re.M)
    words = flags[1].split() if flags else []
    return " ".join(word for word in ("ssse3", "sse4_1", "avx2", "bmi2") if word in words) or "none of those asked for"


def count(program, row, iterations):
    """Instructions of one iteration. Symbols are bound before the first, and only what happens inside of the row is collected."""
    said = run("env", "LD_BIND_NOW=1", "valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "--toggle-collect=counted_row",
               program, row, TIMES)
    found = re.search(r"Collected : (\d+)", said)
    if not found or found[1] == "0":
        sys.exit(f"{row}: callgrind counted nothing\n{said}")
    return round(int(found[1]) / (TIMES * iterations))


def read_table():
    """What the table says of the machine it was made on, and its rows."""
    text = TABLE.read_text(encoding="utf-8")
    made = {name: value for name, value in re.findall(r"^(compiler|cpu): (.*)$", text, re.M)}
    return made, {row: int(n) for row, n in re.findall(r"^(\S+/\S+) +(\d+)$", text, re.M)}


def main():
    if shutil.which("valgrind") is None:
        print("skipped: there is no valgrind")
        return 0
    program = build()
    here = {"compiler": run(program, "--compiler").strip(), "cpu": cpu()}
    writes = sys.argv[1:] == ["--write"]
    made, wanted = ({}, {}) if writes else read_table()
    for what, value in made.items():
        if value != here[what]:
            print(f"skipped: counted with {what} {value}, and this is {here[what]}")
            return 0
    rows = [line.split() for line in run(program).splitlines()]
    counts = {row: count(program, row, int(iterations)) for row, iterations in rows}
    if writes:
        lines = [f"{row:24}{n:>12}\n" for row, n in counts.items()]
        TABLE.write_text(HEAD.format(here["compiler"], here["cpu"]) + "".join(lines), encoding="utf-8")
        return 0
    faults = []
    for row, n in counts.items():
        was = wanted.get(row, 0)
        print(f"{row}: {n}, was {was}" + (f" ({n / was - 1:+.1%})" if was else ""))
        if abs(n - was) > was * TOLERANCE:
            faults.append(f"{row}: counts.txt says {was} instructions, executed {n}")
    faults += [f"{row}: in counts.txt, but not in counted.cpp" for row in wanted if row not in counts]
    print("\n".join(faults) or f"{len(counts)} rows take as many instructions as counts.txt says")
    return 1 if faults or not counts else 0


if __name__ == "__main__":
    sys.exit(main())
