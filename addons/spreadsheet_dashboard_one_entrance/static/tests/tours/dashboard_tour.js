import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

registry.category("web_tour.tours").add("spreadsheet_dashboard_one_entrance", {
    steps: () => [
        ...stepUtils.goToAppSteps("one_entrance.one_entrance_menu", "open the app"),
        {
            trigger: "[data-menu-xmlid='one_entrance.one_entrance_reporting_menu']",
            run: "click",
        },
        {
            trigger: "[data-menu-xmlid='spreadsheet_dashboard_one_entrance.spreadsheet_dashboard_menu']",
            run: "click",
        },
        {
            content: "it is among Odoo's dashboards, in Danish",
            trigger: ".o_search_panel li.active:contains(Overblik)",
        },
        {
            content: "the plots are drawn",
            trigger: ".o-figure canvas",
        },
        {
            content: "a figure of the tables is a button",
            trigger: ".o-dashboard-clickable-cell",
            run: "click",
        },
        {
            content: "it opens the actor behind it",
            trigger: ".o_list_view .o_data_row:contains(Havnen på oversigten)",
        },
        {
            trigger: ".o_back_button, .breadcrumb-item a:contains(Overblik)",
            run: "click",
        },
        {
            trigger: ".o-figure canvas",
        },
    ],
});
