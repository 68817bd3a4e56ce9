import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

const page = ".o_one_entrance_overview";
const list = (name) => `${page} .o_field_widget[name=${name}]`;

registry.category("web_tour.tours").add("one_entrance_overview", {
    steps: () => [
        ...stepUtils.goToAppSteps("one_entrance.one_entrance_menu", "open the app"),
        {
            trigger: "[data-menu-xmlid='one_entrance.one_entrance_reporting_menu']",
            run: "click",
        },
        {
            trigger: "[data-menu-xmlid='one_entrance_overview.one_entrance_overview_menu']",
            run: "click",
        },
        {
            content: "one actor is overdue, and that is told in red",
            trigger: `${page} button[data-count=overview_overdue_count]:has(.text-danger):contains(1)`,
            run: "click",
        },
        {
            content: "the number opens the actor behind it, and no other",
            trigger: ".o_list_view .o_data_row:contains(Havnen på oversigten)",
            run() {
                if (document.querySelectorAll(".o_data_row").length !== 1) {
                    throw new Error("The number 1 opens more than one actor");
                }
            },
        },
        {
            trigger: ".o_back_button, .breadcrumb-item a:contains(Where It Stands)",
            run: "click",
        },
        {
            content: "the forgotten actor stands under its postal district",
            trigger: `${list("district_ids")} .o_data_row:contains(8500 Grenaa) button[data-count=unreached_count]`,
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains(Glemt i Grenaa)",
        },
        {
            trigger: ".o_back_button, .breadcrumb-item a:contains(Where It Stands)",
            run: "click",
        },
        {
            content: "the trends are drawn",
            trigger: `${list("held_graph")} canvas`,
        },
        {
            content: "turn the dialogue by leader in Odoo's own pivot",
            trigger: `${page} button[name=action_analyse]:contains(By Leader and Status)`,
            run: "click",
        },
        {
            trigger: ".o_pivot th:contains(Overdue)",
        },
        {
            trigger: ".o_back_button, .breadcrumb-item a:contains(Where It Stands)",
            run: "click",
        },
        {
            content: "sort the leaders by who has most overdue",
            trigger: `${list("leader_ids")} th[data-name=overview_overdue_count]`,
            run: "click",
        },
        {
            trigger: `${list("leader_ids")} th[data-name=overview_overdue_count]`,
            run: "click",
        },
        {
            content: "the director comes first",
            trigger: `${list("leader_ids")} .o_data_row:first button[data-count=name]:contains(Director, Technology)`,
            run: "click",
        },
        {
            content: "and the name leads to the leader's own page",
            trigger: ".o_one_entrance_page .o_field_widget[name=name]:contains(Director, Technology)",
        },
    ],
});

registry.category("web_tour.tours").add("one_entrance_overview_phone", {
    steps: () => [
        {
            content: "leaders and levels are cards, and the page scrolls down, never sideways",
            trigger: `${list("leader_ids")} .o_kanban_record:contains(Director, Technology)`,
            run() {
                const content = document.querySelector(".o_content");
                if (content.scrollWidth > content.clientWidth || document.body.scrollWidth > window.innerWidth) {
                    throw new Error(`The page is ${content.scrollWidth} px wide on ${window.innerWidth} px`);
                }
            },
        },
        {
            trigger: `${list("leader_ids")} .o_kanban_record:contains(Director, Technology) button[data-count=overview_overdue_count]`,
            run: "click",
        },
        {
            trigger: ".o_kanban_record:contains(Havnen på oversigten)",
        },
    ],
});
