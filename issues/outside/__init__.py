"""Pages made elsewhere: their PDFs read in safety, their stories found on them."""
