"""The cells of tests/matrix: what is compiled with what, and run by what."""
import dataclasses

WARNINGS = "-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror".split()
PLAIN = ("-fno-exceptions", "-fno-rtti")
# Floors where the order of bytes, or the size of a word, could matter.
BYTES = "core crypto encoding error json message operation signing".split()
SANITIZED = ("-fno-sanitize-recover=all", "-g")


def strict(compiler):
    """The warnings that a consumer may have on; clang knows no -Wuseless-cast."""
    return [*WARNINGS, "-Wsign-conversion", "-Wold-style-cast", *([] if "clang" in compiler else ["-Wuseless-cast"])]


@dataclasses.dataclass
class Cell:
    """A compiler with its flags, the parts of the tests that are built by it, what runs them, and the packages that it takes."""
    name: str
    compiler: str
    flags: tuple = ()
    parts: tuple = ("headers", "vectors", "hashes", "simulation")
    runner: tuple = ()
    packages: tuple = ()
    native: bool = True
    folders: tuple = ()  # of the suite; none: all


def of_options():
    """Every compiler with every standard and level; each of the two has cells with exceptions and RTTI, and cells without."""
    compilers = {"g++12": ("g++-12", (), ("20", "2b"), ("g++-12",)),
                 "clang14": ("clang++-14", (), ("20", "2b"), ("clang-14",)),
                 "clang19": ("clang++-19", ("-stdlib=libc++", "-fexperimental-library"), ("20", "23", "2c"),
                             ("clang-19", "libc++-19-dev", "libc++abi-19-dev"))}
    shown = {"2b": "23", "2c": "26"}
    for name, (compiler, flags, standards, packages) in compilers.items():
        for i, standard in enumerate(standards):
            for j, level in enumerate(("O0", "O2", "O3", "Os")):
                plain = (i + j) % 2 == 1
                yield Cell(f"{name}-c++{shown.get(standard, standard)}-{level}" + ("-plain" if plain else ""), compiler,
                           (f"-std=c++{standard}", f"-{level}", *flags, *(PLAIN if plain else ())),
                           # The simulation throws.
                           ("headers", "vectors", "hashes", "example" if plain else "simulation"), packages=packages)


def checked():
    """With checks at run time. Hashes, checksums and random numbers wrap on purpose: of clang's integer checks these are left out."""
    wraps = "-fno-sanitize=unsigned-integer-overflow,unsigned-shift-base"
    clang = ("clang-19", "libclang-rt-19-dev")
    yield Cell("asan-ubsan-g++12", "g++-12", ("-std=c++20", "-O1", "-fsanitize=address,undefined", *SANITIZED), packages=("g++-12",))
    yield Cell("asan-ubsan-clang19", "clang++-19", ("-std=c++20", "-O1", "-fsanitize=address,undefined", *SANITIZED), packages=clang)
    yield Cell("integer-clang19", "clang++-19", ("-std=c++20", "-O1", "-fsanitize=integer", wraps, *SANITIZED,
                                                 "-fsanitize-ignorelist=tests/cells/integer.txt"), packages=clang)
    yield Cell("assertions-g++12", "g++-12", ("-std=c++20", "-O2", "-D_GLIBCXX_ASSERTIONS", "-D_GLIBCXX_DEBUG"), packages=("g++-12",))
    yield Cell("hardened-clang19", "clang++-19", ("-std=c++23", "-O2", "-stdlib=libc++", "-fexperimental-library",
                                                  "-D_LIBCPP_HARDENING_MODE=_LIBCPP_HARDENING_MODE_DEBUG"),
               packages=("clang-19", "libc++-19-dev", "libc++abi-19-dev"))
    yield Cell("portable-g++12", "g++-12", ("-std=c++20", "-O2", "-DACS_PORTABLE"), packages=("g++-12",))
    yield Cell("small-g++12", "g++-12", ("-std=c++20", "-Os", "-DACS_SMALL_CODE=1"),
               parts=("headers", "vectors", "hashes", "simulation", "suite"), packages=("g++-12",))
    # g++ warns of fences, which ThreadSanitizer does not know: Asio then does without.
    yield Cell("tsan", "g++-12", ("-O1", "-g", "-fsanitize=thread", "-Wno-tsan", "-DBOOST_ASIO_DISABLE_FENCED_BLOCK"),
               parts=("adapters",), packages=("g++-12", "cmake", "ninja-build", "catch2", "libcurl4-openssl-dev", "libboost1.81-dev"))
    yield Cell("valgrind", "g++-12", ("-std=c++20", "-O1", "-g"), parts=("vectors",),
               runner=("valgrind", "-q", "--error-exitcode=9", "--leak-check=full"), packages=("g++-12", "valgrind"))


def machines():
    """Other machines, by qemu; s390x has its bytes the other way round. None has OpenSSL: what needs it is left out."""
    for name, triple, qemu in (("s390x", "s390x-linux-gnu", "s390x"), ("i686", "i686-linux-gnu", "i386"),
                               ("aarch64", "aarch64-linux-gnu", "aarch64"), ("armhf", "arm-linux-gnueabihf", "arm"),
                               ("riscv64", "riscv64-linux-gnu", "riscv64")):
        machine = {"runner": (f"qemu-{qemu}",), "packages": (f"g++-{triple}", "qemu-user", "catch2", "nlohmann-json3-dev"), "native": False}
        yield Cell(name, f"{triple}-g++", ("-std=c++20", "-O2", "-static"),
                   parts=("headers", "vectors", "hashes", "simulation", "suite"), **machine)
        # What .ci/run has time for.
        if name in ("s390x", "i686"):
            yield Cell(f"quick-{name}", f"{triple}-g++", ("-std=c++20", "-O0", "-static"), parts=("headers", "vectors", "suite"), **machine,
                       folders=tuple(f"acs/{floor}" for floor in BYTES))
    for name, cpu, board in (("cortex-m4", "cortex-m4", "mps2-an386"), ("cortex-m0", "cortex-m0", "microbit")):
        yield Cell(name, "arm-none-eabi-g++", ("-std=c++20", f"-mcpu={cpu}", "-mthumb", "-Os", *PLAIN), parts=("firmware",),
                   runner=("qemu-system-arm", "-M", board, "-nographic", "-semihosting-config", "enable=on,target=native", "-kernel"),
                   packages=("gcc-arm-none-eabi", "libstdc++-arm-none-eabi-newlib", "qemu-system-arm"), native=False)


ALL = [*of_options(), *checked(), *machines()]
