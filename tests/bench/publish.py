#!/usr/bin/env python3
"""publish.py: builds the bench, measures every row, and writes data.json, the figures in README.md, and the plots. Takes some minutes.

    publish.py              everything
    publish.py --from FILE  the same from a JSON file that build/bench wrote, with repetitions
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import plot
import table

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
REPETITIONS, SECONDS = 13, 0.035  # many and short: a neighbour that is busy for a while spoils few of them


def run(*command):
    done = subprocess.run([str(part) for part in command], cwd=ROOT, check=False, stdout=subprocess.DEVNULL)
    if done.returncode != 0:
        sys.exit(f"failed: {' '.join(map(str, command))}")


def build():
    if not (ROOT / "build/CMakeCache.txt").is_file():
        run("cmake", "--preset", "dev")
    run("cmake", "--build", "build", "--target", "bench")


def measure():
    """The bench's own JSON."""
    handle, name = tempfile.mkstemp(suffix=".json")
    os.close(handle)
    try:
        run("build/bench", f"--benchmark_out={name}", "--benchmark_out_format=json", f"--benchmark_repetitions={REPETITIONS}",
            f"--benchmark_min_time={SECONDS}")
        return pathlib.Path(name).read_text(encoding="utf-8")
    finally:
        os.unlink(name)


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


def trimmed(result):
    """What is kept: of each row the median of its CPU time in nanoseconds, the spread, and the counters."""
    rows, faults = {}, []
    for entry in result["benchmarks"]:
        name = entry["run_name"]
        if entry.get("error_occurred"):
            faults.append(f"{name}: {entry.get('error_message', 'failed')}")
            continue
        if entry.get("aggregate_name") not in ("median", "cv"):
            continue
        row = rows.setdefault(name, {"run_name": name})
        if entry["aggregate_name"] == "cv":
            row["cv"] = round(entry["cpu_time"], 4)
            continue
        if entry["time_unit"] != "ns":
            sys.exit(f"{name}: in {entry['time_unit']}")
        row["median"] = float(f"{entry['cpu_time']:.5g}")
        for counter in ("allocs", "bytes", "blocks"):
            if counter in entry:
                row[counter] = float(f"{entry[counter]:.6g}")
    for fault in dict.fromkeys(faults):
        print(f"left out: {fault}", file=sys.stderr)
    complete = [row for row in rows.values() if "median" in row and "cv" in row]
    if not complete:
        sys.exit("no medians: was it measured with repetitions?")
    return complete


def in_order(rows):
    """As the bench lists them: it measures in an order of its own making."""
    listed = subprocess.run(["build/bench", "--benchmark_list_tests"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
    place = {name: i for i, name in enumerate(listed)}
    return sorted(rows, key=lambda row: (place.get(row["run_name"], len(place)), row["run_name"]))


def main():
    given = sys.argv[2] if sys.argv[1:2] == ["--from"] and len(sys.argv) == 3 else None
    if given is None and len(sys.argv) != 1:
        sys.exit(__doc__)
    build()
    result = json.loads(pathlib.Path(given).read_text(encoding="utf-8") if given else measure())
    measured = {"cpu": processor()}
    measured.update({what: result["context"][what] for what in ("compiler", "OpenSSL", "simdjson", "RapidJSON", "nlohmann-json")
                     if what in result["context"]})
    data = {"measured": measured, "rows": in_order(trimmed(result))}
    lines = ",\n".join("    " + json.dumps(row) for row in data["rows"])
    (HERE / "data.json").write_text(f'{{\n  "measured": {json.dumps(measured)},\n  "rows": [\n{lines}\n  ]\n}}\n', encoding="utf-8")
    table.write(data)
    plot.write(data)
    print(f"{len(data['rows'])} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
