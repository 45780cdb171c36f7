"""Know Drupal, versions 5 to 10."""

from ..platform import Platform

DRUPAL = Platform(
    name="drupal",
    marks="meta[name=Generator][content*=Drupal], meta[name=generator][content*=Drupal], .comment .submitted, [typeof*=sioct:Comment], .comment__submitted, .comment__meta, #comments .indented, .node, script[data-drupal-selector], .js-comment, .comment-wrapper",
    items="#comments .comment, .comment-wrapper .comment, article.comment, article.js-comment, [typeof*=sioct:Comment], div.comment",
    item_ids=(r"comment-(\d+)",),
    ids=(
        ("", "id", r"^comment-(\d+)$"),
        ("", "about", r"#comment-(\d+)$"),
        ("^", "id", r"^comment-(\d+)$"),
        ("a[id^=comment-]", "id", r"^comment-(\d+)$"),
        ("a[href*=#comment-]", "href", r"#comment-(\d+)$"),
    ),
    author=(".comment__author .username", ".commenter-name", ".submitted .username", ".comment__submitted .username", ".author .username", ".username", ".comment__author", ".author", ".submitted a[href*=/user]", ".submitted", ".comment__submitted", ".comment-submitted"),
    date=("time[datetime]", "[property*=dc:date]", "[property*=dc:created]", ".comment-time", ".comment__time", ".submitted", ".comment__submitted", ".comment-submitted", ".comment-date", ".meta", "footer"),
    body=(".comment-body", ".field-name-comment-body", ".field--name-comment-body", ".comment__content .text-formatted", ".content", ".comment__content", ".comment-text"),
    subject=(".comment__title", "h3"),
    parents=((".parent a[href*=comment-]", "href", r"#comment-(\d+)"), ("a.permalink[rel=parent]", "href", r"#comment-(\d+)"),
             ("[resource*=#comment-]", "resource", r"#comment-(\d+)$"), (".comment__parent a", "href", r"#comment-(\d+)")),
    nests=".indented",
    leave_out=".links, .comment__links, .submitted, .user-picture, .comment__picture, .comment-permalink, .new, .marker, .rdf-meta, .user-signature, .attribution, .comment__meta, .element-hidden",
    declared=(".comments__count", "#comments > h2", "section.comments > h2", ".comment_comments a", ".comment-comments a", ".node .links a[href$=#comments]", "[property*=interactionCount]", "[property*=num_replies]"),
    pager="#comments .pager, .comment-wrapper .pager, #comments .item-list .pager, section.comments .pager, .comments .pager",
    article=(".field-name-body", ".field--name-body", "[property*=content:encoded]", ".node__content .text-formatted", ".node .content", ".node__content", ".node-content"),
    article_leave_out=".links, .submitted, .field-name-field-tags, .field--name-field-tags, .node__links, #comments, .comment-wrapper, .node__meta, .field--name-comment, .service-links, .terms, .taxonomy, .fivestar-widget",
    title=("h1.page-title", ".page-title", "h1.title", "h1#page-title", ".node__title", ".node h2", "h2.title"),
    byline=(".node__author .username", ".node__submitted .username", ".node .submitted .username", ".node__meta .username", ".node .username", ".submitted .username", ".node .submitted a[href*=/user]", ".node .submitted", ".meta .submitted"),
    published=(".node__submitted time", ".node .submitted time", ".node__meta", ".node .submitted", ".node__submitted", ".submitted [property*=dc:date]", ".submitted"),
    categories=(".field--name-field-category a", ".field-name-field-category a", ".terms a", ".taxonomy a", ".node .taxonomy_term a"),
    tags=(".field--name-field-tags a", ".field-name-field-tags a", ".field-tags a"),
    name_cut=r"\s*\((?:[^()]{3,40})\)\s*$",
)  # fmt: skip
