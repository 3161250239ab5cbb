"""quiet.py: measures on a machine whose neighbours come and go.

A virtual machine shares its cores: for seconds at a time everything takes half as long again, and not every kind of code alike, so that
ratios move, too. Here a pass is one process of the bench with the rows of one case, some tenths of a second. In front of it and behind it
stands a pace: fixed work that is not the library's. A pass counts where both paces are near the fastest pace of the whole run; which passes
count is decided at the end, by paces alone, never by what was measured."""
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

NEAR = 1.15  # of the fastest pace: clocks that change take some of it, and a neighbour on the same core takes half as long again
WORK = bytes(400_000)


def pace():
    """Seconds for fixed work that keeps the core's execution units busy, so that it feels who shares them: the least of three."""
    least = float("inf")
    for _ in range(3):
        began = time.perf_counter()
        hashlib.sha3_256(WORK).digest()
        least = min(least, time.perf_counter() - began)
    return least


def one_pass(bench, case, seconds):
    """What the bench says of a case: its context, and its rows."""
    handle, name = tempfile.mkstemp(suffix=".json")
    os.close(handle)
    try:
        subprocess.run([str(bench), f"--benchmark_filter=^{case}/[^/]+$", f"--benchmark_min_time={seconds}", "--benchmark_repetitions=1",
                        "--benchmark_report_aggregates_only=false", f"--benchmark_out={name}", "--benchmark_out_format=json"],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        result = json.loads(pathlib.Path(name).read_text(encoding="utf-8"))
        return result["context"], result["benchmarks"]
    finally:
        os.unlink(name)


class Passes:
    """The passes of all cases so far, each with the slower of its two paces, kept in a file that the next run with the same bench reads."""

    def __init__(self, bench, cases, seconds):
        self.bench, self.seconds = bench, seconds
        self.file = bench.with_suffix(".passes.json")
        self.state = {"bench": hashlib.sha256(bench.read_bytes()).hexdigest(), "fastest": pace(), "context": {},
                      "taken": {case: [] for case in cases}}
        try:
            before = json.loads(self.file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return
        if before["bench"] == self.state["bench"]:
            self.state = before

    def is_quiet(self, pace_now):
        self.state["fastest"] = min(self.state["fastest"], pace_now)
        return pace_now <= NEAR * self.state["fastest"]

    def quiet(self, case):
        return [rows for worse, rows in self.state["taken"][case] if self.is_quiet(worse)]

    def wait_for_quiet(self, deadline):
        """Goes from core to core until one is quiet, and stays there. The pace; null where there was none before the deadline."""
        cores = sorted(os.sched_getaffinity(0))
        while time.monotonic() < deadline:
            for core in cores:
                os.sched_setaffinity(0, {core})
                before = pace()
                if self.is_quiet(before):
                    return before
        return None

    def take(self, case, deadline):
        """Takes a pass; false: not before the deadline."""
        cores = os.sched_getaffinity(0)
        try:
            before = self.wait_for_quiet(deadline)
            if before is None:
                return False
            self.state["context"], rows = one_pass(self.bench, case, self.seconds)
            self.state["taken"][case].append((max(before, pace()), rows))
            return True
        finally:
            os.sched_setaffinity(0, cores)

    def keep(self):
        self.file.write_text(json.dumps(self.state), encoding="utf-8")


def measure(bench, cases, passes, seconds, budget):
    """The context, for each case its passes that count, and how many were taken: `passes` of each where the budget of seconds allows. Cases
    take turns."""
    deadline = time.monotonic() + budget
    run = Passes(bench, cases, seconds)
    while missing := [case for case in cases if len(run.quiet(case)) < passes]:
        print(f"{len(missing)} of {len(cases)} cases to go, {sum(len(run.quiet(case)) for case in cases)} passes, "
              f"{deadline - time.monotonic():.0f} s left", file=sys.stderr)
        in_time = all(run.take(case, deadline) for case in missing)
        run.keep()
        if not in_time:
            break
    return run.state["context"], {case: run.quiet(case) for case in cases}, sum(map(len, run.state["taken"].values()))
