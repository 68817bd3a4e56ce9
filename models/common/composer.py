def get_composer(record, template, name, **context):
    """Return the window action, called ``name``, that composes a mail about a record without notifying followers."""
    return record.env["mail.compose.message"]._get_records_action(
        name=name,
        target="new",
        context={
            "default_model": record._name,
            "default_res_ids": record.ids,
            "default_template_id": template.id,
            "default_composition_mode": "comment",
            "default_notify_skip_followers": True,
            **context,
        },
    )
