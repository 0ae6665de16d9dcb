"""MediaWiki as it is: titles, conflicts, deleted pages, and talk."""

import pytest

from tests.channels.contract import CommentsContract, EditingContract
from tests.servers.mediawiki import MediaWikiServer
from wardline.channels import Connection

pytestmark = pytest.mark.xdist_group("mediawiki")


class TestMediaWiki(EditingContract, CommentsContract):
    slug = "mediawiki"

    @pytest.fixture
    def connection(self, mediawiki: MediaWikiServer) -> Connection:
        return mediawiki.connection("User:Admin")

    @pytest.fixture
    def visitor(self, mediawiki: MediaWikiServer) -> MediaWikiServer:
        return mediawiki
