package io.camelray.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** One account in words. */
final class AccountLine {

    private AccountLine() {}

    /** What it is doing, in one line. */
    static String of(JsonNode account) {
        String name = account.path("account").asText();
        if (!account.has("active")) {
            return "account %s: not used yet".formatted(name);
        }
        return "account %s: %s of %s jobs, %s of %s requests in the last minute%s"
                .formatted(
                        name,
                        account.path("active").asText(),
                        account.path("maxConcurrent").asText(),
                        account.path("inLastMinute").asText(),
                        account.path("requestsPerMinute").asText(),
                        account.has("paused")
                                ? "; paused: " + account.get("paused").asText()
                                : "");
    }

    /** The same, and what the account is: several lines. */
    static String whole(JsonNode account) {
        StringBuilder text = new StringBuilder(of(account));
        String access = account.path("configured").asBoolean()
                ? (account.path("keySet").asBoolean() ? "key set" : "no key") + ", HDR access "
                        + account.path("hdr").asText()
                : "not configured here";
        text.append("\n  %s at %s, %s"
                .formatted(
                        account.path("provider").asText(),
                        account.path("baseUrl").asText(),
                        access));
        if (account.has("active")) {
            text.append("\n  %s on the wire of %s at once"
                    .formatted(
                            account.path("posting").asText(),
                            account.path("maxPosting").asText()));
            limit(text, account, "maxConcurrent", "jobs at once");
            limit(text, account, "requestsPerMinute", "requests a minute");
        }
        if (account.has("coolingUntil")) {
            text.append("\n  submits nothing before ")
                    .append(account.get("coolingUntil").asText());
        }
        return text.toString();
    }

    private static void limit(StringBuilder text, JsonNode account, String name, String unit) {
        text.append("\n  %s %s configured"
                .formatted(account.path("configuredLimits").path(name).asText(), unit));
        JsonNode learned = account.path("learnedLimits").path(name);
        if (learned.has("limit")) {
            text.append(", %s learned".formatted(learned.path("limit").asText()));
        }
        if (learned.has("until")) {
            text.append(", believed until ").append(learned.get("until").asText());
        }
    }
}
