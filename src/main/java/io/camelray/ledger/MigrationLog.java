package io.camelray.ledger;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the migration has to say, for whoever debugs it: twelve lines at each start say nothing to an operator, and a
 * migration that fails throws. Public only because Flyway creates it by its name.
 */
public final class MigrationLog implements LogCreator {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerDatabase.class);

    @Override
    public Log createLogger(Class<?> type) {
        return new Quiet();
    }

    private static final class Quiet implements Log {

        @Override
        public void debug(String message) {
            LOG.trace(message);
        }

        @Override
        public void info(String message) {
            LOG.debug(message);
        }

        @Override
        public void warn(String message) {
            LOG.debug(message);
        }

        @Override
        public void error(String message) {
            LOG.warn(message);
        }

        @Override
        public void error(String message, Exception cause) {
            LOG.warn(message, cause);
        }

        @Override
        public void notice(String message) {
            LOG.debug(message);
        }
    }
}
