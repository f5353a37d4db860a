package io.camelray.observe;

/**
 * The meters that camel-ray adds to Camel's own, as Micrometer names them; Prometheus writes {@code _} for {@code .}, and
 * adds {@code _total} to counters. Labels: {@code account} is a configured account, {@code state} and {@code outcome} are
 * few fixed words.
 */
public enum MeterName {
    /** Gauge by account and state: renders of accepted campaigns. */
    RENDERS("camelray.renders", "Renders of accepted campaigns by state"),
    /** Counter by account and outcome: {@code POST}s that were decided on. */
    SUBMISSIONS("camelray.submissions", "Submissions by what became of them"),
    /** Counter by account: refusals for a limit, of submissions and of questions. */
    TOO_MANY_REQUESTS("camelray.too.many.requests", "Answers 429 from the provider"),
    /** Timer without a histogram, by account: how much later than planned the provider was asked for a job. */
    POLL_LAG("camelray.poll.lag", "How much later than planned jobs were asked for"),
    /** Gauge by account, seconds: the longest such delay since the last look. */
    POLL_LAG_MAX("camelray.poll.lag.longest", "The longest such delay since the last scrape"),
    /** Timer without a histogram, by account: whole downloads from the provider's storage. */
    DOWNLOADS("camelray.download", "Downloads of outputs from the provider's storage"),
    /** Counter by account, bytes: what these downloads brought. */
    DOWNLOADED("camelray.downloaded", "Bytes downloaded from the provider's storage"),
    /** Counter by account: outputs proven at their destination. */
    STORED_OUTPUTS("camelray.stored.outputs", "Outputs proven at their destination"),
    /** Counter by account, bytes: the same in bytes. */
    STORED("camelray.stored", "Bytes proven at their destination"),
    /** Gauge, seconds; negative once it has ended, NaN when nothing waits: until the first download address ends. */
    EXPIRY("camelray.expiry", "Until the first address of an output ends that is not in the spool yet"),
    /** Gauge: completed renders that are not delivered yet. */
    DELIVERIES_WAITING("camelray.deliveries.waiting", "Completed renders that are not delivered yet"),
    /** Gauge by state (reserved, confirmed, at-risk), US dollars by the price book. */
    MONEY("camelray.money", "US dollars by the price book, over all campaigns"),
    /** Gauge by account: 1 while it submits nothing until somebody lets it. */
    ACCOUNT_PAUSED("camelray.account.paused", "1 while the account is paused"),
    /** Counter: manifests that were rejected since the start. */
    REJECTED_MANIFESTS("camelray.rejected.manifests", "Manifests rejected since the start"),
    /** Gauge: 1 when the ledger answered the last look, else 0, and the ledger's other meters are NaN. */
    LEDGER_UP("camelray.ledger.up", "1 when the ledger answers");

    private final String meter;
    private final String description;

    MeterName(String meter, String description) {
        this.meter = meter;
        this.description = description;
    }

    /** Micrometer's name. */
    public String meter() {
        return meter;
    }

    /** What Prometheus shows as help. */
    public String description() {
        return description;
    }
}
