import {registry} from "@web/core/registry";
import {rpc} from "@web/core/network/rpc";

registry.category("web_tour.tours").add("one_entrance_section_conflict", {
    steps: () => [
        {
            trigger: ".o_field_widget[name=section_ids] .o_data_row:eq(0) button[name=action_open]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=body] .odoo-editor-editable",
            run: "editor My own words",
        },
        {
            content: "meanwhile somebody else saves the same section",
            trigger: ".modal .o_form_button_save",
            async run() {
                const [section] = await rpc("/web/dataset/call_kw/one.entrance.sheet.section/search_read", {
                    model: "one.entrance.sheet.section",
                    method: "search_read",
                    args: [[["sheet_id.partner_id.name", "=", "Havnen i konflikt"]]],
                    kwargs: {fields: ["id"], order: "sequence", limit: 1},
                });
                await rpc("/web/dataset/call_kw/one.entrance.sheet.section/write", {
                    model: "one.entrance.sheet.section",
                    method: "write",
                    args: [[section.id], {body: "<p>Somebody else's words</p>"}],
                    kwargs: {},
                });
            },
        },
        {
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "the second is told",
            trigger: ".modal:contains(has changed the section) .btn-primary",
            run: "click",
        },
        {
            content: "and has lost nothing",
            trigger: ".modal:not(:contains(has changed the section)) .odoo-editor-editable:contains(My own words)",
        },
        {
            trigger: ".modal .o_form_button_cancel",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal)) .o_form_view",
        },
    ],
});
