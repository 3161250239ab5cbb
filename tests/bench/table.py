#!/usr/bin/env python3
"""table.py: writes the figures of data.json between the markers of README.md: medians with their spread, ratios, heap calls, and every case
in which a peer is faster."""
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
DATA = HERE / "data.json"
PAGE = HERE / "README.md"
MARKED = re.compile(r"(<!-- figures -->\n).*?(<!-- end of figures -->)", re.S)

OURS = ["ours", "ours-avx2", "ours-portable", "ours-new-key"]
PEERS = ["openssl-kept", "openssl", "simdjson", "rapidjson", "nlohmann"]
CONTENDERS = [*OURS, *PEERS, "straight-line", "limit"]
AREAS = [("sign/v3/", "Signing by ACS3-HMAC-SHA256"), ("sign/rpc/", "Signing by RPC 1.0, HMAC-SHA1"), ("hash/", "Hashing"),
         ("decode/", "Decoding"), ("encode/", "Encoding"), ("flow/", "State machines, per step"),
         ("grow/sign-params-", "Signing by ACS3, by number of parameters"), ("grow/decode-bytes-", "Decoding, by bytes of the body")]


# What was aimed at: a row of ours, what it is divided by (of several the fastest), and how large that may be at most.
JSON_PEERS = ["simdjson", "rapidjson", "nlohmann"]
GOALS = [("sign/v3/query-typed", "ours", ["limit"], 1.25), ("sign/rpc/query-typed", "ours", ["limit"], 1.4),
         ("sign/v3/query-poll", "ours", ["limit"], 0.9), ("decode/query/small", "ours", JSON_PEERS, 0.5),
         ("decode/query/1m", "ours", JSON_PEERS, 0.3), ("decode/query/16m", "ours", ["limit"], 1.6),
         ("decode/query/1m", "ours-portable", ["rapidjson"], 0.8),
         *((f"hash/sha256-{size}", "ours", ["limit"], 1.05) for size in (64, 81, 499, 4096, 1048576))]


def duration(ns):
    for unit, size in (("ms", 1e6), ("µs", 1e3)):
        if ns >= size:
            return f"{ns / size:.3g} {unit}" if ns / size < 1000 else f"{ns / size:.0f} {unit}"
    return f"{ns:.3g} ns" if ns < 1000 else f"{ns:.0f} ns"


def cell(row):
    return f"{duration(row['median'])} ± {100 * row['cv']:.1f} %" if row else ""


def grouped(rows):
    """case -> contender -> row, in the order of the data."""
    cases = {}
    for row in rows:
        case, _, contender = row["run_name"].rpartition("/")
        cases.setdefault(case, {})[contender] = row
    return cases


def ratio(row, other):
    return f"{row['median'] / other['median']:.2f}" if row and other else ""


def best_peer(case):
    """The fastest contender that is neither ours nor the limit."""
    return min((name for name in case if name in PEERS), key=lambda name: case[name]["median"], default=None)


def calls(case):
    """Heap calls of each contender that counts them, in the order of the columns; whole numbers, but for what a few iterations average."""
    return ", ".join(f"{case[name]['allocs']:.3g}" if "allocs" in case.get(name, {}) else "-"
                     for name in CONTENDERS if name in case and name != "limit")


def table(area, cases):
    own = {name: case for name, case in cases.items() if name.startswith(area)}
    columns = [name for name in CONTENDERS if any(name in case for case in own.values())]
    with_limit = "limit" in columns
    with_peer = any(name in PEERS for name in columns)
    with_bytes = area == "flow/"
    heads = ["case", *columns, *(["ours / limit"] if with_limit else []), *(["ours / best peer"] if with_peer else []),
             *(["bytes in flight"] if with_bytes else []), "heap calls"]
    out = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    for name, case in own.items():
        peer = best_peer(case)
        line = [name[len(area):], *(cell(case.get(column)) for column in columns)]
        if with_limit:
            line.append(ratio(case.get("ours"), case.get("limit")))
        if with_peer:
            line.append(f"{ratio(case.get('ours'), case[peer])} ({peer})" if peer else "")
        if with_bytes:
            line.append(f"{case['ours'].get('bytes', 0):.0f}")
        out.append("| " + " | ".join([*line, calls(case)]) + " |")
    return out if own else []


def goals(cases):
    out = ["| ratio | goal | measured | |", "|---|---|---|---|"]
    for name, contender, others, most in GOALS:
        case = cases.get(name, {})
        there = [other for other in others if other in case]
        if contender not in case or not there:
            continue
        other = min(there, key=lambda peer: case[peer]["median"])
        reached = case[contender]["median"] / case[other]["median"]
        out.append(f"| {name}: {contender} / {other} | {most} | {reached:.2f} | {'reached' if reached <= most else 'not reached'} |")
    return out


def better_peers(cases):
    """Where peers are faster than ours, the widest distance first."""
    found = []
    for name, case in cases.items():
        times = {peer: case["ours"]["median"] / case[peer]["median"] for peer in PEERS if peer in case and "ours" in case}
        faster = sorted((peer for peer in times if times[peer] > 1), key=lambda peer: -times[peer])
        if faster:
            found.append((times[faster[0]], name, ", ".join(f"{peer} {times[peer]:.2f}" for peer in faster)))
    if not found:
        return ["In no case measured here is a peer faster than ours."]
    return ["| case | peers, and how many times as long ours takes |", "|---|---|",
            *(f"| {name} | {peers} |" for _, name, peers in sorted(found, key=lambda one: -one[0]))]


def figures(data):
    cases = grouped(data["rows"])
    out = ["Measured with " + "; ".join(f"{what}: {value}" for what, value in data["measured"].items()) + ".", ""]
    for area, title in AREAS:
        rows = table(area, cases)
        if rows:
            out += [f"### {title}", "", *rows, ""]
    out += ["### What was aimed at", "", *goals(cases), ""]
    return "\n".join([*out, "### Where a peer is faster", "", *better_peers(cases)]) + "\n"


def write(data):
    page = PAGE.read_text(encoding="utf-8")
    if not MARKED.search(page):
        sys.exit(f"{PAGE.name} has lost the markers of its figures")
    PAGE.write_text(MARKED.sub(lambda m: m[1] + figures(data) + m[2], page), encoding="utf-8")


if __name__ == "__main__":
    write(json.loads(DATA.read_text(encoding="utf-8")))
    sys.exit(0)
