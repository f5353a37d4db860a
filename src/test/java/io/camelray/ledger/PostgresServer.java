package io.camelray.ledger;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests a database on one real PostgreSQL server that all tests of a run share, as durable as in earnest. */
public final class PostgresServer implements ParameterResolver {

    private static final class Running implements AutoCloseable {
        private final EmbeddedPostgres server;

        Running() {
            try {
                // The library's own defaults forget commits.
                this.server = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("full_page_writes", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL does not start", e);
            }
        }

        @Override
        public void close() throws IOException {
            // Or it would have too much to write for the few seconds that it is given to stop.
            Jdbi.create(server.getPostgresDatabase()).useHandle(handle -> handle.execute("CHECKPOINT"));
            server.close();
        }
    }

    /** A database of one test class. */
    public static final class Database implements AutoCloseable {
        private static final String USER = "postgres";

        private final EmbeddedPostgres server;
        private final String name;
        private HikariDataSource store;

        private Database(EmbeddedPostgres server, String name) {
            this.server = server;
            this.name = name;
            Jdbi.create(server.getPostgresDatabase()).useHandle(handle -> handle.execute("CREATE DATABASE " + name));
        }

        public String url() {
            return "jdbc:postgresql://localhost:" + server.getPort() + "/" + name;
        }

        public HikariDataSource open() {
            return LedgerStore.open(url(), USER, "");
        }

        /** Runs on a connection of its own, which may do anything on this server. */
        public Jdbi asSuperuser() {
            return Jdbi.create(server.getDatabase(USER, name));
        }

        /** A store without a render in it, on connections that all tests of the class share. */
        public HikariDataSource emptyStore() {
            if (store == null) {
                store = open();
                return store;
            }
            asSuperuser().useTransaction(handle -> {
                // Few rows are removed faster than tables are truncated, which makes some sixty files anew.
                handle.createQuery(
                                """
                                SELECT tablename FROM pg_tables
                                 WHERE tablename LIKE 'ray\\_%' AND tablename <> 'ray_schema_history'
                                 ORDER BY tablename = 'ray_campaign'""")
                        .mapTo(String.class)
                        .forEach(table -> handle.execute("DELETE FROM " + table));
            });
            return store;
        }

        @Override
        public void close() {
            if (store != null) {
                store.close();
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Database.class;
    }

    @Override
    public Database resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Namespace ours = Namespace.create(PostgresServer.class);
        Running running =
                context.getRoot().getStore(ours).getOrComputeIfAbsent("server", key -> new Running(), Running.class);
        String name = context.getRequiredTestClass().getSimpleName().toLowerCase(Locale.ROOT);
        return context.getRoot()
                .getStore(ours)
                .getOrComputeIfAbsent(name, key -> new Database(running.server, name), Database.class);
    }
}
