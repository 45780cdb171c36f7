"""Know LiveJournal and its kin (Dreamwidth): trees of leaves, and the wraps of its older styles."""

from ..platform import Platform

LIVEJOURNAL = Platform(
    name="livejournal",
    marks=".b-leaf, .b-tree-twig, .ljuser, .comment-thread[id^=cmt]",
    items=".b-tree-twig, .comment-thread > .dwexpcomment, .ljcmt_full",
    item_ids=(r"ljcmt(\d+)", r"cmt(\d+)"),
    ids=(("", "data-tid", r"t(\d+)$"), ("", "id", r"(?:ljcmt|cmt|t)(\d+)$"), (".b-leaf", "data-dtid", r"(\d+)$")),
    author=(".b-leaf-username-name .ljuser", ".b-leaf-username .ljuser", ".poster .ljuser", ".ljuser b", ".ljuser", ".comment-poster .ljuser", ".poster"),
    date=(".b-leaf-createdtime", ".datetime", ".comment-date", "[class*=time]", "[class*=date]"),
    body=(".b-leaf-article", ".comment-content", ".comment-text", ".comment-body"),
    parents=(("", "data-parent", r"^([1-9]\d*)$"), (".b-leaf", "data-parent", r"^([1-9]\d*)$")),
    leave_out=".b-leaf-footer, .b-leaf-header, .b-leaf-actions, .b-leaf-controls, .comment-interaction-links, .userpic",
    declared=(".js-amount", ".b-xylem-cell-amount", ".comments-count", ".readlink a"),
    pager=".b-pager a, .comment-pages a",
    article=(".b-singlepost-body", ".entry-content", ".entry-text"),
    title=(".b-singlepost-title", ".entry-title"),
    byline=(".b-singlepost-author-userinfo .ljuser", ".poster .ljuser", ".vcard .ljuser"),
    published=(".b-singlepost-author-date time", ".b-singlepost-author-date", ".datetime"),
    tags=(".b-singlepost-tags a", ".ljtags a"),
)  # fmt: skip
