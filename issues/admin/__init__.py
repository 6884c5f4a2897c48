"""The paper in the newsroom: mastheads and fonts, issues, pages, proofs."""

from issues.admin import intake, issue, masthead, page, proof

__all__ = ["intake", "issue", "masthead", "page", "proof"]
