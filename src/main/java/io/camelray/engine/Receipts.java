package io.camelray.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.model.AttemptToken;
import io.camelray.provider.WireReply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The raw replies to submissions, on disk before anything is made of them: one JSON line each, forced out. What the
 * ledger could not take is replayed from here. Thread-safe.
 */
public final class Receipts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Receipts.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Clock clock;
    private FileChannel channel;

    /**
     * @param file {@code receipts.log}; made when absent
     * @throws UncheckedIOException if it cannot be written
     */
    public Receipts(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
        this.channel = open(file);
    }

    /** @param reply as it came */
    record Receipt(AttemptToken token, String account, WireReply reply) {}

    /** On disk when this returns. @throws UncheckedIOException if it is not */
    synchronized void append(AttemptToken token, String account, WireReply reply) {
        ObjectNode line = JSON.createObjectNode();
        line.put("at", clock.instant().toString());
        line.put("token", token.toString());
        line.put("account", account);
        line.put("status", reply.status());
        line.put("truncated", reply.truncated());
        ObjectNode headers = line.putObject("headers");
        reply.headers().forEach(headers::put);
        line.put("body", reply.body());
        try {
            ByteBuffer bytes = ByteBuffer.wrap((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    /**
     * Hands every receipt to {@code settled}, oldest first, then starts a new file with those that it did not settle,
     * and keeps the old one beside it as {@code receipts.log.1}. A line that a crash cut short is skipped: its reply was
     * never acted on.
     */
    synchronized void replay(Predicate<Receipt> settled) {
        List<Receipt> left = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Receipt receipt = parse(line);
                if (receipt != null && !settled.test(receipt)) {
                    left.add(receipt);
                }
            }
            if (Files.size(file) > 0) {
                channel.close();
                Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
                channel = open(file);
                left.forEach(receipt -> append(receipt.token(), receipt.account(), receipt.reply()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /** Whether the first of them was written before this moment. */
    synchronized boolean isOldestBefore(Instant moment) {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            String first = lines.readLine();
            return first != null
                    && Instant.parse(JSON.readTree(first).path("at").asText()).isBefore(moment);
        } catch (IOException | DateTimeParseException e) {
            LOG.warn("The receipts cannot be looked at now: {}", e.getMessage());
            return false;
        }
    }

    private static Receipt parse(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            node.path("headers")
                    .properties()
                    .forEach(header ->
                            headers.put(header.getKey(), header.getValue().asText()));
            WireReply reply = new WireReply(
                    node.path("status").asInt(),
                    headers,
                    node.path("body").binaryValue(),
                    node.path("truncated").asBoolean());
            return new Receipt(
                    AttemptToken.parse(node.path("token").asText()),
                    node.path("account").asText(),
                    reply);
        } catch (IOException | RuntimeException e) {
            LOG.warn("A line of the receipts is cut short or damaged, and skipped");
            return null;
        }
    }

    private static FileChannel open(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("Closing {} failed: {}", file, e.getMessage());
        }
    }
}
