package io.camelray.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.ledger.OperatorException;
import io.camelray.web.Archive;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes campaigns that have wholly ended out of the ledger, into a file. */
@Command(
        name = "archive",
        description = "Takes campaigns that have wholly ended out of the ledger, into a file; what they cost stays.",
        mixinStandardHelpOptions = true)
final class ArchiveCommand implements Callable<Integer> {

    private static final Pattern DAYS = Pattern.compile("([1-9][0-9]{0,4})d");

    @Spec
    private CommandSpec spec;

    @Mixin
    private HomeOptions options;

    @Parameters(arity = "0..*", paramLabel = "CAMPAIGN", description = "Only these; else all that ended before")
    private List<String> campaigns = List.of();

    @Option(
            names = "--before",
            paramLabel = "DAYS|DATE",
            defaultValue = "90d",
            description =
                    "What ended longer ago than so many days, such as 90d (the default), or before a date, such as"
                            + " 2026-08-01, in this machine's time zone; at least a day ago")
    private String before;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "FILE",
            description = "The file of JSON lines to make, compressed with gzip; it must not exist")
    private Path file;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Instant moment = moment(before, Clock.systemDefaultZone());
        ObjectNode done = new LedgerAccess(options)
                .archive(new Archive(moment, campaigns, file.toAbsolutePath().normalize()));
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                options.json() ? done.toPrettyString() : done.path("message").asText());
        out.flush();
        return ExitStatus.GOOD;
    }

    /** @throws OperatorException if it is neither days nor a date */
    static Instant moment(String before, Clock clock) {
        Matcher days = DAYS.matcher(before);
        if (days.matches()) {
            return clock.instant().minus(Duration.ofDays(Long.parseLong(days.group(1))));
        }
        try {
            ZoneId zone = clock.getZone();
            return LocalDate.parse(before).atStartOfDay(zone).toInstant();
        } catch (DateTimeException e) {
            throw new OperatorException(
                    "--before " + before + " is neither days such as 90d nor a date such as 2026-08-01");
        }
    }
}
