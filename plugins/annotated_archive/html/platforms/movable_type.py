"""Know Movable Type from version 2, and TypePad."""

from ..platform import Platform

MOVABLE_TYPE = Platform(
    name="movable_type",
    marks="meta[name=generator][content*=movabletype], meta[name=generator][content*=Movable], meta[name=generator][content*=TypePad], meta[name=generator][content*=typepad], .comments-body, .comments-head, .comments-header, .comments-post, .comments-content, .trackbacks, .typepad, [id^=comment-6a]",
    items=".comments-body, .comments-content > .comment, .comments .comment, .trackbacks .trackback, .trackbacks-content .trackback",
    item_ids=(r"comment-(6a[0-9a-z]+)(?:-block|-wrap)?", r"comment-(\d+)", r"c(\d+)", r"(?:p|ping-|trackback-)(6a[0-9a-z]+|\d+)"),
    ids=(
        ("", "id", r"^(?:comment-|c|p|ping-|trackback-)(\w+?)(?:-block|-wrap)?$"),
        ("^", "id", r"^(?:comment-|c|p|ping-)(\w+)$"),
        ("^", "name", r"^(?:comment-|c|p|ping-)?(\d+|6a\w+)$"),
        ("a[name]", "name", r"^(?:comment-|c|p|ping-)?(\d+|6a\w+)$"),
        ("a[href*=#comment-]", "href", r"#comment-(\w+)$"),
        ("a[href*=#c]", "href", r"#c(\d+)$"),
    ),
    author=(".vcard.author .fn", ".vcard.author", ".author .fn", ".comment-footer > a:not([href*=#])", ".comment-footer", ".trackback-footer", ".comments-post > a", ".comments-post", ".byline", ".posted", ".comment-header a", ".comment-header", "[class*=footer]"),
    date=("abbr.published", ".published", ".comment-footer a[href*=#]", ".comment-footer", ".trackback-footer", ".comments-post", ".byline", ".posted", ".comment-header"),
    body=(".comment-content", ".trackback-content", ".comments-body-text", ".trackback-excerpt"),
    parents=(
        (".comment-footer a[href*=#comment-6a]", "href", r"\.html#comment-(6a\w+)$|^#comment-(6a\w+)$"),
        ("a[title*=reply]", "href", r"#(?:comment-|c)(\w+)$"),
        (".byline a[href*=#comment-]", "href", r"#comment-(\w+)$"),
    ),
    name_cut=r"\s+(?:in reply to|en r[ée]ponse à|als antwort auf|in risposta a|en respuesta a|em resposta a|replied to)\s.*$",
    nests=".comment-replies",
    trackbacks=".trackback, .trackbacks > div, .trackback-content",
    leave_out=".comment-footer, .comments-post, .comment-header, .trackback-footer, .comment-avatar, .comment-footer-experimental, .reply-link, .comment-replies, .asset-meta, .byline, .posted, .comment-preview, #comment-preview-area",
    declared=(".comments-header", "#comments-header", ".comments-head", ".comments > h2", ".comments > h3", ".entry-footer a[href*=#comments]", ".post-footers a[href*=#comments]", ".asset-meta a[href*=#comments]"),
    pager=".comments-nav a, #comments-nav a, .comments-nav",
    article=(".asset-content", ".entry-content", ".entry-body", ".asset-body", ".blogbody"),
    article_leave_out=".entry-footer, .post-footers, .asset-footer, .asset-header, .entry-header, .posted, .title, .date, .entry-tags, .asset-meta, .comments-head, .comments-body, .trackback-url, .trackbacks, .content-nav",
    title=(".asset-name", ".entry-header", ".entry-title", "h3.title", "h2.title", "span.title", ".title"),
    byline=(".asset-meta .vcard.author", ".vcard.author", ".byline .author", ".post-footers", ".posted", ".entry-footer", ".entry-footer-info", ".byline"),
    published=("abbr.published", ".post-footers", ".posted", ".entry-footer", ".byline", ".date-header", "h2.date", ".date"),
    categories=(".entry-categories a", ".asset-categories a", ".post-footers a[href*=/categor]", ".entry-footer a[href*=/categor]"),
    tags=(".entry-tags a", ".asset-tags a"),
)  # fmt: skip
