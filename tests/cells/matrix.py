#!/usr/bin/env python3
"""matrix.py [--list | --packages] [CELL...]: builds and runs the cells of cells.py, by `sh tests/matrix`, which says more."""
import concurrent.futures
import contextlib
import functools
import os
import pathlib
import re
import shutil
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "house"))
# pylint: disable=wrong-import-position
from cells import ALL, WARNINGS, strict
from umbrellas import UMBRELLAS

ROOT = pathlib.Path(__file__).resolve().parents[2]
TESTS = ROOT / "tests"
WORK = ROOT / "build-matrix"
JOBS = os.cpu_count() or 1
TURN, FREE = threading.Lock(), threading.Semaphore(JOBS)
INCLUDE = re.compile(r'^#include ["<]([^">]+)[">]', re.M)

# What the suite takes that a foreign machine does not have.
FOREIGN = ("openssl/", "curl/", "boost/", "mbedtls/")


class Failed(Exception):
    """Why a cell is red."""


@contextlib.contextmanager
def occupied(jobs):
    """Cells run side by side: JOBS compilers and programs at once in all. Who waits for several is next: others cannot starve it."""
    with TURN:
        for _ in range(jobs):
            FREE.acquire()  # pylint: disable=consider-using-with
    try:
        yield
    finally:
        FREE.release(jobs)


def run(*command, limit=1800, jobs=1, **more):
    with occupied(jobs):
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True, errors="replace", check=False, cwd=ROOT,
                              timeout=limit, **more)
    if done.returncode != 0:
        raise Failed(f"{' '.join(map(str, command))[:300]}\nexit code {done.returncode}\n{(done.stdout + done.stderr)[-4000:]}")
    return done.stdout + done.stderr


def reaches(path, seen):
    """The headers that a file of the tests includes, and those that these include."""
    if path in seen:
        return set()
    seen.add(path)
    found = set()
    for name in INCLUDE.findall(path.read_text(encoding="utf-8")):
        inside = [each for each in (TESTS / name, path.parent / name) if each.is_file()]
        found |= reaches(inside[0], seen) if inside else {name}
    return found


def suite_folders():
    """The cases of the suite that need nothing of FOREIGN, by folder."""
    folders = {}
    for top in ("acs", "dataworks", "sts", "archetypes"):
        for case in sorted((TESTS / top).rglob("*.cpp")):
            if not any(name.startswith(FOREIGN) for name in reaches(case, set())) and not {"curl", "beast"} & set(case.parts):
                folders.setdefault(case.parent.relative_to(TESTS), []).append(case)
    return folders


class Builder:
    """Builds and runs the parts of a cell."""

    def __init__(self, cell):
        self.cell, self.folder, self.told = cell, WORK / cell.name, []
        self.folder.mkdir(parents=True, exist_ok=True)
        self.common = [f"-I{ROOT / 'include'}", f"-I{TESTS}", f'-DACS_TESTS_DIR="{TESTS}"', "-include", TESTS / "support/assert.hpp"]
        self.libraries = ["-lcrypto"] if cell.native and "libc++" not in " ".join(cell.flags) else []
        if not self.libraries:
            self.common.append("-DACS_TESTS_WITHOUT_OPENSSL")

    def compile(self, source, *flags):
        out = self.folder / (re.sub(r"\W", "_", str(source.relative_to(ROOT))) + ".o")
        run(self.cell.compiler, *self.cell.flags, *self.common, *flags, "-c", source, "-o", out)
        return out

    def program(self, *sources):
        quiet = [] if "clang" in self.cell.compiler else ["-Wno-restrict"]  # g++ 12 sees overlaps in std::string that are none
        out = self.folder / sources[0].stem
        objects = [self.compile(source, *WARNINGS, *quiet) for source in sources]
        run(self.cell.compiler, *self.cell.flags, "-pthread", *objects, "-o", out, *self.libraries)
        return out

    @functools.cached_property
    def runner(self):
        """Nothing, where this machine runs programs of the other one as well: of i686 on x86-64, which is ten times as quick as qemu."""
        if self.cell.runner[:1] and self.cell.runner[0].startswith("qemu-") and "firmware" not in self.cell.parts:
            out = self.folder / "nothing"
            run(self.cell.compiler, *self.cell.flags, "-x", "c++", "-", "-o", out, input="int main() {}")
            with contextlib.suppress(Failed, OSError):
                run(out)
                return ()
        return self.cell.runner

    def start(self, *command, **more):
        return run(*self.runner, *command, **more)

    def tallied(self, program, *arguments):
        self.start(program, *arguments, env={**os.environ, "ACS_TEST_TALLY": str(self.folder / "tally.txt")})
        good, bad = (self.folder / "tally.txt").read_text(encoding="ascii").split()
        return [f"{good} passed, {bad} failed"]

    def vectors(self):
        program = self.program(TESTS / "conformance.cpp")
        said = self.start(program, "vectors", *sorted((TESTS / "vectors").glob("*.json")))
        return [said, self.start(program, "json", TESTS / "json")]

    def headers(self):
        """What includes all the others, with every warning that a consumer may have on."""
        for name in UMBRELLAS:
            run(self.cell.compiler, *self.cell.flags, *strict(self.cell.compiler), f"-I{ROOT / 'include'}", "-fsyntax-only",
                "-include", name, "-x", "c++", "/dev/null")
        return [f"{len(UMBRELLAS)} passed, 0 failed"]

    def hashes(self):
        return [self.start(self.program(TESTS / "cells/hashes.cpp"))]

    def simulation(self):
        self.start(self.program(TESTS / "simulation.cpp"), "--jobs", "1000")
        return ["1 passed, 0 failed"]

    def example(self):
        said = self.start(self.program(ROOT / "examples/own_stack.cpp", ROOT / "examples/board/board.cpp"))
        if not said.endswith('{"type":"job","version":"2.0"}\n'):
            raise Failed(said)
        return ["1 passed, 0 failed"]

    def suite(self):
        """A unit for each folder, as the suite has it."""
        level = "-O0" if "-O0" in self.cell.flags else "-O1"
        jobs = [(TESTS / "support/main.cpp", "-O0"), (TESTS / "support/allocations.cpp", level)]
        for folder, cases in suite_folders().items():
            if not self.cell.folders or folder.as_posix() in self.cell.folders:
                unit = self.folder / ("suite_" + "_".join(folder.parts) + ".cpp")
                unit.write_text("".join(f'#include "{case}"\n' for case in cases), encoding="utf-8")
                jobs.append((unit, level))
        with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
            objects = list(pool.map(lambda job: self.compile(*job, "-w"), jobs))
        program = self.folder / "suite"
        wrapped = "-Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=aligned_alloc"
        run(self.cell.compiler, *self.cell.flags, "-pthread", wrapped, *objects, "-o", program)
        return self.tallied(program, *(["~[exhaustive]"] if self.cell.folders else []))

    def firmware(self):
        """The program is its own start-up code; its last line says how deep the stack got."""
        out = self.folder / "firmware"
        run(self.cell.compiler, *self.cell.flags, *WARNINGS, f"-I{ROOT / 'include'}", f"-Wa,-I{TESTS / 'samples'}", "-ffunction-sections",
            "-fdata-sections", "-fno-tree-loop-distribute-patterns", "-nostartfiles", "--specs=nano.specs", "--specs=nosys.specs",
            "-Wl,--gc-sections", "-T", TESTS / "cells/cortex_m.ld", TESTS / "cells/cortex_m.cpp", "-o", out)
        said = run(*self.cell.runner, out, limit=120)
        self.told.append(said)
        last = said.strip().splitlines()[-1]
        if not last.startswith("PASS"):
            raise Failed(said)
        return ["1 passed, 0 failed", last]

    def adapters(self):
        """The transports and drivers, as the suite builds them: through the conformance kit, and in their own cases."""
        run("cmake", "-S", ROOT, "-B", self.folder, "-G", "Ninja", f"-DCMAKE_CXX_COMPILER={self.cell.compiler}",
            f"-DCMAKE_CXX_FLAGS={' '.join(self.cell.flags)}", "-DACS_TEST_HEADERS=include", "-DACS_TEST_HOUSE=OFF",
            "-DACS_TEST_SANITIZE=OFF", "-DACS_ADAPTER_CURL=ON", "-DACS_ADAPTER_BEAST=ON", "-DACS_BUILD_EXAMPLES=OFF",
            "-DACS_TEST_CASES=/acs/(curl|beast|hosted)")
        run("cmake", "--build", self.folder, "-j", JOBS, "--target", "suite_include", "transports", jobs=JOBS)
        self.told.append(run(self.folder / "transports"))
        return self.tallied(self.folder / "tests/suite_include")


def build_and_run(cell):
    """(name, result, what is to be said of it, seconds) of a cell."""
    begin = time.monotonic()
    for program in (cell.compiler, *cell.runner[:1]):
        if shutil.which(program) is None:
            return cell.name, "skipped", f"there is no {program}", 0
    passed, notes, red, builder = 0, [], [], Builder(cell)
    for part in cell.parts:
        try:
            for said in getattr(builder, part)():
                counts = re.findall(r"^(\d+) passed, (\d+) failed$", said, re.M)
                passed += sum(int(good) for good, _ in counts)
                notes += [] if counts else [said]
        except (Failed, subprocess.TimeoutExpired) as error:
            builder.told.append(str(error))
            red.append(part)
    result = ("failed", ", ".join(red)) if red else ("passed", ", ".join([f"{passed} checks", *notes]))
    seconds = round(time.monotonic() - begin)
    print("\n".join([f"== {cell.name}: {result[0]} ({seconds}s)", *map(str.rstrip, builder.told)]), flush=True)
    return cell.name, *result, seconds


def chosen(names):
    for name in names:
        if not any(cell.name.startswith(name) for cell in ALL):
            sys.exit(f"no cell begins with {name}; there are: {' '.join(cell.name for cell in ALL)}")
    return [cell for cell in ALL if not names or any(cell.name.startswith(name) for name in names)]


def main():
    options = [word for word in sys.argv[1:] if word.startswith("--")]
    names = [word for word in sys.argv[1:] if not word.startswith("--")]
    cells = chosen(names)
    if "--packages" in options:
        print(*sorted({package for cell in cells for package in (*cell.packages, *(("libssl-dev",) if cell.native else ()))}))
        return 0
    if "--list" in options:
        print(*(cell.name for cell in cells), sep="\n")
        return 0
    with concurrent.futures.ThreadPoolExecutor(2 * JOBS) as pool:
        rows = list(pool.map(build_and_run, cells))
    shutil.rmtree(WORK, ignore_errors=True)
    print(f"\n{'cell':28}{'result':10}{'seconds':>8}  of it")
    for name, result, note, seconds in rows:
        print(f"{name:28}{result:10}{seconds:8}  {note}")
    results = [row[1] for row in rows]
    if names and "skipped" in results:
        results.append("failed")  # it was asked for by name
    print(f"{results.count('passed')} passed, {results.count('failed')} failed")
    return 1 if "failed" in results or "passed" not in results else 0


if __name__ == "__main__":
    sys.exit(main())
