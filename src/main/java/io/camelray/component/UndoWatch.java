package io.camelray.component;

import io.camelray.ledger.Ledger;
import io.camelray.ledger.LedgerViews.OpenWindow;
import io.camelray.ledger.OperatorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes back what is in an undo window when its accepted manifest is deleted. A manifest is filed only after it was
 * accepted, so that only a file that was seen can be missed; what is deleted while no program runs goes unnoticed.
 */
final class UndoWatch {

    private static final Logger LOG = LoggerFactory.getLogger(UndoWatch.class);

    private final Ledger ledger;
    private final Path home;
    private final Set<Path> seen = new HashSet<>();

    UndoWatch(Ledger ledger, Path home) {
        this.ledger = ledger;
        this.home = home;
    }

    void look() {
        List<OpenWindow> windows = ledger.openWindows();
        seen.retainAll(windows.stream().map(this::manifest).toList());
        for (OpenWindow window : windows) {
            Path manifest = manifest(window);
            if (Files.exists(manifest)) {
                seen.add(manifest);
            } else if (seen.remove(manifest)) {
                undo(window);
            }
        }
    }

    private void undo(OpenWindow window) {
        try {
            int cancelled = ledger.undo(window.campaign()).cancelled();
            LOG.info("The manifest of {} was deleted in time: {} renders are cancelled", window.campaign(), cancelled);
        } catch (OperatorException e) {
            LOG.warn("{} was deleted too late: {}", manifest(window), e.getMessage());
        }
    }

    private Path manifest(OpenWindow window) {
        return home.resolve("accepted")
                .resolve(window.campaign())
                .resolve("r" + window.revision())
                .resolve(window.source());
    }
}
