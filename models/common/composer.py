def get_composer(record, template, name, **context):
    """:param mail.template template: what the mail says
    :param str name: of the window
    :param context: what the composer is to know beside it
    :return: the window action that shows a mail about a record before it is sent, to nobody but whom it names
    :rtype: dict
    """
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
