"""How the demo's pictures are made: inks and lines, a press, figures and scenery, and scenes of them all."""
