"""image.py: links a unit as firmware, and says whose every byte of the image is: a floor's, the C library's, or the application's."""
import functools
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CPUS = {"Cortex-M0+": "cortex-m0plus", "Cortex-M4": "cortex-m4"}
FLAGS = """-std=c++20 -mthumb -Os -fno-exceptions -fno-rtti -ffunction-sections -fdata-sections -fcallgraph-info=su -Wall -Wextra -Wpedantic
    -Wconversion -Wshadow -Werror -Wl,--gc-sections -nostartfiles --specs=nano.specs --specs=nosys.specs""".split()

# Of the heap, of exceptions, and of 64-bit division, which a firmware has not.
FORBIDDEN = re.compile(r"^(malloc|free|calloc|realloc|_sbrk|_malloc_r|_Znw\w*|_Zna\w*|_Zdl\w*|_Zda\w*|__cxa_\w+"
                       r"|__aeabi_u?ldivmod|__u?divdi3|__u?moddi3|abort|_ZSt\d+__throw_\w+|_ZSt\d+__glibcxx_assert_fail\w*)$")

SECTION = re.compile(r"^ \.(text|rodata|data|bss)(?:\.(\S+))?\s+0x([0-9a-f]+)\s+0x([0-9a-f]+) (\S+)$")


def run(*command):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True).stdout


def mangled(section):
    """The function or variable that a section was made for: texts of a function stand in one behind its name."""
    return re.sub(r"(^|\.)(str|cst)\d+(\.\d+)?$", "", section or "")


@functools.cache
def lines_of_headers():
    headers = sorted((ROOT / "include").rglob("*.hpp"))
    return [(header.relative_to(ROOT), header.read_text(encoding="utf-8")) for header in headers]


@functools.cache
def header_of_variable(name):
    """Of a demangled name, the header that defines such a variable: by its own name and that of what it stands in."""
    words = re.findall(r"[A-Za-z_]\w*", re.sub(r"<.*>|\(.*\)", "", name.split("::{lambda")[0]))
    if not words:
        return ""
    own, around = words[-1], [word for word in words[:-1] if word not in ("acs", "dataworks", "v0_1_0")]
    pattern = re.compile(rf"constexpr\b[^\n(]*\b{own}\b *(?:\n? *[={{]|\(|<)")
    found = [path for path, text in lines_of_headers()
             if pattern.search(text) and (not around or re.search(rf"\b{around[-1]}\b", text))]
    return str(found[0]) if found else ""


class Image:
    """An image of one unit: `bytes` of (owner, file) of flash; an owner is `ours`, `libc` or `application`."""

    def __init__(self, unit, cpu, folder, *defines):
        folder.mkdir(parents=True, exist_ok=True)
        self.cpu = cpu
        command = ["arm-none-eabi-g++", f"-mcpu={CPUS[cpu]}", *FLAGS, *(f"-D{define}" for define in defines), f"-I{ROOT / 'include'}",
                   ROOT / f"tests/flash/{unit}.cpp", "-o", folder / "image", f"-Wl,-Map={folder / 'map'}"]
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, cwd=folder)
        if done.returncode != 0:
            sys.exit(done.stderr)
        self.graph = next(folder.glob("*.ci")).read_text(encoding="utf-8")
        self.sections = self.read_map((folder / "map").read_text(encoding="utf-8"))
        self.linked = {name for _, name, _, _ in self.sections}
        self.symbols = [line.split()[-1] for line in run("arm-none-eabi-nm", folder / "image").splitlines()]

    @staticmethod
    def read_map(text):
        """(kind, mangled name, size, whether it is of the unit) of each section that was linked."""
        text = text[text.index("Linker script and memory map"):]
        text = re.sub(r"(?m)^( \.\S+)\n +(0x)", r"\1 \2", text)  # a long name has a line of its own
        found = [m for m in map(SECTION.match, text.splitlines()) if m]
        # Texts that were merged into others are listed with the size that they had, but take no room.
        begins = [int(m[3], 16) for m in found] + [1 << 32]
        sizes = [min(int(m[4], 16), max(end - begin, 0)) for m, begin, end in zip(found, begins, begins[1:])]
        return [(m[1], mangled(m[2]), size, not m[5].startswith("/usr")) for m, size in zip(found, sizes) if size]

    @functools.cached_property
    def files(self):
        """Of each function, the file that it stands in."""
        node = re.compile(r'node: \{ title: "([^"]*)" label: "[^"]*?\\n([^"\\]*?):\d+:\d+\\n')
        return {m[1].split(":")[-1]: m[2] for m in node.finditer(self.graph)}

    @functools.cached_property
    def names(self):
        names = sorted({name for _, name, _, _ in self.sections})
        return dict(zip(names, run("arm-none-eabi-c++filt", *names).splitlines()))

    def owner(self, name, of_unit):
        """(owner, file) of a section."""
        if not of_unit:
            return "libc", ""
        shown = self.names[name]
        if "application::" in shown.split("(")[0] or name == "_start":
            return "application", ""
        if not name:
            return "ours", "texts"  # of tables: the linker shares them, so that they belong to no table
        return "ours", self.files.get(name) or header_of_variable(shown)

    def of_flash(self):
        for kind, name, size, of_unit in self.sections:
            if kind in ("text", "rodata"):
                yield *self.owner(name, of_unit), self.names[name], size

    def size(self, owner, belongs=lambda file, name: True):
        return sum(size for who, file, name, size in self.of_flash() if who == owner and belongs(file, name))

    def static_data(self):
        for kind, name, size, of_unit in self.sections:
            if kind in ("data", "bss") and self.owner(name, of_unit)[0] == "ours":
                yield size

    def faults(self):
        """What an image must not have."""
        if sum(self.static_data()):
            yield "there must be no static state"
        for symbol in self.symbols:
            if FORBIDDEN.match(symbol):
                yield f"{symbol} is linked"
        for who, file, name, size in self.of_flash():
            if who == "ours" and not file:
                yield f"{name}: {size} bytes of no floor"


def floor_of(file):
    """`include/acs/json/reader.hpp` -> `json`; what the compiler made of the standard library has `std`."""
    if file == "texts":
        return file
    m = re.search(r"include/(acs/([^/.]+)|dataworks)\b", file)
    if m:
        return m[2] or "dataworks"
    return "calls" if "tests/flash/" in file else "std"
