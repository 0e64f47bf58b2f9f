"""A publisher on this machine: what it serves and how it misbehaves is set by each test; none asks the network."""

import io
import re
import zipfile
from contextlib import suppress
from hashlib import sha256
from http.server import BaseHTTPRequestHandler

PAGE = "/download-datasets"
NUTRIENTS = '"id","name","unit_name","nutrient_nbr"\n"1008","Energy","KCAL","208"\n"1090","Magnesium, Mg","MG","304"\n'
TYPES = {
    "foundation": "foundation_food",
    "sr_legacy": "sr_legacy_food",
    "survey": "survey_fndds_food",
    "branded": "branded_food",
}


def fdc_zip(kind, count, first=1, **more):
    """A small release of FoodData Central: ``count`` foods of one type; ``more`` are other members."""
    rows = [f'"{first + i}","{TYPES[kind]}","{kind} food {first + i}","2024-10-31"\n' for i in range(count)]
    amounts = [f'"{first + i}","1008","{100 + i}"\n' for i in range(count)]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {
            "food.csv": '"fdc_id","data_type","description","publication_date"\n' + "".join(rows),
            "nutrient.csv": NUTRIENTS,
            "food_nutrient.csv": '"fdc_id","nutrient_id","amount"\n' + "".join(amounts),
            **more,
        }.items():
            archive.writestr(zipfile.ZipInfo(f"FoodData_Central_{kind}/{name}"), text, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def fdc_path(kind, release):
    return f"/fdc-datasets/FoodData_Central_{kind}_food_csv_{release}.zip"


class Publisher:
    """What a test's publisher serves.

    Attributes:
        files: Body by path.
        ranges: Whether parts of a file can be had.
        tags: Whether entity tags are sent.
        days: Last-Modified by path; none is sent for others.
        cut: Bytes of a body after which the connection breaks off, an answer each; then whole again.
        status: Status by path, answered instead of the file, in turn; then the file.
        forbidden_methods: Answered with 405.
        redirects: Address by path.
        lengthless: Whether lengths are left out.
        falsely_ranged: Content-Range that is sent instead of the right one.
        asked: (method, path, Range) of each request.
    """

    def __init__(self):
        self.files, self.days, self.redirects, self.status = {}, {}, {}, {}
        self.ranges = self.tags = True
        self.lengthless = False
        self.cut, self.asked, self.agents, self.forbidden_methods = [], [], set(), set()
        self.falsely_ranged = ""
        self.during = None
        self.url = ""

    def release(self, kind, release, body, *, linked=True):
        self.files[fdc_path(kind, release)] = body
        if linked:
            self.link(fdc_path(kind, release))
        return body

    def link(self, href):
        page = self.files.get(PAGE, b"<html>")
        self.files[PAGE] = page + f'<a class="download" href="{href}" rel="external">CSV</a>\n'.encode()

    def fetched(self):
        return [path for method, path, _ in self.asked if method == "GET" and path.endswith(("zip", "gz"))]

    def tag(self, path):
        return f'"{sha256(self.files[path]).hexdigest()[:16]}"'


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.answer()

    def answer(self):
        pub, path = self.server.publisher, self.path
        pub.asked.append((self.command, path, self.headers["Range"]))
        pub.agents.add(self.headers["User-Agent"])
        refusal = self.refusal(pub, path)
        if refusal:
            self.send_response(refusal)
            if path in pub.redirects:
                self.send_header("Location", pub.redirects[path])
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send(pub, path)

    def refusal(self, pub, path):
        if self.command in pub.forbidden_methods:
            return 405
        if path in pub.redirects:
            return 302
        if pub.status.get(path) and self.command == "GET":
            return pub.status[path].pop(0)
        return None if path in pub.files else 404

    def send(self, pub, path):
        body, start = pub.files[path], 0
        wanted = re.fullmatch(r"bytes=(\d+)-", self.headers["Range"] or "")
        same = self.headers["If-Range"] in (None, pub.tag(path) if pub.tags else pub.days.get(path))
        if pub.ranges and wanted and same:
            start = int(wanted[1])
            if start >= len(body):
                self.send_response(416)
                self.send_header("Content-Range", f"bytes */{len(body)}")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self.send_response(206)
            right = f"bytes {start}-{len(body) - 1}/{len(body)}"
            self.send_header("Content-Range", pub.falsely_ranged or right)
        else:
            self.send_response(200)
        if pub.tags:
            self.send_header("ETag", pub.tag(path))
        if path in pub.days:
            self.send_header("Last-Modified", pub.days[path])
        if not pub.lengthless:
            self.send_header("Content-Length", str(len(body) - start))
        self.end_headers()
        if self.command == "HEAD":
            return
        if pub.during:
            pub.during(path)
        rest = body[start:]
        cut = pub.cut.pop(0) if pub.cut and path.endswith(("zip", "gz")) else None
        with suppress(ConnectionError):  # whoever asked may have seen enough
            self.wfile.write(rest if cut is None else rest[:cut])
        self.close_connection = True
