"""From a drawing to paper and screen: Typst draws it, PDFium makes its pictures, the preflight checks it."""
