"""Searching what readers can see: full text, names and places, on SQLite and on PostgreSQL alike.

At its release a story becomes tokens (`tokens`), which the database keeps in an inverted index. What a reader
types becomes terms (`words`), which `engines` says in the language of the database. Both indexes hold nothing
but the tokens, in letters that no parser takes apart, and what tokens alone can't decide is looked up in the
folded text: so both databases find the same.
"""
