package io.camelray.chaos;

/** The moments around each durable step at which the program is killed. */
enum KillPoint {
    BEFORE_PLAN_IS_WRITTEN("ledger.JdbcLedger", "draft", Side.LEAVE, 1),
    AFTER_PLAN_IS_ACCEPTED("intake.Planner", "write", Side.LEAVE, 1),
    BEFORE_INTENT("ledger.JdbcLedger", "bind", Side.ENTER),
    AFTER_INTENT("ledger.JdbcLedger", "bind", Side.LEAVE),
    BEFORE_POST("engine.SubmitTransport", "post", Side.ENTER),
    AFTER_REPLY("engine.SubmitTransport", "post", Side.LEAVE),
    BEFORE_RECEIPT("engine.Receipts", "append", Side.ENTER),
    AFTER_RECEIPT("engine.Receipts", "append", Side.LEAVE),
    BEFORE_ID("ledger.JdbcLedger", "recordAccepted", Side.ENTER),
    AFTER_ID("ledger.JdbcLedger", "recordAccepted", Side.LEAVE),
    BEFORE_RENDERED("ledger.JdbcLedger", "recordRendered", Side.ENTER),
    AFTER_RENDERED("ledger.JdbcLedger", "recordRendered", Side.LEAVE),
    BEFORE_FIRST_BYTE("assets.GuardedDownload", "fetch", Side.ENTER),
    AFTER_FIRST_BYTES("assets.PartFile", "append", Side.LEAVE),
    AFTER_LAST_BYTE("assets.PartFile", "complete", Side.LEAVE),
    AFTER_KEPT("delivery.Spool", "keep", Side.LEAVE),
    BEFORE_SECURED("ledger.JdbcLedger", "recordSecured", Side.ENTER),
    BEFORE_UPLOAD("delivery.Securing", "secure", Side.LEAVE),
    AFTER_UPLOAD("delivery.Proving", "prove", Side.ENTER),
    BEFORE_SIDECAR("delivery.Sidecar", "document", Side.LEAVE),
    AFTER_SIDECAR("ledger.JdbcLedger", "recordStored", Side.ENTER),
    AFTER_PROOF("ledger.JdbcLedger", "recordStored", Side.LEAVE),
    AFTER_SPOOL_IS_CLEARED("delivery.Proving", "prove", Side.LEAVE),
    BEFORE_EVENT_IS_SETTLED("ledger.JdbcLedger", "settleEvent", Side.ENTER),
    AFTER_EVENT_IS_SETTLED("ledger.JdbcLedger", "settleEvent", Side.LEAVE);

    enum Side {
        ENTER,
        LEAVE
    }

    private final String type;
    private final String method;
    private final Side side;
    private final int passes;

    KillPoint(String type, String method, Side side) {
        this(type, method, side, 3);
    }

    KillPoint(String type, String method, Side side, int passes) {
        this.type = "io.camelray." + type;
        this.method = method;
        this.side = side;
        this.passes = passes;
    }

    /** The class that must have the method; a test sees to it that a renamed one is noticed. */
    String type() {
        return type;
    }

    String method() {
        return method;
    }

    /** How often one start passes it at least, with the work that a campaign of the suite brings. */
    int passes() {
        return passes;
    }

    /** @param times at which of its passes the program stops there */
    String agentArgument(int times, String marker) {
        return String.join("#", type, method, side.name(), String.valueOf(times), marker);
    }
}
