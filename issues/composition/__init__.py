"""Composition: frozen content of a page in, a drawing with every character's place out.

Pure: no models, no database, no clock. The same content and fonts always make the same drawing.
"""

from issues.composition.drawing import Composed, Fit
from issues.composition.page import compose
from issues.composition.text import block_key, text_of

__all__ = ["Composed", "Fit", "block_key", "compose", "text_of"]
