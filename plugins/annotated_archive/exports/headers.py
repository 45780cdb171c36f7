"""Write the headers that hosts such as Netlify and Cloudflare Pages read from ``_headers``."""

POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = f"""/*
  Content-Security-Policy: {POLICY}
  Referrer-Policy: no-referrer
  X-Content-Type-Options: nosniff
"""
