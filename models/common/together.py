def is_synced(env):
    """Whether the system is writing actor and history together; a user's own context cannot say so."""
    return env.su and bool(env.context.get("one_entrance_sync"))
