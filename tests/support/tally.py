#!/usr/bin/env python3
"""tally.py BUILD RESULT: the closing line of a run, from what ctest wrote to BUILD/ctest.xml and the suites to BUILD/tally/NAME.

Every test case of a suite counts, and every other test. RESULT is the exit code of the build.
"""
import pathlib
import sys
import xml.etree.ElementTree as xml


def main():
    build, result = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    passed, failed = 0, 0
    if result != 0:
        failed += 1
        print("the build failed")
    try:
        tests = xml.parse(build / "ctest.xml").getroot().iter("testcase")
    except (OSError, xml.ParseError) as error:
        print(f"ctest left no result: {error}")
        tests, failed = [], failed + 1
    for test in tests:
        good = test.get("status") == "run"
        tally = build / "tally" / test.get("name")
        cases = tuple(map(int, tally.read_text().split())) if tally.is_file() else (0, 0)
        if sum(cases) == 0:
            cases = (1, 0) if good else (0, 1)
        elif not good and cases[1] == 0:
            cases = (cases[0], 1)  # it died after its last test case
        passed, failed = passed + cases[0], failed + cases[1]
        if not good:
            print(f"failed: {test.get('name')}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
