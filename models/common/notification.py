def get_notification(message, then=None, warning=False):
    """Return the client action that shows a message and goes on with the action ``then``; a warning stays until closed."""
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": {
            "type": "warning" if warning else "success",
            "sticky": warning,
            "message": message,
            **({"next": then} if then else {}),
        },
    }
