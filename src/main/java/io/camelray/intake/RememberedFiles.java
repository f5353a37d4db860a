package io.camelray.intake;

import io.camelray.ledger.LedgerViews;
import io.camelray.model.MediaRef;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The files that were beside a campaign's earlier manifests, as its renders know them. Read once, when first asked. */
final class RememberedFiles {

    private final LedgerViews ledger;
    private final Optional<String> campaign;
    private Map<String, MediaRef.LocalFile> files;

    RememberedFiles(LedgerViews ledger, Optional<String> campaign) {
        this.ledger = ledger;
        this.campaign = campaign;
    }

    Optional<MediaRef.LocalFile> find(String path) {
        if (files == null) {
            files = new HashMap<>();
            campaign.ifPresent(name ->
                    ledger.renders(name, render -> render.request().media().forEach(ref -> {
                        if (ref instanceof MediaRef.LocalFile file) {
                            files.put(file.path(), file);
                        }
                    })));
        }
        return Optional.ofNullable(files.get(path));
    }
}
