"""Read what is common to exports of WordPress and Disqus."""
