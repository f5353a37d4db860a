package io.camelray.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.cli.Terminal.Colour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The status document as tables for people. */
final class StatusView {

    private final Terminal terminal;

    StatusView(Terminal terminal) {
        this.terminal = terminal;
    }

    List<String> lines(JsonNode status) {
        List<String> lines = new ArrayList<>();
        if (status.path("campaigns").isEmpty()) {
            lines.add("There are no campaigns yet.");
        } else {
            lines.addAll(campaigns(status.path("campaigns")).lines(terminal));
        }
        Table waiting = waiting(status.path("campaigns"));
        if (!waiting.isEmpty()) {
            lines.add("");
            lines.addAll(waiting.lines(terminal));
        }
        if (!status.path("accounts").isEmpty()) {
            lines.add("");
            status.path("accounts").forEach(account -> lines.add(account(account)));
        }
        return lines;
    }

    private String account(JsonNode account) {
        return terminal.paint(account.has("paused") ? Colour.RED : Colour.PLAIN, AccountLine.of(account));
    }

    private static Table campaigns(JsonNode campaigns) {
        Table table = new Table(
                "CAMPAIGN",
                ">REV",
                ">DELIVERED",
                ">GOING ON",
                ">WAITING",
                ">ATTENTION",
                ">SPENT",
                ">RESERVED",
                ">AT RISK",
                ">BUDGET",
                "");
        for (JsonNode campaign : campaigns) {
            JsonNode dollars = campaign.path("dollars");
            int attention = count(campaign, "held", "unknown", "failed");
            String risk = dollars.path("atRisk").asText();
            table.row()
                    .cell(campaign.path("campaign").asText(), Colour.BOLD)
                    .cell("r" + campaign.path("revision").asText())
                    .cell(delivered(campaign), isWhole(campaign) ? Colour.GREEN : Colour.PLAIN)
                    .cell(number(count(campaign, "submitting", "rendering", "rendered")))
                    .cell(number(count(campaign, "planned")))
                    .cell(number(attention), attention > 0 ? Colour.YELLOW : Colour.PLAIN)
                    .cell("$" + dollars.path("confirmed").asText())
                    .cell("$" + dollars.path("reserved").asText())
                    .cell("$" + risk, risk.matches("[0.]+") ? Colour.PLAIN : Colour.YELLOW)
                    .cell("$" + dollars.path("budget").asText())
                    .cell(counts(campaign));
        }
        return table;
    }

    /** What the columns before do not say apart: each state by its name. */
    private static String counts(JsonNode campaign) {
        List<String> counts = new ArrayList<>();
        if (campaign.path("paused").asBoolean()) {
            counts.add("paused");
        }
        if (campaign.has("archived")) {
            counts.add("archived");
        }
        campaign.path("renders")
                .properties()
                .forEach(entry -> counts.add(entry.getValue().asText() + " " + entry.getKey()));
        if (campaign.has("secondsLeft")) {
            long seconds = campaign.path("secondsLeft").asLong();
            counts.add("about " + TimeLeft.words(Duration.ofSeconds(seconds)) + " left");
        }
        List<String> drafts = new ArrayList<>();
        campaign.path("drafts")
                .properties()
                .forEach(entry -> drafts.add(entry.getValue().asText() + " " + entry.getKey()));
        return String.join(", ", counts) + (drafts.isEmpty() ? "" : "; drafts: " + String.join(", ", drafts));
    }

    private static String delivered(JsonNode campaign) {
        return campaign.path("renders").path("delivered").asInt() + "/"
                + campaign.path("total").asInt();
    }

    private static boolean isWhole(JsonNode campaign) {
        return campaign.path("renders").path("delivered").asInt()
                == campaign.path("total").asInt();
    }

    private static int count(JsonNode campaign, String... states) {
        int count = 0;
        for (String state : states) {
            count += campaign.path("renders").path(state).asInt()
                    + campaign.path("drafts").path(state).asInt();
        }
        return count;
    }

    private static String number(int count) {
        return count == 0 ? "-" : String.valueOf(count);
    }

    private static Table waiting(JsonNode campaigns) {
        Table table = new Table("RENDER", "CAMPAIGN", "VARIANT", "STEP", "STATE", "WHY");
        for (JsonNode campaign : campaigns) {
            for (JsonNode render : campaign.path("attention")) {
                String state = render.path("state").asText();
                String held = render.path("held").asText("");
                table.row()
                        .cell(render.path("render").asText(), Colour.BOLD)
                        .cell(campaign.path("campaign").asText())
                        .cell(render.path("variant").asText())
                        .cell(render.path("step").asText())
                        .cell(
                                held.isEmpty() ? state : state + ": " + held,
                                state.equals("failed") ? Colour.RED : Colour.YELLOW)
                        .cell(render.path("why").asText());
            }
        }
        return table;
    }
}
