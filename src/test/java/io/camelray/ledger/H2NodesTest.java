package io.camelray.ledger;

import static io.camelray.ledger.LedgerFixture.ACCOUNT;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import javax.sql.DataSource;

/** On H2 whoever joins knows that all others are dead: two programs cannot have the file at a time. */
class H2NodesTest extends NodesContractTest {
    private HikariDataSource store;

    @Override
    DataSource open() {
        store = LedgerStore.open("jdbc:h2:mem:", "sa", "");
        return store;
    }

    @Override
    void close() {
        store.close();
    }

    @Override
    void takeOver() {
        heir.ledger.join("heir");
        heir.ledger.abandonSubmissions("the program ended");
        heir.ledger.takeOver(List.of(ACCOUNT));
    }
}
