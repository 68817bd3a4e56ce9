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

registry.category("web_tour.tours").add("one_entrance_letters", {
    steps: () => [
        {
            content: "the register as a list",
            trigger:
                ".o_kanban_view .o_cp_switch_buttons .o_switch_view.o_list, .o_control_panel .o_switch_view.o_list",
            run: "click",
        },
        {
            content: "the actors that wait for the letter",
            trigger: ".o_list_view .o_searchview_dropdown_toggler",
            run: "click",
        },
        {
            trigger: ".o_filter_menu .o_menu_item:contains(Waiting for the Letter)",
            run: "click",
        },
        {
            trigger: ".o_searchview_facet:contains(Waiting for the Letter)",
        },
        {
            content: "those with the letter are not among them",
            trigger: ".o_list_view:has(.o_data_row:contains(Broen)):not(:contains(Brevet er sendt))",
        },
        {
            content: "all of them",
            trigger: ".o_list_view thead .o_list_record_selector input",
            run: "click",
        },
        {
            trigger:
                ".o_control_panel button[name=action_one_entrance_letters], .o_list_buttons button[name=action_one_entrance_letters]",
            run: "click",
        },
        {
            content: "how many get a letter, and how many cannot",
            trigger:
                ".modal .o_field_widget[name=summary]:contains(Actors that get a letter: 2. Actors that cannot get one: 1.)",
        },
        {
            content: "who cannot, and why",
            trigger:
                ".modal .o_field_widget[name=problem_line_ids] .o_data_row:contains(Uden adresse):contains(postal address lacks street)",
        },
        {
            content: "its name opens it, over the wizard",
            trigger: ".modal .o_field_widget[name=problem_line_ids] button:contains(Uden adresse)",
            run: "click",
        },
        {
            trigger: ".modal:not(.o_inactive_modal) .o_field_widget[name=city] input",
            run: "edit Grenaa",
        },
        {
            trigger: ".modal:not(.o_inactive_modal) .o_form_button_save",
            run: "click",
        },
        {
            content: "what was mended is seen",
            trigger:
                ".modal .o_field_widget[name=problem_line_ids] .o_data_row:contains(Uden adresse):contains(lacks street and zip)",
        },
        {
            content: "by mail, others can",
            trigger: ".modal .o_field_widget[name=method] input[data-value=mail]",
            run: "click",
        },
        {
            trigger:
                ".modal .o_field_widget[name=problem_line_ids] .o_data_row:contains(Broen):contains(no mail address)",
        },
        {
            content: "on paper, then",
            trigger: ".modal .o_field_widget[name=method] input[data-value=print]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=fit_line_ids] .o_data_row:contains(Broen)",
        },
        {
            content: "print",
            trigger: ".modal button[name=action_print]:contains(Print Letters)",
            run({click}) {
                tellWhatIsDownloaded();
                return click();
            },
        },
        {
            content: "it is shown how far it is, and nothing can be clicked",
            trigger: ".o_one_entrance_letter_progress",
        },
        {
            content: "the PDF has arrived",
            trigger: "body[data-downloaded$='.pdf']:not(:has(.o_one_entrance_letter_progress))",
        },
        {
            content: "the letters went out today",
            trigger: ".modal .o_field_widget[name=sent_date] :is(button, input)",
        },
        {
            trigger: ".modal button[name=action_sent]",
            run: "click",
        },
        {
            trigger: ".o_notification:contains(Letters recorded as sent)",
        },
        {
            content: "they do not wait any more",
            trigger: ".o_list_view:has(.o_data_row:contains(Uden adresse)):not(:contains(Broen))",
        },
        {
            trigger: ".o_searchview_facet:contains(Waiting for the Letter) .o_facet_remove",
            run: "click",
        },
        {
            content: "step 1 is reached",
            trigger: ".o_list_view .o_data_row:contains(Broen):contains(1. Letter Sent)",
        },
    ],
});
