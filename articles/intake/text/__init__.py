"""A page's text: the forms of newspaper pages, and what each of its lines is. Pure."""
