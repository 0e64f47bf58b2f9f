"""``provender catalogue update``: publishers' releases fetched, checked, built, verified and only then put in use.

command    what the terminal asks and answers
renewal    the order of things: find, fetch, build, verify, swap; one at a time
place      the folder beside the artifact: downloads, the note of what was fetched, the lock
releases   the table of what publishers release and where (releases.toml)
fetching   one file over HTTPS, resumed where it broke off
addresses  which addresses are asked at all, and how
soundness  whether a downloaded archive is whole and no bomb
"""
