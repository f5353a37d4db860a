package io.camelray.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Counts, money, and what waits and why. */
@Command(name = "status", description = "Shows counts, money, and what waits and why.", mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private HomeOptions options;

    @Parameters(index = "0", arity = "0..1", paramLabel = "CAMPAIGN", description = "Only this campaign")
    private Optional<String> campaign = Optional.empty();

    @Override
    public Integer call() throws IOException, InterruptedException {
        JsonNode status = new LedgerAccess(options).status(campaign);
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            out.println(status.toPrettyString());
        } else {
            print(status, out);
        }
        out.flush();
        return ExitStatus.GOOD;
    }

    private static void print(JsonNode status, PrintWriter out) {
        if (status.path("campaigns").isEmpty()) {
            out.println("There are no campaigns yet.");
        }
        for (JsonNode campaign : status.path("campaigns")) {
            JsonNode dollars = campaign.path("dollars");
            out.printf(
                    "%s r%s%s: %s%n",
                    campaign.path("campaign").asText(),
                    campaign.path("revision").asText(),
                    campaign.path("paused").asBoolean() ? " (paused)" : "",
                    counts(campaign, "renders") + drafts(campaign));
            out.printf(
                    "  $%s confirmed, $%s reserved, $%s at risk, of a budget of $%s%n",
                    dollars.path("confirmed").asText(),
                    dollars.path("reserved").asText(),
                    dollars.path("atRisk").asText(),
                    dollars.path("budget").asText());
            for (JsonNode render : campaign.path("attention")) {
                out.printf(
                        "  %s %s is %s: %s%n",
                        render.path("render").asText(),
                        render.path("variant").asText(),
                        render.path("held").asText(render.path("state").asText()),
                        render.path("why").asText());
            }
        }
        status.path("accounts").forEach(account -> out.println(AccountLine.of(account)));
    }

    private static String drafts(JsonNode campaign) {
        return campaign.has("drafts") ? "; drafts: " + counts(campaign, "drafts") : "";
    }

    private static String counts(JsonNode campaign, String of) {
        return campaign.path(of).properties().stream()
                .map(Map.Entry::getKey)
                .map(state -> campaign.path(of).get(state).asText() + " " + state)
                .collect(Collectors.joining(", "));
    }
}
