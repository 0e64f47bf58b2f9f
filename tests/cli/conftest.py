from http.server import ThreadingHTTPServer
from threading import Thread

import pytest
from publishing import Handler, Publisher


@pytest.fixture
def publisher(monkeypatch):
    """A publisher that serves until the test ends."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    made = Publisher()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.publisher = made
    made.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
    thread.join()
