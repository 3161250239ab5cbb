#!/usr/bin/env python3
"""consume.py WORK COMPILER: builds tests/consume/program.cpp as strangers would: by add_subdirectory, installed and found by CMake,
installed and found by pkg-config, and with the one file copied."""
import os
import pathlib
import shutil
import subprocess
import sys

from rules import ROOT

HERE = ROOT / "tests/consume"


def run(*command, **more):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False, **more)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def build(kind, work, compiler, *options):
    run("cmake", "-S", HERE / kind, "-B", work / kind, "-G", "Ninja", f"-DCMAKE_CXX_COMPILER={compiler}", f"-DACS_SOURCE={ROOT}", *options)
    run("cmake", "--build", work / kind)
    run(work / kind / "program")


def main():
    work, compiler = pathlib.Path(sys.argv[1]), sys.argv[2]
    shutil.rmtree(work, ignore_errors=True)
    prefix = work / "prefix"
    run("cmake", "-S", ROOT, "-B", work / "install", "-G", "Ninja", f"-DCMAKE_CXX_COMPILER={compiler}", f"-DCMAKE_INSTALL_PREFIX={prefix}",
        "-DACS_BUILD_TESTS=OFF", "-DACS_BUILD_EXAMPLES=OFF", "-DACS_ADAPTER_CURL=ON", "-DACS_ADAPTER_BEAST=ON")
    run("cmake", "--install", work / "install")
    prefix = prefix.rename(work / "moved")  # nothing in an installation may name where it was made
    build("subdirectory", work, compiler)
    build("package", work, compiler, f"-DCMAKE_PREFIX_PATH={prefix}")
    build("adapters", work, compiler, f"-DCMAKE_PREFIX_PATH={prefix}")
    build("single", work, compiler)
    flags = run("pkg-config", "--cflags", "acs", env={**os.environ, "PKG_CONFIG_PATH": str(prefix / "share/pkgconfig")}).split()
    run(compiler, "-std=c++20", *flags, HERE / "program.cpp", "-o", work / "program")
    run(work / "program")


if __name__ == "__main__":
    main()
