"""Use cases: what an agent can do, as coroutines over the domain's ports. They run on one loop, the program's own,
which is not the window's; observers are called on that loop's thread."""
