package io.camelray.delivery;

import io.camelray.ledger.AccountState;
import io.camelray.ledger.AccountUse;
import io.camelray.ledger.ArchiveLedger;
import io.camelray.ledger.DeliveryLedger;
import io.camelray.ledger.LedgerViews;
import io.camelray.ledger.RenderRecord;
import io.camelray.model.Destination;
import io.camelray.model.Failure;
import io.camelray.model.RenderId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** Remembers what it is told, and tells what it was given. */
final class RecordingLedger implements DeliveryLedger, LedgerViews {

    final List<SecuredFile> secured = new ArrayList<>();
    final List<String> stored = new ArrayList<>();
    final List<String> missing = new ArrayList<>();
    final List<CampaignStatus> reported = new ArrayList<>();
    final List<RenderRecord> renders = new ArrayList<>();
    final List<CampaignStatus> unreported = new ArrayList<>();

    @Override
    public Map<String, ArchiveLedger.Archived> archivedCampaigns() {
        return Map.of();
    }

    @Override
    public void recordSecured(long outputId, SecuredFile file) {
        secured.add(file);
    }

    @Override
    public boolean recordStored(PendingOutput pending, String key, String entityTag) {
        stored.add(pending.outputId() + " " + key);
        return true;
    }

    @Override
    public boolean recordKept(long outputId, String reason) {
        missing.add(outputId + " " + reason);
        return true;
    }

    @Override
    public boolean recordMissing(long outputId, String reason) {
        missing.add(outputId + " " + reason);
        return true;
    }

    @Override
    public void renders(String campaign, Consumer<RenderRecord> consumer) {
        renders.stream().filter(render -> render.campaign().equals(campaign)).forEach(consumer);
    }

    @Override
    public OptionalLong sourceMillis(RenderRecord render) {
        return OptionalLong.empty();
    }

    @Override
    public List<Destination> destinations(String campaign) {
        return List.of();
    }

    @Override
    public boolean hasStored(Destination destination, String key) {
        throw notAsked();
    }

    @Override
    public List<CampaignStatus> unreported() {
        return List.copyOf(unreported);
    }

    @Override
    public void recordReported(CampaignStatus status) {
        reported.add(status);
    }

    @Override
    public Set<String> pausedCampaigns() {
        throw notAsked();
    }

    private static UnsupportedOperationException notAsked() {
        return new UnsupportedOperationException("Delivery has no business asking this");
    }

    @Override
    public List<PendingOutput> claimRendered(int limit, Duration lease) {
        throw notAsked();
    }

    @Override
    public Optional<Instant> nextRendered() {
        throw notAsked();
    }

    @Override
    public boolean awaitsDelivery(long outputId) {
        throw notAsked();
    }

    @Override
    public boolean mayDeliver(long outputId) {
        throw notAsked();
    }

    @Override
    public void releaseOutput(long outputId, Duration delay, String reason) {
        throw notAsked();
    }

    @Override
    public void failOutput(long outputId, Failure failure) {
        throw notAsked();
    }

    @Override
    public void releaseAllLeases() {
        throw notAsked();
    }

    @Override
    public List<FailedRevision> claimFailures(int limit, Duration lease) {
        throw notAsked();
    }

    @Override
    public void settleFailures(FailedRevision failed) {
        throw notAsked();
    }

    @Override
    public void releaseFailures(FailedRevision failed, Duration delay) {
        throw notAsked();
    }

    @Override
    public List<CampaignStatus> campaigns() {
        throw notAsked();
    }

    @Override
    public Optional<CampaignStatus> campaign(String name) {
        throw notAsked();
    }

    @Override
    public Optional<RenderRecord> render(RenderId id) {
        throw notAsked();
    }

    @Override
    public List<AccountUse> accounts() {
        throw notAsked();
    }

    @Override
    public List<AccountState> accountStates() {
        throw notAsked();
    }

    @Override
    public List<OpenWindow> openWindows() {
        return List.of();
    }

    @Override
    public WorkLeft workLeft() {
        throw notAsked();
    }
}
