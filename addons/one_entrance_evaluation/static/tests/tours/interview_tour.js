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
const question = (words) => `.js_question-wrapper:contains(${words})`;
const next = ".o_survey_form_content button[type=submit]:not(.disabled)";

registry.category("web_tour.tours").add("one_entrance_interview", {
    steps: () => [
        {
            content: "nobody has answered yet",
            trigger:
                ".o_field_widget[name=actor_interview_ids] .o_data_row:contains(Havnen på tur):contains(Not Begun)",
        },
        {
            content: "conduct the interview with the harbour",
            trigger:
                ".o_field_widget[name=actor_interview_ids] .o_data_row:contains(Havnen på tur) button[name=action_one_entrance_open]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "the questions' own page opens",
            trigger: ".o_survey_start button[type=submit]:not(.disabled)",
            run: "click",
        },
        {
            trigger: `${question("Of how much value")} label:contains(4)`,
            run: "click",
        },
        {
            trigger: next,
            run: "click",
        },
        {
            trigger: `${question("were held")} input`,
            run: "edit 2",
        },
        {
            trigger: next,
            run: "click",
        },
        {
            trigger: `${question("What should change")} textarea`,
            run: "edit Flere møder på tur",
        },
        {
            trigger: `${question("May we quote")} label:contains(Yes)`,
            run: "click",
        },
        {
            trigger: next,
            run: "click",
        },
        {
            content: "and say that this was all",
            trigger: ".modal .modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "it is answered once",
            trigger: ".o_survey_finished:not(:has(a[href*='/survey/retry/']))",
        },
        {
            trigger: ".o_survey_finished .o_one_entrance_back",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "the round shows who is missing",
            trigger: ".o_field_widget[name=actor_interview_ids] .o_data_row:contains(Havnen på tur):contains(Answered)",
        },
        {
            trigger: "button[name=action_open_missing]",
            run: "click",
        },
        {
            content: "the other actor, and what the contact leader is to answer",
            trigger: ".o_list_view .o_group_header:contains(Director, Technology)",
        },
        {
            content: "back on the round, the paper for the council is printed",
            trigger: ".o_back_button, .breadcrumb-item:contains(Evaluering på tur) a",
            run: "click",
        },
        {
            trigger: ".o_form_view a.nav-link[name=paper]",
            run: "click",
        },
        {
            trigger: "button[name=action_print_paper]:visible",
            run() {
                tellWhatIsDownloaded();
                this.anchor.click();
            },
        },
        {
            content: "wait for the paper",
            trigger: "body[data-downloaded*='Evaluering på tur']",
        },
    ],
});
