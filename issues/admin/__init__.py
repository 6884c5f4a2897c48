"""The paper in the newsroom: mastheads and fonts, issues, pages, proofs."""

from issues.admin import issue, masthead, page, proof

__all__ = ["issue", "masthead", "page", "proof"]
