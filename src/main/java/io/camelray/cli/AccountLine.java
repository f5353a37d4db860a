package io.camelray.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** One account in one line. */
final class AccountLine {

    private AccountLine() {}

    static String of(JsonNode account) {
        return "account %s: %s of %s jobs, %s of %s requests in the last minute%s"
                .formatted(
                        account.path("account").asText(),
                        account.path("active").asText(),
                        account.path("maxConcurrent").asText(),
                        account.path("inLastMinute").asText(),
                        account.path("requestsPerMinute").asText(),
                        account.has("paused")
                                ? "; paused: " + account.get("paused").asText()
                                : "");
    }
}
