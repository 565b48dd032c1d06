from collections.abc import Callable, Mapping
from typing import TypeAlias

Alike: TypeAlias = Callable[[Mapping[str, str]], tuple[tuple[str, ...], ...]]
"""From file ids with their signatures to groups of two or more files whose texts are nearly the same. Takes up to a
second for 10,000 files: to be called on a thread."""
