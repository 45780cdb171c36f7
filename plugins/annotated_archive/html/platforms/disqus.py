"""Know Disqus as it is rendered: in the page itself, in a saved frame, or by WordPress's plugin."""

from ..platform import Platform

DISQUS = Platform(
    name="disqus",
    marks="#disqus_thread, #dsq-content, #dsq-comments, #post-list, [data-role=post-list], li.dsq-comment",
    items="#dsq-comments li.comment, #dsq-comments li.pingback, #dsq-comments li.trackback, li.dsq-comment, #post-list li.post, .post-list li.post",
    item_ids=(r"dsq-comment-(\d+)", r"post-(\d{6,})"),
    ids=(
        ("", "data-dsq-comment-id", r"(\d+)"),
        ("[data-role=relative-time]", "href", r"#comment-(\d+)$"),
        ("a[name^=comment-]", "name", r"comment-(\d+)$"),
    ),
    author=(
        ".post-byline .author", "[data-role=username]", ".dsq-commenter-name", "cite a", "cite span", "cite", ".post-byline .publisher-anchor-color",
        ".author", ".post-byline", "a.url",
    ),
    date=(".time-ago", "[data-role=relative-time]", ".dsq-comment-header-time", ".dsq-header-time a", ".post-meta a", ".post-meta", "time"),
    body=(".post-message", "[data-role=message]", ".dsq-comment-text", ".dsq-comment-message", "[id^=dsq-comment-message]", ".post-body-inner", ".post-message-container"),
    parents=(
        (".dsq-comment-parent", "href", r"#comment-(\d+)$"),
        (".parent-link", "href", r"#comment-(\d+)$"),
    ),
    level=r"(?:^|\s)(?:dsq-)?depth-(\d+)(?:\s|$)",
    pingbacks=".pingback",
    trackbacks=".trackback",
    leave_out=".post-menu, .comment-footer, .dsq-comment-footer, .indicator, .avatar, .see-more, [data-role=see-more], .media-container, .media-content-placeholder, [data-role=menu], footer, .moderator-badge, .badge, .remove-reason",
    declared=("[data-role=post-count]", ".comment-count", "#dsq-comments-count", "#dsq-num-posts", "a[href$=#disqus_thread]", ".disqus-comment-count"),
    pager=".load-more a, .load-more__button, [data-action=more-posts], #dsq-pagination a, .dsq-paginate-append-text",
    elsewhere="#disqus_thread",
)  # fmt: skip
