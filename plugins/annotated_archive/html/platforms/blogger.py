"""Know Blogger: its templates of 2004, its layouts, its threads, and its later themes."""

from ..platform import Platform

BLOGGER = Platform(
    name="blogger",
    marks="meta[name=generator][content=blogger], meta[name=generator][content=Blogger], #comments-block, .blogger-comment-from-post, .comment-thread, .blogger-comment-icon, .blogComment, #Blog1, a[href*=blogger.com/profile], a[href*=blogger.com/comment]",
    items="#comments-block dt.comment-author, #comments-block dt.comment-data, #comments-block dt.comment-poster, #comments-block > dt, .comment-thread li.comment, #comments-block .comment-block, .blogComment, .blogger-comments .comment",
    item_ids=(r"c(\d{6,})", r"bc_0_\d+B_c(\d+)"),
    ids=(
        ("", "id", r"^c(\d+)$"),
        ("a[name]", "name", r"^c(\d+)$"),
        ("a[href*=#c]", "href", r"#c(\d+)$"),
        ("a[href*=postID=]", "href", r"postID=(\d+)"),
    ),
    author=("cite.user", ".user", ".comment-author", "a[rel=nofollow]", ".comment-poster", ".comment-data", "dt", ".byline-commenter", ".blogCommentAuthor"),
    date=(".datetime a", ".datetime", ".comment-timestamp a", ".comment-timestamp", "a[title=comment permalink]", ".comment-footer", ".comment-data", "dt", ".byline"),
    body=(".comment-content", ".comment-body", ".comment-body-author", "dd"),
    nests=".comment-replies",
    leave_out=".item-control, .comment-actions, .icon, .comment-replies, .avatar-image-container, .continue, .thread-toggle, .comment-footer, .comment-timestamp, .thread-count, .loadmore, .delete-comment-icon",
    declared=("#comments > h4", "#comments > h3", ".comments > h3", ".comments > h4", ".comments .title", "#comments h4", "#comments h3", ".comment-link", ".post-comment-link a", ".comments-count", "[data-num-comments]"),
    pager=".loadmore a, .paging-control-container a, #comment-pager a, .comment-pager a, a[href*=commentPage=]",
    article=(".post-body", "[itemprop=articleBody]", "[itemprop*=articleBody]", ".entry-content", ".post-content", ".Post"),
    article_leave_out=".post-footer, .post-share-buttons, .goog-inline-block, .blogger-labels, .jump-link, .addthis_toolbox",
    title=("h3.post-title", "h1.post-title", "h2.post-title", ".post-title", ".entry-title"),
    byline=(".post-author .fn", ".post-footer .fn", ".post-author", ".byline .fn", ".post-author-label .fn", ".byline.post-author a", ".byline"),
    published=("abbr.published", "time.published", ".timestamp-link", ".post-timestamp", ".date-header", "h2.date-header", ".post-footer em", ".byline"),
    categories=(".post-labels a[rel=tag]", ".labels a", ".byline.post-labels a", ".label-link"),
)  # fmt: skip
