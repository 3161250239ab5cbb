#!/usr/bin/env python3
"""includes.py: each header includes those of the standard library whose names it uses, and no header, of the standard library or ours,
of which it names nothing. That it includes enough of ours is seen by headers.py, for which each stands alone: what a header of ours needs
itself, such as the errors of a result, it brings along.

    includes.py          checks the tree
    includes.py --self   checks that each rule can fail
"""
import re
import sys

from rules import ROOT
from umbrellas import UMBRELLAS

# What the tree uses of the standard library, by the header that is named after it in the standard; more than one: any of them will do.
STD = {
    "algorithm": "all_of any_of copy copy_n count_if equal fill fill_n find find_if lower_bound max min mismatch reverse search sort",
    "array": "array", "atomic": "atomic", "bit": "bit_cast bit_width countl_zero countr_zero endian has_single_bit rotl rotr",
    "chrono": "chrono", "cinttypes": "PRId64 PRIu64", "compare": "strong_ordering weak_ordering",
    "concepts": "constructible_from convertible_to copyable default_initializable invocable movable same_as unsigned_integral",
    "coroutine": "coroutine_handle suspend_always suspend_never",
    "cstddef": "byte max_align_t nullptr_t ptrdiff_t size_t",
    "cstdint": """INT64_MAX INT64_MIN SIZE_MAX UINT32_MAX UINT64_MAX int32_t int64_t uint16_t uint32_t uint64_t uint8_t uintptr_t""",
    "cstdio": "FILE fclose fopen fprintf fputc fputs fread fwrite setvbuf snprintf", "cstdlib": "free getenv malloc realloc",
    "cstring": "memcpy memmove memset", "exception": "current_exception exception_ptr rethrow_exception terminate",
    "functional": "function less", "initializer_list": "initializer_list", "limits": "numeric_limits", "map": "map",
    "memory": "allocator make_shared make_unique shared_ptr unique_ptr", "mutex": "lock_guard mutex unique_lock", "new": "nothrow",
    "optional": "nullopt optional", "set": "set", "span": "dynamic_extent span", "stop_token": "stop_token",
    "string": "string to_string", "string_view": "string_view string_view_literals", "thread": "this_thread thread", "tuple": "apply tuple",
    "type_traits": """conditional_t decay_t false_type integral_constant invoke_result_t is_aggregate_v is_class_v is_const_v
        is_constant_evaluated is_copy_assignable_v is_copy_constructible_v is_move_assignable_v is_move_constructible_v is_same_v
        is_trivially_copyable_v is_trivially_destructible_v remove_cvref_t true_type type_identity_t""",
    "utility": "exchange forward index_sequence make_index_sequence move pair swap", "vector": "erase_if vector",
}
HOME = {}
for header, names in STD.items():
    for each in names.split():
        HOME.setdefault(each, set()).add(header)
HOME["swap"] |= {"algorithm"}  # no more than its older place
HOME["erase_if"] |= {"map", "set", "string"}
HOME["move"] |= {"algorithm"}
HOME["tuple_size_v"] = HOME["get"] = {"tuple", "array", "utility"}
INCLUDE = re.compile(r"^#include <([^>]+)>", re.M)
USED = re.compile(r"\bstd::(?:ranges::)?(\w+)|\b(PRI[du]64|SIZE_MAX|U?INT\d+_(?:MAX|MIN))\b")
# Words of the language and of everybody, for which no header is included.
COMMON = set("""ACS_ABI T acs auto bool char class concept const consteval constexpr constinit enum extern for if inline int maybe_unused
    namespace nodiscard noexcept operator private public requires return size_t span static std string_view struct template text typename
    using void""".split())

# What is used without a name.
SIGNS = {"compare": "<=>", "new": "::new", "coroutine": "co_await"}
BRINGS = {"acs/core/config.hpp", "acs/version.hpp"}  # macros, the name of the namespace among them


def code_of(text):
    """Without comments and texts."""
    return re.sub(r'//[^\n]*|R"\((.|\n)*?\)"|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)+\'', " ", text)


def defines(text):
    """The names that a header may be included for: all words of its lines without an indent, and its macros."""
    code = code_of(text)
    return set(re.findall(r"\w+", "\n".join(line for line in code.splitlines() if re.match(r"[\w\[]|#\s*define", line)))) - COMMON


def faults(name, text, tree):
    """`tree` has the names of each header of ours."""
    includes = INCLUDE.findall(text)
    code = INCLUDE.sub("", code_of(text))
    used = {one or other for one, other in USED.findall(code)}
    words = set(re.findall(r"\w+", code))
    for each in sorted(used):
        if each not in HOME:
            yield f"std::{each} is not in the table of tests/house/includes.py"
        elif not HOME[each] & set(includes):
            yield f"uses std::{each}, and does not include <{'> or <'.join(sorted(HOME[each]))}>"
    for header in includes:
        if header in tree and header not in BRINGS and not tree[header] & words:
            yield f"includes <{header}>, and names nothing of it"
        elif header in STD and not any(header in HOME.get(each, ()) for each in used) and SIGNS.get(header, "\0") not in code:
            yield f"includes <{header}>, and names nothing of it"


def read_tree():
    names = {path.relative_to(ROOT / "include").as_posix(): path for path in sorted((ROOT / "include").rglob("*.hpp"))}
    return {name: path.read_text(encoding="utf-8") for name, path in names.items() if name not in UMBRELLAS}


def check_self():
    tree = {"acs/a.hpp": defines("namespace acs {\nstruct alpha {\n    int beta;\n};\n")}
    good = "#include <acs/a.hpp>\n\n#include <span>\n\nstruct b : alpha { std::span<char> s; };\n"
    bad = {"missing": "struct b { std::span<char> s; };", "left over": "#include <span>\nstruct b {};",
           "left over of ours": "#include <acs/a.hpp>\nint beta;  // alpha", "of no table": "std::unheard_of x;"}
    return [*faults("good", good, tree), *(f"not noticed: {what}" for what, text in bad.items() if not list(faults(what, text, tree)))]


def main():
    texts = read_tree()
    tree = {name: defines(text) for name, text in texts.items()}
    found = [f"{name}: {fault}" for name, text in texts.items() for fault in faults(name, text, tree)]
    found = check_self() if "--self" in sys.argv else found
    print("\n".join(found) or f"{len(texts)} headers include what they use")
    return 1 if found or not texts else 0


if __name__ == "__main__":
    sys.exit(main())
