"""Stories: what editors work on, each version of it, and what readers were given of it."""

from articles.models.article import Article, ArticleFile, ArticlePhoto, Autosave, Byline
from articles.models.front import FrontSheet, FrontSlot
from articles.models.intake import Intake, IntakeBatch, Origin
from articles.models.moved import OldAddress
from articles.models.outlets import OutsideAddress
from articles.models.release import Correction, Listing, Release, SearchText
from articles.models.revision import Revision
from articles.models.taxonomy import Section, Series, Source, Tag, TaggedArticle

__all__ = [
    "Article",
    "ArticleFile",
    "ArticlePhoto",
    "Autosave",
    "Byline",
    "Correction",
    "FrontSheet",
    "FrontSlot",
    "Intake",
    "IntakeBatch",
    "Listing",
    "OldAddress",
    "Origin",
    "OutsideAddress",
    "Release",
    "Revision",
    "SearchText",
    "Section",
    "Series",
    "Source",
    "Tag",
    "TaggedArticle",
]
