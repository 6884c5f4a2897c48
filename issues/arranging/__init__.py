"""How a page arranges itself; its door is `issues.arrange`."""
