package io.camelray.ledger;

import io.camelray.ledger.PlanningLedger.PlannedRender;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Tells what makes two planned renders of a campaign the same: 128 bits of SHA-256, short enough for an index. */
final class PlanKeys {
    private final MessageDigest sha256;
    private final String campaign;

    PlanKeys(String campaign) {
        this.campaign = campaign;
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    UUID of(PlannedRender render) {
        add(campaign);
        add(render.step());
        add(render.cell());
        add(render.fingerprint());
        add(Integer.toString(render.generation()));
        markDraft(render.draft());
        return digest();
    }

    /** Names the render of one step and cell within a plan. */
    UUID place(String step, String cell, boolean draft) {
        add(step);
        add(cell);
        markDraft(draft);
        return digest();
    }

    private void markDraft(boolean draft) {
        if (draft) {
            add("draft");
        }
    }

    private UUID digest() {
        ByteBuffer digest = ByteBuffer.wrap(sha256.digest());
        return new UUID(digest.getLong(), digest.getLong());
    }

    private void add(String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        // The length first, so that two different lists of parts never read the same.
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        sha256.update(bytes);
    }
}
