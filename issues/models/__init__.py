"""The paper: its head, its numbered issues, their pages with what stands on them, and the proofs of those."""

from issues.models.edit import Edit
from issues.models.issue import GuideEntry, Issue
from issues.models.masthead import Masthead, Typeface
from issues.models.page import Page, Placement
from issues.models.proof import Dispatch, Mark, Proof, ProofPhoto, ProofStory

__all__ = [
    "Dispatch",
    "Edit",
    "GuideEntry",
    "Issue",
    "Mark",
    "Masthead",
    "Page",
    "Placement",
    "Proof",
    "ProofPhoto",
    "ProofStory",
    "Typeface",
]
