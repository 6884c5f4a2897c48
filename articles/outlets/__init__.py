"""A story's way to other outlets: the copy that is pasted there, and the record of where it went."""
