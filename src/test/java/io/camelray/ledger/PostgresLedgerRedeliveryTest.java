package io.camelray.ledger;

import javax.sql.DataSource;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresServer.class)
class PostgresLedgerRedeliveryTest extends LedgerRedeliveryContractTest {
    private final PostgresServer.Database database;

    PostgresLedgerRedeliveryTest(PostgresServer.Database database) {
        this.database = database;
    }

    @Override
    DataSource open() {
        return database.emptyStore();
    }

    /** The next test uses it again. */
    @Override
    void close() {}
}
