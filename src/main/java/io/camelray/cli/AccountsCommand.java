package io.camelray.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The accounts that are configured or that the ledger knows, their limits, and what they are doing. */
@Command(
        name = "accounts",
        description = "Shows the accounts, their limits, and what they are doing.",
        mixinStandardHelpOptions = true)
final class AccountsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private HomeOptions options;

    @Override
    public Integer call() throws IOException, InterruptedException {
        JsonNode accounts = new LedgerAccess(options).status(Optional.empty()).path("accounts");
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            out.println(accounts.toPrettyString());
        } else {
            accounts.forEach(account -> out.println(AccountLine.whole(account)));
        }
        out.flush();
        return ExitStatus.GOOD;
    }
}
