"""stack.py: how deep the stack can get below a function, from the call graph that the compiler writes."""
import functools
import re
import sys

# What the C library's mem* functions take; the compiler knows nothing of them.
LIBRARY = 16

# Functions of that library, and of the compiler's.
OF_LIBRARY = re.compile(r"^(mem\w+|strlen|__aeabi_\w+|__[a-z]+[sd]i[234]?|__gnu_thumb1_case_\w+|__indirect_call|_exit)$")

# Calls through a pointer, by the file of who calls: where those functions stand that it may point to. Else: any to which anything points.
POINTED_TO = {
    r"core/sink\.hpp": r"core/sink\.hpp",
    r"operation/read_members\.hpp": r"operation/(member|array)\.hpp",
}
INDIRECT = "__indirect_call"

NODE = re.compile(r'node: \{ title: "([^"]*)" label: "([^"]*)"')
EDGE = re.compile(r'edge: \{ sourcename: "([^"]*)" targetname: "([^"]*)"')


class Stack:
    """The call graph of an image. Its entries are the functions of `calls`, which nothing points to."""

    def __init__(self, image):
        self.frame, self.shown, self.calls = {}, {}, {}
        for title, label in NODE.findall(image.graph):
            size = re.search(r"\\n(\d+) bytes \((\w+)", label)
            name = title.split(":")[-1]
            self.shown[name] = label.split("\\n")[0]
            if size:
                self.frame[name] = int(size[1])
                if size[2] != "static":
                    sys.exit(f"{name}: a frame of a size that is found at run time")
        edges = [(source.split(":")[-1], self.known(target.split(":")[-1])) for source, target in EDGE.findall(image.graph)]
        by_name = {target for _, target in edges}
        pointed_to = [name for name in self.frame
                      if name in image.linked and name not in by_name and not re.search(r"5calls|11application|^_start$", name)]
        for source, target in edges:
            self.calls.setdefault(source, set()).add(target)
            if target == INDIRECT:
                file = image.files.get(source, "")
                where = next((to for of, to in POINTED_TO.items() if re.search(of, file)), "")
                self.calls[source] |= {name for name in pointed_to if re.search(where, image.files.get(name, ""))}
                self.calls[source].discard(INDIRECT)

    def known(self, name):
        """By which name the frame of a function is known: a constructor, or destructor, of whole objects stands under the one for bases."""
        found = next((each for each in (name, re.sub(r"([CD])1E", r"\g<1>2E", name)) if each in self.frame or OF_LIBRARY.match(each)), None)
        return found or sys.exit(f"{name}: nothing is known of its frame")

    @functools.cache
    def path(self, name):
        """(bytes, the functions on the way) of the deepest path from a function."""
        return self.walk(name, ())

    def walk(self, name, above):
        if name in above:
            sys.exit("recursion: " + " -> ".join(self.shown.get(each, each) for each in (*above, name)))
        deepest = (0, ())
        for target in self.calls.get(name, ()):
            deepest = max(deepest, self.deep(target, (*above, name)))
        return self.frame.get(name, LIBRARY) + deepest[0], (name, *deepest[1])

    def deep(self, name, above):
        if name in above:
            return self.walk(name, above)
        if name not in self.memo:
            self.memo[name] = self.walk(name, above)
        return self.memo[name]

    @functools.cached_property
    def memo(self):
        return {}

    def entries(self):
        """The functions of `calls`, by their short names."""
        for name in self.frame:
            m = re.match(r"_ZN5calls(\d+)", name)
            if m:
                yield name[m.end():m.end() + int(m[1])], name
