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

registry.category("web_tour.tours").add("one_entrance_handover", {
    steps: () => [
        {
            content: "a leader who holds actors leaves",
            trigger: ".o_form_view .o_cp_action_menus .dropdown-toggle, .o_control_panel .o_cp_action_menus button",
            run: "click",
        },
        {
            trigger: ".o-dropdown--menu .o_menu_item:contains(Archive)",
            run: "click",
        },
        {
            trigger: ".modal .modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "the message offers the handover",
            trigger: ".modal .btn-primary:contains(Hand over the actors)",
            run: "click",
        },
        {
            content: "all the leader's actors are proposed",
            trigger: ".modal .o_field_widget[name=partner_ids] .o_data_row:eq(2)",
        },
        {
            content: "and what will move is said",
            trigger: ".modal .o_field_widget[name=preview]:contains(actors: 3, planned meetings: 1)",
        },
        {
            trigger: ".modal .o_field_widget[name=to_leader_id] input",
            run: "edit Head of Culture",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Head of Culture)",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "edit Ny stilling",
        },
        {
            content: "hand over, and print what the next leader should know",
            trigger: ".modal button[name=action_hand_over_and_print]",
            run({click}) {
                tellWhatIsDownloaded();
                return click();
            },
        },
        {
            trigger: "body[data-downloaded*='pdf']:not(:has(.modal))",
        },
        {
            content: "the leader holds nobody any more",
            trigger: ".o_form_view button[name=action_open_actors]",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_view_nocontent, .o_list_view:not(:has(.o_data_row))",
        },
    ],
});
