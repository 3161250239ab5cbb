#!/usr/bin/env python3
"""Checks the architecture where it shows: in the include lines, guards and first lines of every header and test.

    floors.py            checks the tree
    floors.py --self     checks that each rule can fail
"""
import pathlib
import re
import sys

import umbrellas
from rules import ALL_STD, BESIDE, CORE_STD, FLOORS, HOSTED, PRODUCTS, ROOT, SYSTEM, allowed, floor_of

LICENCE = "// acs: Alibaba Cloud OpenAPI without an SDK. SPDX-License-Identifier: MIT"
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
UMBRELLA_NAMES = set(umbrellas.UMBRELLAS)


def check_header(name, text):
    """Yields the faults of one header under include/ as texts."""
    floor = floor_of(name)
    lines = text.splitlines()
    guard = name.upper().replace("/", "_").replace(".", "_")
    if floor not in ("version", *FLOORS, *BESIDE) and name not in UMBRELLA_NAMES:
        yield "is on no floor"
        return
    if lines[:1] != [LICENCE]:
        yield "does not begin with the licence line"
    if lines[1:3] != [f"#ifndef {guard}", f"#define {guard}"] or lines[-1] != "#endif":
        yield f"has no include guard {guard} around everything"
    if "pragma once" in text:
        yield "has #pragma once: use a named guard, which an amalgamation keeps"

    code_seen, depth, std_seen, own = False, 0, False, []
    for number, line in enumerate(lines[3:-1], 4):
        if match := INCLUDE.match(line):
            target = match[2]
            if match[1] == '"':
                yield f"line {number}: own headers are spelt <{target}>"
            if code_seen:
                yield f"line {number}: <{target}> is not at the top"
            if depth and target in SYSTEM.get(floor, ()):
                continue
            if depth:
                yield f"line {number}: <{target}> inside #if"
            if target.split("/")[0].removesuffix(".hpp") in ("acs", *PRODUCTS):
                if std_seen:
                    yield f"line {number}: <{target}> comes after a standard header"
                own.append(target)
                yield from check_edge(name, floor, target, number)
            else:
                std_seen = True
                if target not in (ALL_STD if floor in HOSTED else CORE_STD):
                    yield f"line {number}: <{target}> is not a header that this floor may use"
        elif re.match(r"\s*#\s*if", line):
            depth += 1
        elif re.match(r"\s*#\s*endif", line):
            depth -= 1
        elif line.strip() and not line.lstrip().startswith(("//", "#")):
            code_seen = True
    if len(own) != len(set(own)):
        yield "includes a header twice"
    if floor in allowed_order() and own != sorted(own, key=lambda o: (allowed_order().index(floor_of(o) or "version"), o)):
        yield "does not include its own headers by floor, then name"
    if floor == "exchange" and re.search(r"\btransport\b", "\n".join(l for l in lines if not l.lstrip().startswith("//"))):
        # `origin::transport` is a kind of failure, not a transport.
        for line in lines:
            if re.search(r"(?<!origin::)\btransport\b", line.split("//")[0]):
                yield "names a transport: exchange only says what to do next"
                break


def allowed_order():
    return ["version", *FLOORS, "hosted", "testing", "conformance", *PRODUCTS, "interop"]


def check_edge(name, floor, target, number):
    if target in UMBRELLA_NAMES:
        if name not in UMBRELLA_NAMES:
            yield f"line {number}: includes the umbrella <{target}>"
        return
    if name in UMBRELLA_NAMES:
        return
    to = floor_of(target)
    if to not in allowed(floor):
        yield f"line {number}: {floor} must not include <{target}>"
    if "/detail/" in target and target.split("detail/")[0] != name.rpartition("/")[0].split("detail")[0].rstrip("/") + "/":
        yield f"line {number}: <{target}> is private to its folder"
    if not (ROOT / "include" / target).is_file():
        yield f"line {number}: there is no <{target}>"


def check_adapter(name, text):
    guard = name.upper().replace("/", "_").replace(".", "_")
    lines = text.splitlines()
    if lines[:3] != [LICENCE, f"#ifndef {guard}", f"#define {guard}"]:
        yield f"does not begin with the licence line and the guard {guard}"
    for number, line in enumerate(lines, 1):
        match = INCLUDE.match(line)
        if match and match[2].startswith(("acs", *PRODUCTS)) and match[2] not in UMBRELLA_NAMES:
            beside = (ROOT / "adapters" / match[2]).is_file()
            if not beside:
                yield f"line {number}: <{match[2]}>: adapters include umbrellas only"


def check_test(name, text):
    """A test mirrors a header, which it includes first, so that the header is seen to stand alone."""
    header = name.replace(".cpp", ".hpp")
    included = [match[2] for match in map(INCLUDE.match, text.splitlines()) if match]
    exists = any((ROOT / top / header).is_file() for top in ("include", "adapters"))
    if exists and included[:1] != [header]:
        yield f"does not include <{header}> first"


def check_tree():
    faults = []
    for path in sorted((ROOT / "include").rglob("*")):
        if path.is_file():
            name = path.relative_to(ROOT / "include").as_posix()
            if path.suffix != ".hpp":
                faults.append(f"include/{name}: not a header")
                continue
            faults += [f"include/{name}: {fault}" for fault in check_header(name, path.read_text(encoding="utf-8"))]
    for path in sorted((ROOT / "adapters").rglob("*.hpp")):
        name = path.relative_to(ROOT / "adapters").as_posix()
        faults += [f"adapters/{name}: {fault}" for fault in check_adapter(name, path.read_text(encoding="utf-8"))]
    for path in sorted((ROOT / "tests").rglob("*.cpp")):
        name = path.relative_to(ROOT / "tests").as_posix()
        faults += [f"tests/{name}: {fault}" for fault in check_test(name, path.read_text(encoding="utf-8"))]
    for name in umbrellas.UMBRELLAS:
        path = ROOT / "include" / name
        if not path.is_file() or path.read_text() != umbrellas.umbrella(name):
            faults.append(f"include/{name}: does not list every header, floors in order (python3 tests/house/umbrellas.py)")
    return faults


def check_self():
    """Every rule, broken once: a check that cannot fail checks nothing."""
    def header(body, guard="ACS_JSON_X_HPP", first=LICENCE):
        return f"{first}\n#ifndef {guard}\n#define {guard}\n\n{body}\n\n#endif\n"

    good = ("acs/json/x.hpp", header("#include <acs/core/text.hpp>\n\n#include <span>\n\nint f();"))
    bad = {
        "upwards": ("acs/json/x.hpp", header("#include <acs/error/classify.hpp>")),
        "stranger": ("acs/json/x.hpp", header("#include <acs/message/field.hpp>")),
        "signing knows json": ("acs/signing/x.hpp", header("#include <acs/json/reader.hpp>", "ACS_SIGNING_X_HPP")),
        "service": ("acs/client/x.hpp", header("#include <dataworks/endpoint.hpp>", "ACS_CLIENT_X_HPP")),
        "a service knows another": ("sts/x.hpp", header("#include <dataworks/endpoint.hpp>", "STS_X_HPP")),
        "hosted from below": ("acs/json/x.hpp", header("#include <acs/hosted/print.hpp>")),
        "umbrella": ("acs/json/x.hpp", header("#include <acs.hpp>")),
        "umbrella of a folder": ("acs/testing/x.hpp", header("#include <acs/hosted.hpp>", "ACS_TESTING_X_HPP")),
        "heavy standard header": ("acs/json/x.hpp", header("#include <string>")),
        "a system's header for all": ("acs/hosted/x.hpp", header("#include <sys/random.h>", "ACS_HOSTED_X_HPP")),
        "third party": ("acs/hosted/x.hpp", header("#include <curl/curl.h>", "ACS_HOSTED_X_HPP")),
        "quotes": ("acs/json/x.hpp", header('#include "acs/core/text.hpp"')),
        "not at the top": ("acs/json/x.hpp", header("int f();\n#include <span>")),
        "conditional": ("acs/json/x.hpp", header("#if 1\n#include <span>\n#endif")),
        "order": ("acs/json/x.hpp", header("#include <span>\n#include <acs/core/text.hpp>")),
        "guard": ("acs/json/x.hpp", header("int f();", "X_HPP")),
        "pragma": ("acs/json/x.hpp", header("#pragma once")),
        "licence": ("acs/json/x.hpp", header("int f();", first="// hello")),
        "no such floor": ("acs/misc/x.hpp", header("int f();", "ACS_MISC_X_HPP")),
        "exchange names transport": ("acs/exchange/x.hpp", header("template <transport T> void f(T&);", "ACS_EXCHANGE_X_HPP")),
    }
    faults = [f"a good header is refused: {fault}" for fault in check_header(*good)]
    faults += [f"not noticed: {what}" for what, case in bad.items() if not list(check_header(*case))]
    adapter = f"{LICENCE}\n#ifndef ACS_Y_HPP\n#define ACS_Y_HPP\n#include <acs/core/text.hpp>\n#endif\n"
    if not list(check_adapter("acs/y.hpp", adapter)):
        faults.append("not noticed: adapter below the umbrella")
    return faults


if __name__ == "__main__":
    found = check_self() if sys.argv[1:] == ["--self"] else check_tree()
    print("\n".join(found))
    sys.exit(1 if found else 0)
