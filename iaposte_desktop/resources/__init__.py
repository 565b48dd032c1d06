"""Files that come with the program: icons, translations, synonyms, the sample shop."""

from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).resolve().parent
"""importlib.resources would do the same, and cost the first paint a tenth of its time in imports."""
