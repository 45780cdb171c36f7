"""Know microformats: h-entry with h-cite comments, and hentry within hentry."""

from ..platform import Platform

MICROFORMATS = Platform(
    name="microformats",
    marks=".h-entry, .hentry, .h-cite, .u-comment, .p-comment",
    items=".h-entry .u-comment, .h-entry .p-comment, .h-entry .h-cite.comment, .comments .h-cite, .comments .h-entry, .hfeed .comment.hentry, .comments .hentry",
    ids=(("", "id", r"^[A-Za-z_-]*?(\d+)$"), (".u-url", "href", r"#\D*(\w+)$"), ("a[rel=bookmark]", "href", r"#\D*(\w+)$")),
    author=(".p-author .p-name", ".p-author", ".h-card .p-name", ".h-card", ".author .fn", ".vcard .fn", ".author"),
    date=(".dt-published", "abbr.published", ".published", "time[datetime]", "time", ".u-url"),
    body=(".e-content", ".p-content", ".p-summary", ".entry-content", ".content", ".comment-content"),
    parents=((".u-in-reply-to", "href", r"#\D*(\w+)$"),),
    leave_out=".u-photo, .reply, .u-like-of, form, button",
    declared=(".comments > h2", ".comments > h3", "#comments h2", "#comments h3", ".comment-count", ".responses h2"),
    article=(".h-entry > .e-content", ".e-content", ".hentry .entry-content", ".entry-content"),
    title=(".h-entry > .p-name", ".p-name", ".entry-title"),
    byline=(".h-entry > .p-author .p-name", ".h-entry > .p-author", ".p-author", ".hentry .author .fn"),
    published=(".dt-published", "abbr.published", ".published"),
    tags=(".p-category",),
)  # fmt: skip
