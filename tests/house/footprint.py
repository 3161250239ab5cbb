#!/usr/bin/env python3
"""footprint.py: links the units under tests/flash for two Cortex-M and compares what they take with README.md's table, so that growth shows
in a change. A number may differ by 2 percent; beyond, the table is to be written anew, which `footprint.py --write` does. `--report` prints
more: every floor's part, compile times, and what lies on the deepest stack."""
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
    return sum(len(text) + 1 for text in re.findall(r'^    \{"([^"]*)", ', lines, re.M))


def calls(cpu, folder, name, operations, decode="decode_json"):
    return Image("call", cpu, folder / name, f"FLASH_OPERATIONS={operations}", f"FLASH_DECODE={decode}")


def further(cpu, folder, json):
    """Of each operation, what it takes beside another one."""
    for action, operation in OPERATIONS.items():
        if operation == QUERY:
            create = OPERATIONS["CreateDISyncTask"]
            alone = calls(cpu, folder, "create", create).size("ours")
            yield action, calls(cpu, folder, "query", f"{create},{QUERY}").size("ours") - alone
        else:
            yield action, calls(cpu, folder, action, f"{QUERY},{operation}").size("ours") - json.size("ours")


def stacks(image):
    stack = Stack(image, {name for _, name, _, _ in image.sections})
    return {short: stack.path(name) for short, name in stack.entries()}, stack


def measure(cpu, folder):
    """(rows of label and number, images) of one CPU."""
    json = calls(cpu, folder, "json", QUERY)
    any_body = calls(cpu, folder, "any", QUERY, "decode")
    exchange, job = Image("exchange", cpu, folder / "exchange"), Image("job", cpu, folder / "job")
    rows = [("sign by ACS3, decode a reply or an error in JSON", json.size("ours"))]
    for floor in [*FLOORS, "std", "texts"]:
        size = json.size("ours", lambda file, name, floor=floor: floor_of(file) == floor)
        label = {"std": "of it templates of the standard library", "texts": "of it texts of tables"}.get(floor, f"of it `{floor}`")
        if size:
            rows.append((label, size))
    rows.append(("of it this operation", json.size("ours", lambda file, name: floor_of(file) in ("dataworks", "calls"))))
    rows.append(("errors in XML, HTML and of no body", any_body.size("ours") - json.size("ours")))
    rows += [(f"{action} beside another", size) for action, size in further(cpu, folder, json)]
    classes = exchange.size("ours", lambda file, name: CLASSIFICATION.search(file))
    classes += texts_of("acs/error/codes.hpp", "dataworks/errors.hpp")
    rows.append(("an exchange beside these", exchange.size("ours") - any_body.size("ours") - classes))
    rows.append(("which failures to try again", classes))
    rows.append(("the job of a new task, with a call budget, beside these", job.size("ours") - exchange.size("ours")))
    rows.append(("not counted: C library and compiler's helpers, for the first row", json.size("libc")))
    rows.append(("not counted: the application of the first row", json.size("application")))
    rows.append(("static data, heap", sum(size for kind, _, size, of_unit in job.sections if kind == "data" and of_unit)))
    for what, image in {"": json, "decode, any body": any_body, "exchange": exchange, "job": job}.items():
        for short, (depth, _) in stacks(image)[0].items():
            if what != "decode, any body" or short == "read":
                label = {"sign": "prepare", "read": "decode, JSON only"}.get(short, short) if not what else what
                rows.append((f"stack of {label}" if not what or short == "read" else f"stack of {what}.{short}", depth))
    return rows, {"json": json, "any": any_body, "exchange": exchange, "job": job}


def table_of(measured):
    lines = ["| bytes | " + " | ".join(CPUS) + " |", "|---|" + "---|" * len(CPUS)]
    labels = [label for label, _ in next(iter(measured.values()))]
    numbers = {cpu: dict(rows) for cpu, rows in measured.items()}
    for label in labels:
        lines.append(f"| {label} | " + " | ".join(f"{numbers[cpu][label]:_}".replace("_", " ") for cpu in CPUS) + " |")
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
            for short, (depth, way) in stacks(kinds[kind])[0].items():
                stack = stacks(kinds[kind])[1]
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
        both = {cpu: measure(cpu, pathlib.Path(name) / CPUS[cpu]) for cpu in CPUS}
    table = table_of({cpu: rows for cpu, (rows, _) in both.items()})
    faults = sorted({fault for _, images in both.values() for image in images.values() for fault in image.faults()})
    if "--write" in sys.argv:
        readme.write_text(before + BEGIN + table + END + after, encoding="utf-8")
    else:
        faults += compare(claimed, table)
    if "--report" in sys.argv:
        print(table)
        report({cpu: images for cpu, (_, images) in both.items()})
    print("\n".join(faults) or "the table of README.md is true")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
