#!/usr/bin/env python3
"""publish.py: builds the bench, measures every row in quiet moments (quiet.py), and writes data.json, the figures in README.md, and the
plots. Takes ten minutes where the machine is quiet, and gives up after twenty: run again, it goes on."""
import json
import pathlib
import statistics
import subprocess
import sys

import plot
import quiet
import table

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BENCH = ROOT / "build/bench"
PASSES, SECONDS, BUDGET = 25, 0.02, 20 * 60
FEWEST = 5  # passes of a case that a median is made of


def run(*command):
    done = subprocess.run([str(part) for part in command], cwd=ROOT, check=False, stdout=subprocess.DEVNULL)
    if done.returncode != 0:
        sys.exit(f"failed: {' '.join(map(str, command))}")


def build():
    if not (ROOT / "build/CMakeCache.txt").is_file():
        run("cmake", "--preset", "dev")
    run("cmake", "--build", "build", "--target", "bench")


def processor():
    """The CPU's name, and what the library asks it for."""
    try:
        text = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return "unknown"
    entries = dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
    entries = {name.strip(): value.strip() for name, value in entries.items()}
    flags = entries.get("flags", "").split()
    asked = {"sha_ni": "SHA", "avx2": "AVX2", "bmi2": "BMI2", "avx512_vbmi2": "AVX-512 VBMI2"}
    known = [word for flag, word in asked.items() if flag in flags]
    return f"{entries.get('model name', 'unknown')} with {', '.join(known) or 'no instructions that the library asks for'}"


def listed():
    """The names of all rows, as the bench lists them."""
    return subprocess.run([BENCH, "--benchmark_list_tests"], check=True, capture_output=True, text=True).stdout.split()


def summed_up(passes):
    """What is kept of the passes of a case: of each row the median of its CPU time in nanoseconds, the spread, and the counters."""
    times, counters = {}, {}
    for entry in (entry for rows in passes for entry in rows):
        name = entry["run_name"]
        if entry.get("error_occurred"):
            sys.exit(f"{name}: {entry.get('error_message', 'failed')}")
        if entry["time_unit"] != "ns":
            sys.exit(f"{name}: in {entry['time_unit']}")
        times.setdefault(name, []).append(entry["cpu_time"])
        counters[name] = {what: float(f"{entry[what]:.6g}") for what in ("allocs", "bytes", "blocks") if what in entry}
    return [{"run_name": name, "median": float(f"{statistics.median(of):.5g}"),
             "cv": round(statistics.stdev(of) / statistics.mean(of), 4), **counters[name]} for name, of in times.items()]


def main():
    if len(sys.argv) != 1:
        sys.exit(__doc__)
    build()
    names = listed()
    cases = list(dict.fromkeys(name.rpartition("/")[0] for name in names))
    context, passes, taken = quiet.measure(BENCH, cases, PASSES, SECONDS, BUDGET)
    short = [case for case in cases if len(passes[case]) < FEWEST]
    if short:
        sys.exit(f"too few quiet moments for {', '.join(short)}: run it again, it goes on from here")
    measured = {"cpu": processor()}
    measured.update({what: context[what] for what in ("compiler", "OpenSSL", "simdjson", "RapidJSON", "nlohmann-json") if what in context})
    counts = [len(of) for of in passes.values()]
    each = " to ".join(dict.fromkeys((str(min(counts)), str(max(counts)))))
    measured["passes"] = f"{each} of each case that count, {sum(counts)} of {taken}"
    place = {name: i for i, name in enumerate(names)}
    rows = sorted((row for of in passes.values() for row in summed_up(of)), key=lambda row: place[row["run_name"]])
    data = {"measured": measured, "rows": rows}
    lines = ",\n".join("    " + json.dumps(row) for row in rows)
    (HERE / "data.json").write_text(f'{{\n  "measured": {json.dumps(measured)},\n  "rows": [\n{lines}\n  ]\n}}\n', encoding="utf-8")
    table.write(data)
    plot.write(data)
    print(f"{len(rows)} rows; {measured['passes']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
