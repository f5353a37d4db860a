package io.camelray.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Finds the account behind an {@code Authorization} header, in the words of the provider. */
final class Accounts {

    private static final String SCHEME = "Bearer ";
    private static final String MISSING = "Missing or invalid API key";

    private final List<Account> accounts = new ArrayList<>();
    private final boolean open;
    private final String prefix;

    /** @param prefix what every key of the provider begins with */
    Accounts(SandboxOptions options, String prefix, int requests, Duration window) {
        this.prefix = prefix;
        open = options.accounts().isEmpty();
        List<SandboxAccount> known = open ? List.of(SandboxAccount.of("default")) : options.accounts();
        known.forEach(account ->
                accounts.add(new Account(account, new RateWindow(requests, window), options.maxConcurrent())));
    }

    /** @param header may be null */
    Verdict identify(String header) {
        if (header == null || !header.startsWith(SCHEME + prefix) || header.equals(SCHEME)) {
            return new Verdict.Refused(401, MISSING);
        }
        if (open) {
            return new Verdict.Known(accounts.get(0));
        }
        String key = header.substring(SCHEME.length());
        for (Account account : accounts) {
            SandboxAccount.KeyState state = account.settings().keys().get(key);
            if (state != null) {
                return judge(account, state);
            }
        }
        return new Verdict.Refused(401, "Invalid API key");
    }

    private static Verdict judge(Account account, SandboxAccount.KeyState state) {
        return switch (state) {
            case REVOKED -> new Verdict.Refused(401, "API key has been revoked");
            case EXPIRED -> new Verdict.Refused(401, "API key has expired");
            case VALID ->
                switch (account.settings().status()) {
                    case SUSPENDED -> new Verdict.Refused(403, "API client is suspended");
                    case DEACTIVATED -> new Verdict.Refused(403, "API client is deactivated");
                    case ACTIVE -> new Verdict.Known(account);
                };
        };
    }

    /** An account at work. */
    record Account(SandboxAccount settings, RateWindow window, int maxConcurrent) {

        String name() {
            return settings.name();
        }

        /** Whether the money left, with every unfinished job's price reserved, is enough. */
        boolean affords(Draft draft, JobBook jobs, Instant now) {
            return settings.balance()
                    .map(balance ->
                            jobs.chargedMicros(draft.provider(), name(), now) + draft.priceMicros() <= balance.micros())
                    .orElse(true);
        }
    }

    /** Who calls, or why nobody may. */
    sealed interface Verdict {
        record Known(Account account) implements Verdict {}

        record Refused(int status, String detail) implements Verdict {}
    }
}
