from tests.qt.conftest import _clean_window

__all__ = ["_clean_window"]
