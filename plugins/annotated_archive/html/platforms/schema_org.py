"""Know schema.org in microdata: Comment, UserComments, answers and forum posts."""

from ..platform import Platform

SCHEMA_ORG = Platform(
    name="schema_org",
    marks="[itemtype*=schema.org/Comment], [itemtype*=schema.org/UserComments], [itemtype*=schema.org/Answer], [itemprop=comment]",
    items="[itemtype*=schema.org/Comment], [itemtype*=schema.org/UserComments], [itemtype*=schema.org/Answer], [itemprop=comment]",
    ids=(
        ("", "id", r"^[A-Za-z_-]*?(\d+)$"),
        ("", "itemid", r"(\d+)$"),
        ("", "data-post-id", r"^(\d+)$"),
        ("", "data-comment-id", r"^(\w+)$"),
        ("[itemprop=url]", "href", r"(?:#\D*|/)(\d+)$"),
        ("[itemprop=url]", "content", r"(?:#\D*|/)(\d+)$"),
        ("meta[itemprop=position]", "content", r"^(\d+)$"),
        ("a[href*=#]", "href", r"#\D{0,12}(\d+)$"),
    ),
    author=("[itemprop=author] [itemprop=name]", "[itemprop=creator] [itemprop=name]", "[itemprop=author]", "[itemprop=creator]", ".author", ".username"),
    date=("[itemprop=dateCreated]", "[itemprop=datePublished]", "[itemprop=commentTime]", "time[datetime]", "time", ".date"),
    body=("[itemprop=text]", "[itemprop=commentText]", "[itemprop=articleBody]", "[itemprop=description]", ".comment-body", ".content"),
    parents=(("[itemprop=parentItem]", "href", r"(\d+)$"), ("[itemprop=replyToUrl]", "href", r"(\d+)$")),
    leave_out="[itemprop=author], [itemprop=interactionStatistic], .crawler-post-meta, .actions, .reply, form, button",
    declared=("[itemprop=commentCount]", "[itemprop=interactionCount]", "#comments > h2", "#comments > h3", ".comments > h2", ".comments > h3", ".comments-title", "section > h2"),
    pager="a[rel=next], link[rel=next]",
    article=("[itemprop=articleBody]",),
    title=("[itemprop=headline]", "h1[itemprop=name]"),
    byline=("[itemprop=author] [itemprop=name]", "[itemprop=author]"),
    published=("[itemprop=datePublished]", "[itemprop=dateCreated]"),
    categories=("[itemprop=articleSection]",),
    tags=("[itemprop=keywords] a",),
)  # fmt: skip
