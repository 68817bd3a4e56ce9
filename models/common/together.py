def is_synced(env):
    """:param odoo.api.Environment env:
    :return: whether actor and history are being written together; only the system may say so
    :rtype: bool
    """
    return env.su and bool(env.context.get("one_entrance_sync"))
