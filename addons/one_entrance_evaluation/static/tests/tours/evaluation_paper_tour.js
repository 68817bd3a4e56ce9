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

registry.category("web_tour.tours").add("one_entrance_evaluation_paper", {
    steps: () => [
        {
            content: "the measures stand beside the figures",
            trigger: ".o_notebook a[name=figures]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=measure_ids] .o_data_row:contains(Lokalt Erhvervsklima):contains(2023)",
        },
        {
            content: "write what the paper cannot say",
            trigger: ".o_notebook a[name=paper]",
            run: "click",
        },
        {
            trigger: ".alert:contains(To be written)",
        },
        {
            trigger: ".o_field_widget[name=assessment] .odoo-editor-editable",
            run: "editor Ordningen er meningsfuld",
        },
        {
            trigger: ".o_form_button_save:enabled",
            run: "click",
        },
        {
            content: "it is written, and the place for it is gone",
            trigger: ".o_form_saved .tab-pane:not(:has(.alert)) button[name=action_print_paper]",
            run() {
                tellWhatIsDownloaded();
                this.anchor.click();
            },
        },
        {
            content: "wait for the paper",
            trigger: "body[data-downloaded*='paper for the council']",
        },
    ],
});
