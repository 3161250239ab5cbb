#!/usr/bin/env python3
"""footprint.py: links the units under tests/flash for two Cortex-M and compares what they take with README.md's table, so that growth shows
in a change. A number may differ by 2 percent; beyond, the table is to be written anew, which `footprint.py --write` does. `--report` prints
more: every floor's part, compile times, and what lies on the deepest stack."""
import concurrent.futures
import os
import pathlib
import re
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "flash"))
# pylint: disable=wrong-import-position
from compile_time import compile_times
from image import CPUS, ROOT, Image, floor_of
from rules import FLOORS
from stack import Stack

BEGIN, END = "<!-- footprint -->\n", "<!-- /footprint -->\n"
QUERY = "dataworks::query_di_sync_task_config_process_result"
OPERATIONS = {
    "GenerateDISyncTaskConfigForCreating": "dataworks::generate_di_sync_task_config_for_creating",
    "GenerateDISyncTaskConfigForUpdating": "dataworks::generate_di_sync_task_config_for_updating",
    "QueryDISyncTaskConfigProcessResult": QUERY,
    "CreateDISyncTask": "dataworks::create_di_sync_task",
    "UpdateDISyncTask": "dataworks::update_di_sync_task",
}
CLASSIFICATION = re.compile(r"error/(classify|codes)\.hpp|exchange/judge\.hpp|dataworks/errors\.hpp")


def texts_of(*headers):
    """How many bytes of text the tables of these headers have."""
    lines = "".join((ROOT / "include" / header).read_text(encoding="utf-8") for header in headers)
    return sum(len(text) + 1 for text in re.findall(r'^    \{"([^"]*)"sv, ', lines, re.M))


def units():
    """What is linked, by name: a unit, and what is defined for it."""
    def calls(operations, decode="decode_json"):
        return "call", f"FLASH_OPERATIONS={operations}", f"FLASH_DECODE={decode}"

    all_but = {action: calls(",".join(each for each in OPERATIONS.values() if each != operation))
               for action, operation in OPERATIONS.items()}
    return {"json": calls(QUERY), "any": calls(QUERY, "decode"), "exchange": ("exchange",), "job": ("job",),
            "others": ("others",), "all": calls(",".join(OPERATIONS.values())), **all_but}


def link_all(folder):
    """The images, by CPU and name."""
    jobs = [(cpu, name, unit) for cpu in CPUS for name, unit in units().items()]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        linked = pool.map(lambda job: Image(job[2][0], job[0], folder / CPUS[job[0]] / job[1], *job[2][1:]), jobs)
        images = {cpu: {} for cpu in CPUS}
        for (cpu, name, _), image in zip(jobs, linked):
            images[cpu][name] = image
    return images


def floors(image):
    """The parts of an image that are ours."""
    for floor in [*FLOORS, "std", "texts"]:
        size = image.size("ours", lambda file, name, floor=floor: floor_of(file) == floor)
        label = {"std": "templates of the standard library", "texts": "texts of tables"}.get(floor, f"`{floor}`")
        if size:
            yield f"of it {label}", size
    yield "of it this operation", image.size("ours", lambda file, name: floor_of(file) in ("dataworks", "calls"))


def depths(images):
    """The deepest stacks below what an application calls."""
    labels = {("json", "sign"): "`prepare`", ("json", "read"): "`decode_json`", ("any", "read"): "`decode`"}
    for kind in ("json", "any", "others", "exchange", "job"):
        stack = Stack(images[kind])
        for short, name in sorted(stack.entries()):
            label = labels.get((kind, short), f"`{short}`" if kind == "others" else f"`{kind}::{short}`")
            if (kind, short) not in (("any", "sign"), ("others", "sign")):
                yield f"stack of {label}", stack.path(name)[0]


def measure(images):
    """(label, number) of every row."""
    ours = {name: image.size("ours") for name, image in images.items()}
    classes = images["exchange"].size("ours", lambda file, name: CLASSIFICATION.search(file))
    classes += texts_of("acs/error/codes.hpp", "dataworks/errors.hpp")
    yield "sign by ACS3, decode a reply or an error in JSON", ours["json"]
    yield from floors(images["json"])
    yield "errors in XML and HTML, codes for those without a body", ours["any"] - ours["json"]
    for action in OPERATIONS:
        yield f"{action}, beside the other four", ours["all"] - ours[action]
    yield "an exchange, beside all that", ours["exchange"] - ours["any"] - classes
    yield "which failures to try again, for an exchange", classes
    yield "the job of a new task with a call budget, beside an exchange", ours["job"] - ours["exchange"]
    yield "not ours in the first row: the C library and the compiler's helpers", images["json"].size("libc")
    yield "not ours in the first row: the application", images["json"].size("application")
    yield "static data, heap", sum(size for image in images.values() for size in image.static_data())
    yield from depths(images)


def table_of(measured):
    lines = ["| bytes | " + " | ".join(CPUS) + " |", "|---|" + "---|" * len(CPUS)]
    for label in next(iter(measured.values())):
        lines.append(f"| {label} | " + " | ".join(f"{measured[cpu][label]:_}".replace("_", " ") for cpu in CPUS) + " |")
    return "\n".join(lines) + "\n"


def rows_of(table):
    """The numbers of a table, by label and CPU."""
    found = {}
    for line in table.splitlines()[2:]:
        label, *numbers = [cell.strip() for cell in line.strip("|").split("|")]
        for cpu, number in zip(CPUS, numbers):
            found[label, cpu] = int(number.replace(" ", ""))
    return found


def compare(claimed, table):
    claimed, built = rows_of(claimed), rows_of(table)
    for key in claimed.keys() | built.keys():
        claim, size = claimed.get(key), built.get(key)
        if claim is None or size is None or abs(size - claim) > max(size // 50, 16):
            yield f"{key[0]}, {key[1]}: README.md says {claim}, built {size}"


def report(images):
    for cpu, kinds in images.items():
        for kind in ("json", "any"):
            stack = Stack(kinds[kind])
            for short, entry in stack.entries():
                depth, way = stack.path(entry)
                print(f"\n{cpu}, {kind}: {short}: {depth} bytes of stack")
                for name in way:
                    print(f"  {stack.frame.get(name, 0):5} {stack.shown.get(name, name)[:120]}")
    symbols = sorted(images["Cortex-M4"]["any"].of_flash(), key=lambda row: -row[3])
    print("\nThe largest symbols, Cortex-M4")
    for who, file, name, size in symbols[:60]:
        print(f"  {size:5} {who:11} {floor_of(file) if file else '':10} {name[:120]}")
    print("\n" + compile_times())


def main():
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    before, claimed, after = re.split(f"{BEGIN}|{END}", text)
    with tempfile.TemporaryDirectory() as name:
        images = link_all(pathlib.Path(name))
    table = table_of({cpu: dict(measure(images[cpu])) for cpu in CPUS})
    faults = sorted({fault for kinds in images.values() for image in kinds.values() for fault in image.faults()})
    if "--write" in sys.argv:
        readme.write_text(before + BEGIN + table + END + after, encoding="utf-8")
    else:
        faults += compare(claimed, table)
    if "--report" in sys.argv:
        print(table)
        report(images)
    print("\n".join(faults) or "the table of README.md is true")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
