"""List the tables of platforms; a new platform is one new file, and one line here."""

from ..platform import Platform
from .blogger import BLOGGER
from .disqus import DISQUS
from .drupal import DRUPAL
from .livejournal import LIVEJOURNAL
from .microformats import MICROFORMATS
from .movable_type import MOVABLE_TYPE
from .schema_org import SCHEMA_ORG
from .wordpress import WORDPRESS

PLATFORMS: tuple[Platform, ...] = (
    WORDPRESS, DISQUS, BLOGGER, MOVABLE_TYPE, DRUPAL, LIVEJOURNAL, SCHEMA_ORG, MICROFORMATS,
)  # fmt: skip
