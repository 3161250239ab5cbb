"""stack.py: how deep the stack can get below a function, from the call graph that the compiler writes."""
import functools
import re
import sys

# What the C library's mem* functions take; the compiler knows nothing of them.
LIBRARY = 16

NODE = re.compile(r'node: \{ title: "([^"]*)" label: "([^"]*)"')
EDGE = re.compile(r'edge: \{ sourcename: "([^"]*)" targetname: "([^"]*)"')


class Stack:
    """`entries`: what is called from outside. Calls through a pointer may go to any function that nobody calls by name, but for these."""

    def __init__(self, image):
        self.frame, self.shown, self.calls = {}, {}, {}
        for title, label in NODE.findall(image.graph):
            bytes_ = re.search(r"\\n(\d+) bytes \((\w+)", label)
            name = title.split(":")[-1]
            self.frame[name] = int(bytes_[1]) if bytes_ else LIBRARY if name != "__indirect_call" else 0
            self.shown[name] = label.split("\\n")[0]
            if bytes_ and bytes_[2] != "static":
                sys.exit(f"{name}: a frame of a size that is found at run time")
        called = set()
        for source, target in EDGE.findall(image.graph):
            source, target = source.split(":")[-1], target.split(":")[-1]
            self.calls.setdefault(source, set()).add(target)
            called.add(target)
        self.calls["__indirect_call"] = {name for name in self.frame if name in image.linked and name not in called and self.is_pointed_to(name)}

    @staticmethod
    def is_pointed_to(name):
        return not re.search(r"5calls|11application|^_start$", name)

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
