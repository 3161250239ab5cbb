"""The floors and what each may include: the one place that states them."""
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Bottom to top. A header includes its own floor or lower ones.
FLOORS = ["core", "encoding", "crypto", "message", "signing", "json", "error", "explain", "operation", "exchange", "client"]

# Lower floors that a floor must not know all the same.
STRANGERS = {"json": {"message", "signing"}}

# Products, each a folder and a namespace of its own: they know acs, and not each other.
PRODUCTS = ["dataworks", "sts"]

# The floors beside the tower, and what they may use.
BESIDE = {
    **{product: {"version", *FLOORS, product} for product in PRODUCTS},
    "hosted": {"version", *FLOORS, "hosted"},
    "testing": {"version", *FLOORS, "hosted", "testing"},
    "conformance": {"version", *FLOORS, "hosted", "testing", "conformance"},
    "interop": {"version", *FLOORS, "interop"},
}

# Floors that may use all of the standard library.
HOSTED = {"hosted", "testing", "conformance", "interop"}

# Not algorithm: its ten thousand lines are read by every unit that includes the library.
CORE_STD = set("array bit compare concepts cstddef cstdint limits new optional span string_view tuple type_traits utility".split())

ALL_STD = CORE_STD | set("""algorithm any atomic barrier bitset cassert cctype cerrno cfenv cfloat charconv chrono cinttypes climits
    clocale cmath condition_variable coroutine csetjmp csignal cstdarg cstdio cstdlib cstring ctime cuchar cwchar cwctype deque
    exception expected filesystem format forward_list fstream functional future initializer_list iomanip ios iosfwd iostream istream
    iterator latch list locale map memory memory_resource mutex numbers numeric ostream queue random ranges ratio regex scoped_allocator
    semaphore set shared_mutex source_location sstream stack stdexcept stop_token streambuf string strstream syncstream system_error
    thread typeindex typeinfo unordered_map unordered_set valarray variant vector version""".split())

# Headers of one operating system, inside an #if that asks for it.
SYSTEM = {"hosted": {"sys/random.h"}}


def floor_of(name):
    """The floor of a header, by its include path: `acs/json/reader.hpp` -> `json`. Umbrellas have none."""
    parts = name.split("/")
    if parts[0] in PRODUCTS and len(parts) > 1:
        return parts[0]
    if name == "acs/version.hpp":
        return "version"
    if name == "acs/testing/conformance.hpp":
        return None
    if parts[:3] == ["acs", "testing", "conformance"]:
        return "conformance"
    if parts[0] == "acs" and len(parts) > 2:
        return parts[1]
    return None


def allowed(floor):
    """The floors that headers of `floor` may include."""
    if floor == "version":
        return set()
    if floor in BESIDE:
        return BESIDE[floor]
    return {"version", *FLOORS[:FLOORS.index(floor) + 1]} - STRANGERS.get(floor, set())
