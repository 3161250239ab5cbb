#!/usr/bin/env python3
"""footprint.py: builds the units under tests/footprint for a Cortex-M4 and compares their sizes with README.md's table, so that growth
shows in a change. A unit may differ by 2 percent; beyond, the table is to be written anew, which `footprint.py --write` does."""
import pathlib
import re
import subprocess
import sys
import tempfile

from rules import ROOT

FLAGS = "-std=c++20 -mcpu=cortex-m4 -mthumb -Os -fno-exceptions -fno-rtti -Wall -Wextra -Werror -c".split()
ROW = re.compile(r"^(\| [^|]*\(`tests/footprint/(\w+)\.cpp`\) \| )([\d ]+)( \|)$", re.M)


def size_of(unit, folder):
    subprocess.run(["arm-none-eabi-g++", *FLAGS, f"-I{ROOT / 'include'}", str(unit), "-o", str(folder / "unit.o")], check=True)
    listed = subprocess.run(["arm-none-eabi-size", str(folder / "unit.o")], capture_output=True, text=True, check=True).stdout
    text, data, bss = map(int, listed.splitlines()[1].split()[:3])
    if data or bss:
        sys.exit(f"{unit.name}: {data} bytes of data and {bss} of bss: there must be no static state")
    return text


def main():
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    units = sorted((ROOT / "tests/footprint").glob("*.cpp"))
    with tempfile.TemporaryDirectory() as name:
        sizes = {unit.stem: size_of(unit, pathlib.Path(name)) for unit in units}
    if sys.argv[1:] == ["--write"]:
        readme.write_text(ROW.sub(lambda m: m[1] + f"{sizes[m[2]]:_}".replace("_", " ") + m[4], text), encoding="utf-8")
        return 0
    claimed = {m[2]: int(m[3].replace(" ", "")) for m in ROW.finditer(text)}
    faults = [f"{unit}: README.md says {claimed.get(unit)} bytes, built {size}"
              for unit, size in sizes.items() if abs(size - claimed.get(unit, 0)) > size // 50]
    faults += [f"{unit}: in README.md, but not in tests/footprint" for unit in claimed if unit not in sizes]
    print("\n".join(faults) or f"{len(sizes)} units are as large as README.md says")
    return 1 if faults or not sizes else 0


if __name__ == "__main__":
    sys.exit(main())
