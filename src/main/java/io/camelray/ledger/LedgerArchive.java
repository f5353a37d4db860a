package io.camelray.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.ledger.ArchiveLedger.Ended;
import io.camelray.ledger.ArchiveLedger.Row;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Writes campaigns that have wholly ended into a file of JSON lines, compressed with gzip, and then takes their rows out of
 * the ledger. The file is complete, on the disk, read back and in its place before the first row goes. The first line says
 * what the file is, the last one how many there are of what.
 */
public final class LedgerArchive {

    /** Nothing younger is archived: a provider's window, or a callback, may still be about it. */
    public static final Duration YOUNGEST = Duration.ofDays(1);

    private static final int FORMAT = 1;
    private static final String TYPE = "type";
    private static final String END = "end";
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What was done.
     *
     * @param campaigns those that are archived now
     * @param changed those that are in the file, and changed while it was written: they stay in the ledger
     * @param lines of the file, by kind
     * @param sha256 of the file, hexadecimal
     * @param removed renders that are not in the ledger any more, those included that an earlier archiving left behind
     */
    public record Made(
            Path file,
            List<String> campaigns,
            List<String> changed,
            Map<String, Long> lines,
            long bytes,
            String sha256,
            long removed) {}

    private LedgerArchive() {}

    /**
     * Archives what ended before a moment; the ledger may be in use. What an earlier call left behind is removed as well.
     *
     * @param campaigns only these; empty for all that have ended
     * @return empty if there is nothing to archive: no file is written then
     * @throws OperatorException if the file exists, the moment is less than a day ago, or a campaign that is named
     *     cannot be archived
     * @throws IOException if the file cannot be written or does not read as it was written: nothing is removed then
     */
    public static Optional<Made> write(
            Ledger ledger, Instant before, Collection<String> campaigns, Path file, Clock clock) throws IOException {
        Instant now = clock.instant();
        if (before.isAfter(now.minus(YOUNGEST))) {
            throw new OperatorException("Only what ended at least a day ago can be archived, not what ended before "
                    + before + "; say --before 1d or more");
        }
        if (Files.exists(file)) {
            throw new OperatorException(file + " exists already; name another file");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw new OperatorException("There is no folder " + folder);
        }
        List<Ended> ended = ledger.archivable(before, campaigns);
        if (ended.isEmpty()) {
            ledger.removeArchived();
            return Optional.empty();
        }
        // Only its owner can look into it: it holds prompts.
        Path draft = Files.createTempFile(folder, ".camel-ray-archive-", ".part");
        try {
            Map<String, Long> lines = new TreeMap<>();
            String written = write(ledger, ended, draft, lines, now, before);
            prove(draft, lines, written);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
        return Optional.of(finish(ledger, ended, before, file));
    }

    private static Made finish(Ledger ledger, List<Ended> ended, Instant before, Path file) throws IOException {
        reachDisk(file.toAbsolutePath().getParent());
        Map<String, Long> lines = new TreeMap<>();
        String sha256 = read(file, lines);
        List<Ended> marked = ledger.markArchived(ended, before, file);
        long removed = ledger.removeArchived();
        return new Made(
                file,
                names(marked),
                names(ended.stream().filter(one -> !marked.contains(one)).toList()),
                lines,
                Files.size(file),
                sha256,
                removed);
    }

    private static List<String> names(List<Ended> campaigns) {
        return campaigns.stream().map(Ended::campaign).toList();
    }

    /** @return the SHA-256 of what was written */
    private static String write(
            Ledger ledger, List<Ended> ended, Path draft, Map<String, Long> lines, Instant now, Instant before)
            throws IOException {
        MessageDigest digest = sha256();
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            // The file is to be synced when all of it has been written, and only then closed.
            FilterOutputStream open = new FilterOutputStream(Channels.newOutputStream(channel)) {
                @Override
                public void write(byte[] bytes, int from, int count) throws IOException {
                    out.write(bytes, from, count);
                }

                @Override
                public void close() throws IOException {
                    flush();
                }
            };
            try (Writer out = new BufferedWriter(new OutputStreamWriter(
                    new GZIPOutputStream(new DigestOutputStream(open, digest), 1 << 16), StandardCharsets.UTF_8))) {
                ObjectNode first = JSON.createObjectNode()
                        .put(TYPE, "archive")
                        .put("format", FORMAT)
                        .put("program", "camel-ray " + LedgerBackup.version())
                        .put("at", now.toString())
                        .put("before", before.toString());
                line(out, first, "archive", lines);
                for (Ended campaign : ended) {
                    ledger.archiveRows(campaign, row -> line(out, row, lines));
                }
                ObjectNode last = JSON.createObjectNode().put(TYPE, END);
                lines.forEach(last::put);
                line(out, last, END, lines);
            }
            channel.force(true);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void line(Writer out, Row row, Map<String, Long> lines) {
        ObjectNode document = JSON.createObjectNode().put(TYPE, row.table());
        row.values().forEach((column, value) -> document.set(column, JSON.valueToTree(value)));
        try {
            line(out, document, row.table(), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void line(Writer out, ObjectNode document, String kind, Map<String, Long> lines) throws IOException {
        out.write(JSON.writeValueAsString(document));
        out.write('\n');
        lines.merge(kind, 1L, Long::sum);
    }

    /** @throws IOException if what is in the file is not what was written */
    private static void prove(Path file, Map<String, Long> lines, String written) throws IOException {
        Map<String, Long> found = new TreeMap<>();
        String sha256 = read(file, found);
        if (!found.equals(lines) || !sha256.equals(written)) {
            throw new IOException("it does not read as it was written: " + found + " instead of " + lines);
        }
    }

    /** Reads every line. @return the SHA-256 of the file */
    private static String read(Path file, Map<String, Long> lines) throws IOException {
        MessageDigest digest = sha256();
        try (DigestInputStream whole = new DigestInputStream(Files.newInputStream(file), digest)) {
            BufferedReader in = new BufferedReader(
                    new InputStreamReader(new GZIPInputStream(whole, 1 << 16), StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                JsonNode document = JSON.readTree(line);
                lines.merge(document.path(TYPE).asText(), 1L, Long::sum);
            }
            // What the decompression did not ask for.
            whole.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** So that the name is as durable as the file; where folders cannot be synced, the file system does so by itself. */
    private static void reachDisk(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows opens no folders; nothing else can be done there.
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
