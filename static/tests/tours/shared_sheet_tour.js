import {download} from "@web/core/network/download";
import {registry} from "@web/core/registry";

// A download leaves no trace on the page: note the name of the file that came.
const tellWhatIsDownloaded = () => {
    const original = download._download;
    download._download = async (options) => {
        document.body.dataset.downloaded = await original(options);
        download._download = original;
    };
};

registry.category("web_tour.tours").add("one_entrance_shared_sheet", {
    steps: () => [
        {
            content: "nothing is shared yet",
            trigger: "button[name=action_print_shared]",
            run: "click",
        },
        {
            content: "it is said what to do",
            trigger: ".modal:contains(Shared with the actor beforehand) .modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "add a section for the actor",
            trigger:
                "body:not(:has(.modal)) .o_field_widget[name=section_ids] .o_field_x2many_list_row_add a, .o_field_widget[name=section_ids] .o_field_x2many_list_row_add button",
            run: "click",
        },
        {
            trigger: ".o_selected_row .o_field_widget[name=theme_id] input",
            run: "edit Partnerships",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Partnerships)",
            run: "click",
        },
        {
            trigger: ".o_selected_row .o_field_widget[name=audience] input",
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:contains(Shared with the actor beforehand)",
            run: "click",
        },
        {
            trigger: ".o_form_button_save:enabled",
            run: "click",
        },
        {
            content: "write in it",
            trigger: ".o_form_saved .o_data_row:contains(Shared with the actor beforehand) button[name=action_open]",
            run: "click",
        },
        {
            content: "it is said who reads it",
            trigger: ".modal .alert:contains(the actor reads this text before the meeting)",
        },
        {
            trigger: ".modal .o_field_widget[name=body] .odoo-editor-editable",
            run: "editor Hvad kan vi sammen",
        },
        {
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal)) .o_data_row:contains(Hvad kan vi sammen)",
        },
        {
            content: "print it for the actor",
            trigger: "button[name=action_print_shared]",
            run({click}) {
                tellWhatIsDownloaded();
                return click();
            },
        },
        {
            content: "the PDF has arrived",
            trigger: "body[data-downloaded*='Themes for our meeting']",
        },
    ],
});
