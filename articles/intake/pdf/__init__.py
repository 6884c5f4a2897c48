"""PDFs become lines that know their places, and those become stories."""
