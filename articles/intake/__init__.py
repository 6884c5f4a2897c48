"""Pages, Word files and PDFs become stories: decoded, read into pieces, put right by people, accepted."""
