"""Know WordPress: from its first themes to block themes, wpDiscuz, Genesis, Thesis and P2."""

from ..platform import Platform

WORDPRESS = Platform(
    name="wordpress",
    marks="meta[name=generator][content^=WordPress], link[href*=wp-content], script[src*=wp-content], link[href*=wp-includes], script[src*=wp-includes], img[src*=wp-content], a[href*=wp-login.php], form[action*=wp-comments-post], body.single-post, .wp-block-comments, #wpdcom",
    is_everywhere=True,
    items=(
        "li.comment, li.pingback, li.trackback, div.pingback, div.trackback, article.comment, div.comment.depth-1,"
        " .wpd-comment, .wc-comment, .wp-block-comment-template > li, #commentlist > li, ol.commentlist > li,"
        " ul.commentlist > li, ol.comment-list > li, ol.comments > li, #comment_list > dt, .cnn_special_comment,"
        " .thesis-comment, [itemprop=comment], #pings li, #trackback_list > dt, ol.pinglist > li, ol.trackbacklist > li"
    ),
    item_ids=(r"(?:li-|div-)?comment-(\d+)", r"(?:wpd|wc)-comm-(\d+)(?:_\d+)?"),
    ids=(
        ("", "id", r"(?:li-|div-|wpd-|wc-)?comm(?:ent)?-(\d+)(?:_\d+)?$"),
        ("a.comment-reply-link", "data-commentid", r"(\d+)$"),
        ("a[href*=#comment-]", "href", r"#comment-(\d+)$"),
        ("a[href*=replytocom]", "href", r"replytocom=(\d+)"),
        ("[id^=comment-]", "id", r"comment-(?:body-|content-|text-)?(\d+)$"),
        ("[id^=div-comment-]", "id", r"div-comment-(\d+)$"),
    ),
    author=(
        ".comment-author .fn", "cite.fn", "b.fn", ".fn", ".wp-block-comment-author-name",
        ".wpd-comment-author", ".wc-comment-author", ".comment-author-name", ".comment-author-link",
        ".comment_author", ".comment__author-name", ".c-comment__author-name", ".cnn_comment_author",
        "[itemprop=author] [itemprop=name]", "[itemprop=author]", ".comment-author cite", ".comment-author b",
        ".comment-author strong", ".comment-author a.url", ".comment-author", "cite a", "cite", "a.url",
        ".comment-author-info strong", ".comment-user", ".commenter", ".commentauthor", ".author-name",
        ".comment-name", ".comment__author", ".authorname", ".author", ".username", ".user-name", ".comment-meta strong",
        "a[rel*=external]", "[class*=author-name]", "[class*=comment-author]", "[class*=comment_author]",
        "[class*=author]", "a.person-listing", "[class*=user]", "[class*=name]", ".comment-head", ".comment-header",
        ".comment-info", ".comment-meta", ".commentmetadata", "strong", "b", "h3", "h4", "h5", "a[href^=http]",
    ),
    date=(
        "time[datetime]", ".wpd-comment-date", ".wc-comment-date", ".comment-metadata a", ".commentmetadata a",
        ".commentmetadata", ".comment-date", ".comment_date", ".comment-time", ".comment_time", ".commentdate",
        "[itemprop=dateCreated]", "[itemprop=datePublished]", "[itemprop=commentTime]", "abbr.published", "abbr[title]",
        ".comment-meta a", ".comment-meta", ".comment-permalink", ".date", ".time", ".datetime", "time", ".published",
        "a[href*=#comment-]", "[class*=date]", "[class*=time]", "[class*=meta]", "small", ".commentFooter", "cite",
        ".comment-head", ".comment-header", ".comment-info", ".comment-author", "[class*=posted]", "[class*=info]", "span", "em", "p", "dd",
    ),
    body=(
        ".comment-content", ".wpd-comment-text", ".wc-comment-text", ".wp-block-comment-content", ".comment-text",
        ".comment_text", ".comment_content", ".commentcontent", "[itemprop=text]", "[itemprop=commentText]", ".comment__content",
        ".comment__text", ".c-comment__content", ".commenttext", ".commentText", ".comment-copy", ".comment-entry",
        ".format_text", ".comment-body-text", ".comment-inner-content", ".comment-body", ".comment_body", ".commentbody",
        ".comment-message", ".commententry", ".comment-p", ".comments-content", ".cnn_comment_text",
        "[class*=comment-text]", "[class*=comment_text]", "[class*=comment-content]", "[class*=comment-body]", "[class*=commentbody]",
        ".entry-content", ".entry", ".content", ".text", ".message", ".body", "[class*=content]",
    ),
    parents=(
        ("", "data-parent-id", r"([1-9]\d*)$"),
        ("", "data-parent", r"(?:comment-)?([1-9]\d*)$"),
        (".wpd-reply-to a", "href", r"#comment-(\d+)$"),
    ),
    level=r"(?:^|\s)depth-(\d+)(?:\s|$)",
    pingbacks=".pingback, #trackback_list > dt, .pinglist > li, .pings > li, #pings > li, .type-pingback",
    trackbacks=".trackback, .trackbacklist > li, .type-trackback",
    leave_out=(
        ".reply, .comment-reply-link, .comment-reply, .comment-reply-login, .comment-edit-link, .edit-link, .comment-likes,"
        " .comment-like-feedback, .sharedaddy, .sd-sharing, .jp-relatedposts, .comment-awaiting-moderation, form, .wpulike,"
        " .wpd-comment-footer, .wc-comment-footer, .wc-footer, .comment-footer, .comment-actions, .comment-rating, .cld-like-dislike-wrap,"
        " .wpd-inline-feedback-wrapper, .wpd-comment-last-edited, .wpd-comment-header, .wc-comment-header, .wpd-reply-to, .comment-author-avatar, .avatar,"
        " .comment-controls, .commentRating, .rating, .report, .akismet-spam, .moderation, .comment_mod, .says, .comment-tools, .ratingblock,"
        " .comment-subscription, .comment-metadata, .comment-meta, .commentmetadata, .commentFooter, .wpd-tool, .wpd-attachments-label,"
        " .comment-votes, .ckrating, .cmt-vote, .comment_vote, .quote-link, .comment-quote-link, .permalink, .ast-comment-edit-reply-wrap,"
        " .comment-share, .sharing, .epoch-reply, .wp-block-comment-reply-link, .wp-block-comment-edit-link, .comment-reply-wrapper, .wpdiscuz-readmore"
    ),
    declared=(
        ".comments-title", "#comments-title", ".wp-block-comments-title", "#wpdcom .wpd-thread-info", ".wpd-thread-info", ".wc_header_text_count",
        "#comments > h2", "#comments > h3", "#comments > h4", "h3#comments", "h2#comments", "h4#comments", ".comments-area h2", ".comments-area h3",
        ".comment-title", ".comments_intro", "#comments_intro", ".comments-header", ".cnn_special_comments_header", ".comment-count", ".comments-count", ".comments-link a",
        ".comments-link", ".entry-comments h3", "#comments .title", ".wc-comment-count", ".wpdiscuz-comment-count", ".cnnPostComments",
    ),
    pager=(
        ".comment-navigation, .comments-pagination, #comment-nav-above, #comment-nav-below, .commentnav, .comments-nav, .comment-nav,"
        " .wp-block-comments-pagination, .wpd-load-more-submit, .wc-load-more-submit, .wpdiscuz-loadmore, #comments .navigation, .navigation a[href*=comment-page-],"
        " .cnnCommentNav, .comment-pagination, .comments-navigation, a[href*=comment-page-], a[href*=cpage=], .commentlist-nav, .jetpack-comments-pager, .wpdcb"
    ),
    elsewhere="#disqus_thread, #dsq-content, .fb-comments, #IDCommentsNewThreadCover, #coral_talk_stream, .livefyre-comments",
    article=(
        ".wp-block-post-content", ".entry-content", ".storycontent", ".post-entry", ".td-post-content", "[itemprop=articleBody]",
        ".post-content", ".post-body", ".entry-body", ".format_text", ".cnnBlogContentPost", ".postcontent", ".post_content",
        ".article-content", ".article-body", ".single-content", ".post-text", ".entrytext", ".entry", ".post .content", ".post-inner",
        ".the-content", ".theme-content", ".post-single-content", ".content-inner", ".postentry", ".postbody", ".posttext", ".snap_preview", ".thecontent",
    ),
    article_leave_out=(
        ".sharedaddy, .jp-relatedposts, .wpcnt, .entry-meta, .postmetadata, .post-meta, .entry-utility, .navigation, .post-navigation, .page-links,"
        " .addtoany_share_save_container, .addtoany_content, .ssba, .author-box, .about-author, .yarpp-related, .related-posts, .feedback, .meta, .social-share,"
        " .wp-block-comments, #comments, #respond, .comments-area, .wpd-rating, .kk-star-ratings, .code-block, .ad, .advertisement, .toc_container, #toc_container,"
        " .ez-toc-container, .entry-footer, .post-tags, .tags, .wp-rating, .post-ratings, .post-views, .crp_related, .rp4wp-related-posts, .zem_rp_wrap, .wp_rp_wrap,"
        " .et_social_inline, .shareaholic-canvas, .swp_social_panel, .mc4wp-form, .newsletter, .jetpack-likes-widget-wrapper, .sd-content, .robots-nocontent, form, nav, aside,"
        " .tagged, .post_tags, .post-footer, .simple-share, [class*=sharing], [class*=share-button], .series-nav, .printfriendly, .heateor_sss_sharing_container, .simplesocialbuttons, .hupso-share-buttons, .post-share, .share, .wp-block-post-terms, .rpbt_shortcode"
    ),
    title=(
        "h1.entry-title", ".entry-title", ".wp-block-post-title", "h1.post-title", ".post-title", ".storytitle", ".single-title",
        ".cnnBlogContentTitle", "h1[itemprop=headline]", "h2[itemprop=headline]", ".posttitle", ".headline_area h1", ".post h2", ".post h1", "article h1", ".post h3",
    ),
    byline=(
        ".entry-meta .author .fn", ".author.vcard .fn", ".byline .fn", ".byline .author", "a[rel~=author]", ".entry-author-name", ".post-author .fn", ".posted-by .author",
        ".wp-block-post-author__name", ".wp-block-post-author-name", ".post-author a", ".entry-author", ".author-name", ".td-post-author-name a", ".byline a", "a[href*=/author/]",
        ".byline", ".author.vcard", ".vcard.author", ".post-author",
    ),
    published=(
        "time.entry-date", "time.published", ".entry-date", ".wp-block-post-date time", ".posted-on time", ".post-date", ".published", ".date time", ".entry-meta time", ".td-post-date time",
        ".cnnBlogContentDateHead", "article header time", ".post-meta time", ".postdate", ".post .date", ".entry-meta .date", ".postmetadata", ".post small", ".meta",
    ),
    categories=("a[rel~=category]", ".cat-links a", ".post-categories a", ".wp-block-post-terms.taxonomy-category a", ".entry-categories a", ".taxonomy-category a", "a[href*=/category/]"),
    tags=(".tag-links a", ".tags-links a", ".taxonomy-post_tag a", ".entry-tags a", ".post-tags a", ".tags a"),
)  # fmt: skip
