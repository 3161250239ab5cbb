#!/usr/bin/env python3
"""forward.py FOLDER: makes every header of include/ reachable in FOLDER by its own name, as a header that includes the single header
which holds it. So the suite compiles against single_include/ unchanged. What no single header holds is taken from include/."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "house"))
from rules import PRODUCTS, ROOT, floor_of  # noqa: E402

HOLDERS = {**{product: f"{product}.hpp" for product in PRODUCTS}, "hosted": "acs/hosted.hpp", "testing": "acs/testing.hpp",
           "conformance": "acs/testing/conformance.hpp"}


def main():
    folder = pathlib.Path(sys.argv[1])
    wanted = {}
    for path in (ROOT / "include").rglob("*.hpp"):
        name = path.relative_to(ROOT / "include").as_posix()
        floor = floor_of(name)
        if floor == "interop":
            wanted[name] = f'#include "{path.as_posix()}"\n'
        elif floor is not None:
            wanted[name] = f"#include <{HOLDERS.get(floor, 'acs.hpp')}>\n"
    for old in folder.rglob("*.hpp"):
        if old.relative_to(folder).as_posix() not in wanted:
            old.unlink()
    for name, text in wanted.items():
        path = folder / name
        if not path.is_file() or path.read_text() != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)


if __name__ == "__main__":
    main()
