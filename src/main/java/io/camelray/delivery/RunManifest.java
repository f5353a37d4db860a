package io.camelray.delivery;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.assets.ContentDigests;
import io.camelray.assets.FolderStore;
import io.camelray.assets.ObjectStore;
import io.camelray.ledger.LedgerViews;
import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.ledger.RenderRecord;
import io.camelray.model.Destination;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes {@code <campaign>/r<revision>/manifest.json} to where a campaign delivers, when its run has come to an end: every
 * render of it, and every file with its place, length and hash. A destination that is away is tried again once a minute.
 * Constant memory; one thread.
 */
public final class RunManifest {

    private static final Logger LOG = LoggerFactory.getLogger(RunManifest.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final LedgerViews views;
    private final Supplier<ObjectStore> objectStore;
    private final FolderStore reports;
    private final Clock clock;
    private final Map<String, Instant> notBefore = new HashMap<>();
    private final ObjectMapper json = JsonMapper.builder()
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    /**
     * @param objectStore asked for only when a destination is a bucket
     * @param home of the program; a copy of each manifest stays in the folder {@code reports} in it
     */
    public RunManifest(LedgerViews views, Supplier<ObjectStore> objectStore, Path home, Clock clock) {
        this.views = views;
        this.objectStore = objectStore;
        this.reports = new FolderStore(home.resolve("reports"));
        this.clock = clock;
    }

    /** @return whether it is written; if not, call again later, as often as you like */
    public boolean write(CampaignStatus status) {
        Instant until = notBefore.get(status.campaign());
        if (until != null && clock.instant().isBefore(until)) {
            return false;
        }
        try {
            List<Destination> destinations = views.destinations(status.campaign());
            if (!destinations.isEmpty()) {
                write(status, destinations);
            }
            notBefore.remove(status.campaign());
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "The manifest.json of campaign {} cannot be written now, that is tried again: {}",
                    status.campaign(),
                    e.getMessage());
            notBefore.put(status.campaign(), clock.instant().plus(PAUSE));
            return false;
        }
    }

    private void write(CampaignStatus status, List<Destination> destinations) throws IOException {
        String run = status.campaign() + "/r" + status.revision();
        Path document = reports.write(run + ".manifest.json", out -> document(status, out));
        ContentDigests content = ContentDigests.of(document);
        String key = run + "/manifest.json";
        for (Destination destination : destinations) {
            if (destination instanceof Destination.Bucket bucket) {
                objectStore.get().put(bucket.name(), bucket.prefix() + key, Sidecar.CONTENT_TYPE, document, content);
            } else {
                new FolderStore(((Destination.Folder) destination).path()).write(key, out -> Files.copy(document, out));
            }
        }
    }

    private void document(CampaignStatus status, OutputStream out) throws IOException {
        JsonGenerator generator = json.getFactory()
                .createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .useDefaultPrettyPrinter();
        generator.writeStartObject();
        generator.writeStringField("campaign", status.campaign());
        generator.writeNumberField("revision", status.revision());
        generator.writeStringField("source", status.source());
        generator.writeStringField("manifestDigest", status.manifestDigest());
        generator.writeStringField("acceptedAt", status.acceptedAt().toString());
        generator.writeStringField("writtenAt", clock.instant().toString());
        generator.writeBooleanField("aiGenerated", true);
        generator.writeStringField("digitalSourceType", Sidecar.DIGITAL_SOURCE_TYPE);
        generator.writeStringField("disclosure", Sidecar.DISCLOSURE);
        generator.writeArrayFieldStart("renders");
        try {
            views.renders(status.campaign(), render -> {
                try {
                    json.writeTree(generator, tree(render));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        generator.writeEndArray();
        generator.writeEndObject();
        generator.flush();
    }

    private static ObjectNode tree(RenderRecord render) {
        ObjectNode node = RecordJson.object();
        node.put("render", render.id().toString());
        node.put("step", render.step());
        node.put("variant", render.label());
        node.set("cell", Findings.tree(render.cell()));
        node.put("state", render.state().label());
        if (render.draft()) {
            node.put("draft", true);
        }
        render.failure().ifPresent(failure -> node.set("failure", RecordJson.failure(failure)));
        var outputs = node.putArray("outputs");
        render.outputs().stream()
                .filter(output -> output.storedAt().isPresent())
                .forEach(output -> outputs.add(RecordJson.output(output)));
        return node;
    }
}
