package io.camelray.ledger;

import static io.camelray.ledger.LedgerFixture.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2LedgerParentsTest extends LedgerParentsContractTest {
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

    @Test
    void whatWaitsForParentsIsNotReadToFindWhatIsDueAndChildrenAreFoundByTheirIndex() {
        planHeroWithChildren(3000);
        Jdbi.create(store).useHandle(handle -> {
            String due = handle.createQuery("EXPLAIN ANALYZE " + RenderTable.DUE)
                    .bind("revision", 1)
                    .bind("account", ACCOUNT)
                    .bind("now", Long.MAX_VALUE)
                    .bind("limit", 5)
                    .mapTo(String.class)
                    .one();
            assertThat(due).contains("RAY_RENDER_DUE").contains("index sorted");
            assertThat(due).as("one render is due, and no other is looked at").containsPattern("scanCount: [12] ");
            String count = handle.createQuery("EXPLAIN " + ParentTable.COUNT_CHILDREN)
                    .bind("parent", 1)
                    .mapTo(String.class)
                    .one();
            assertThat(count).contains("RAY_PARENT_CHILDREN").doesNotContain("tableScan");
        });
    }
}
