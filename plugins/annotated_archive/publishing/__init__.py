"""Bring a built site to where people read it, and say beforehand what would change there."""
