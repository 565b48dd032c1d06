"""The window. Views hold widgets and no logic; controllers own a TaskScope and talk to the use cases through the
Runtime; tabs never import each other."""

import builtins

_plain_import = builtins.__import__

import PySide6.QtCore  # noqa: E402, F401  # The plain import must be taken before.

# PySide6 replaces __import__ by one that is twelve times slower, for feature switches that we do not use.
builtins.__import__ = _plain_import
