#!/usr/bin/env python3
"""reject.py COMPILER: each file of tests/reject compiles as it stands, and with -DREJECT it does not, with a message that every
`// expect:` line of it matches: a test that only wants failure would also pass on a typing error."""
import re
import subprocess
import sys

from rules import ROOT


def compile_file(compiler, path, *flags):
    folders = [f"-I{ROOT / name}" for name in ("include", "tests", "adapters")]
    return subprocess.run([compiler, "-std=c++20", "-fsyntax-only", *folders, *flags, str(path)],
                          capture_output=True, text=True, check=False)


def faults_of(compiler, path):
    expected = re.findall(r"^// expect: (.+)$", path.read_text(), re.M)
    if not expected:
        yield "expects nothing"
    good = compile_file(compiler, path)
    if good.returncode != 0:
        yield f"does not compile without -DREJECT:\n{good.stderr}"
    bad = compile_file(compiler, path, "-DREJECT")
    if bad.returncode == 0:
        yield "compiles with -DREJECT"
    for pattern in expected:
        if not re.search(pattern, bad.stderr):
            yield f"the message does not match {pattern!r}:\n{bad.stderr[:2000]}"


def main():
    files = sorted((ROOT / "tests/reject").glob("*.cpp"))
    faults = [f"{path.name}: {fault}" for path in files for fault in faults_of(sys.argv[1], path)]
    print("\n".join(faults) or f"{len(files)} rejected as they should be")
    return 1 if faults or not files else 0


if __name__ == "__main__":
    sys.exit(main())
