"""Show a site while it is worked on: what `serve` puts between the built pages and a browser."""
