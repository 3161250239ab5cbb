#!/usr/bin/env python3
"""recursion.py COMPILER: no function of the library calls itself, by whatever way: what comes in from outside can't make the stack grow.
Read from the call graphs that g++ writes for units that use all of the library; calls through pointers are in flash/stack.py.
--self: a recursion is found."""
import pathlib
import re
import subprocess
import sys
import tempfile

from rules import ROOT

UNITS = [f"tests/{unit}.cpp" for unit in """simulation conformance bounds/counted sts/refreshed_job acs/operation/decode
    acs/testing/scrub acs/testing/replay acs/hosted/drivers acs/explain/explain""".split()]
NODE = re.compile(r'node: \{ title: "([^"]*)" label: "([^"]*?)\\n([^"\\]*)')
EDGE = re.compile(r'edge: \{ sourcename: "([^"]*)" targetname: "([^"]*)"')
OURS = re.compile(r"(^|/)include/(acs|dataworks|sts)\b")
# A world may call back before it returns: the driver then sees that it is under way (`going_`), and loops. Of it no more than two are deep.
KNOWN = re.compile(r"include/acs/hosted/callbacks\.hpp")
BAD = """inline int even(int n) { extern int odd(int); return n == 0 ? 1 : odd(n - 1); }
int odd(int n) { return n == 0 ? 0 : even(n - 1); }"""


def graph_of(compiler, source, folder):
    """(whom each function calls, what it is called and where it stands)"""
    done = subprocess.run([compiler, "-std=c++20", "-O0", "-w", "-fcallgraph-info", f"-I{ROOT / 'include'}", f"-I{ROOT / 'tests'}",
                           '-DACS_TESTS_DIR=""', "-c", str(source), "-o", f"{folder}/unit.o"],
                          capture_output=True, text=True, check=False, cwd=folder)
    if done.returncode != 0:
        sys.exit(done.stderr)
    text = (pathlib.Path(folder) / "unit.ci").read_text(encoding="utf-8")
    calls = {}
    for caller, called in EDGE.findall(text):
        calls.setdefault(caller, set()).add(called)
    return calls, {title: (label, place) for title, label, place in NODE.findall(text)}


def circles(calls):
    """The functions that can reach themselves, those together that reach one another (Tarjan, with a stack of our own)."""
    index, low, on, order, found = {}, {}, set(), [], []
    for root in calls:
        work = [(root, iter(calls.get(root, ())))] if root not in index else []
        while work:
            name, rest = work[-1]
            if name not in index:
                index[name] = low[name] = len(index)
                order.append(name)
                on.add(name)
            for called in rest:
                if called not in index:
                    work.append((called, iter(calls.get(called, ()))))
                    break
                if called in on:
                    low[name] = min(low[name], index[called])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[name])
                if low[name] == index[name]:
                    circle = order[order.index(name):]
                    del order[-len(circle):]
                    on -= set(circle)
                    if len(circle) > 1 or name in calls.get(name, ()):
                        found.append(circle)
    return found


def faults(compiler, source, folder, ours=OURS):
    calls, nodes = graph_of(compiler, source, folder)
    for circle in circles(calls):
        places = [nodes.get(name, (name, ""))[1] for name in circle]
        if any(ours.search(place) and not KNOWN.search(place) for place in places):
            yield f"recursion: {nodes[circle[0]][0]}\n  " + "\n  ".join(places)
    if not any(ours.search(place) for _, place in nodes.values()):
        yield f"{source}: the graph has nothing of ours"


def main():
    compiler = sys.argv[1]
    if "g++" not in compiler or "clang" in compiler:
        print("skipped: only g++ writes call graphs")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        if "--self" in sys.argv:
            bad = pathlib.Path(folder) / "bad.cpp"
            bad.write_text(BAD, encoding="utf-8")
            return 0 if any("recursion" in fault for fault in faults(compiler, bad, folder, re.compile("bad"))) else 1
        found = sorted({fault for unit in UNITS for fault in faults(compiler, ROOT / unit, folder)})
    print("\n".join(found) or f"no recursion in what {len(UNITS)} units use")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
