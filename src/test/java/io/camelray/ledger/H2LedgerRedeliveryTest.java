package io.camelray.ledger;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.io.TempDir;

class H2LedgerRedeliveryTest extends LedgerRedeliveryContractTest {
    @TempDir
    Path folder;

    private HikariDataSource store;

    @Override
    DataSource open() {
        store = LedgerStore.open("jdbc:h2:file:" + folder.resolve("ledger"), "sa", "");
        return store;
    }

    @Override
    void close() {
        store.close();
    }
}
