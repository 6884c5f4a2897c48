"""Word files become lines: read in a child process, older ones through LibreOffice."""
