package io.camelray.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A backup of an embedded ledger: one ZIP with the ledger, the receipts and {@code manifest.json}, which names the format,
 * the program's version, the moment and a SHA-256 of each file.
 */
public final class LedgerBackup {

    /** What to do where the ledger is not a file of ours. */
    public static final String NOT_HERE =
            "This ledger is in PostgreSQL, which makes its own consistent backups: use pg_dump, or the server's continuous"
                    + " archiving, and keep ledger/receipts.log of every home beside it";

    private static final int FORMAT = 1;
    private static final String MANIFEST = "manifest.json";
    private static final String LEDGER = "ledger.mv.db";
    private static final String RECEIPTS = "receipts.log";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param at when it was made, at the latest */
    public record Made(Path file, Instant at, long bytes) {}

    private LedgerBackup() {}

    /**
     * Makes a backup while the ledger is in use. What is not complete never has the file's name.
     *
     * @param receipts copied after the ledger, so that no reply is in neither; may be absent
     * @throws OperatorException if the file exists, or the ledger is in a database that others back up
     * @throws IOException if it cannot be written
     */
    public static Made write(Ledger ledger, Path receipts, Path file, Clock clock) throws IOException {
        if (Files.exists(file)) {
            throw new OperatorException(file + " exists already; name another file");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw new OperatorException("There is no folder " + folder);
        }
        // Only its owner can look into it: the ledger holds prompts and signed addresses.
        Path draft = Files.createTempDirectory(folder, ".camel-ray-backup-");
        Path copy = draft.resolve("copy.zip");
        Path whole = draft.resolve("whole.zip");
        try {
            ledger.writeCopy(copy);
            Instant at = clock.instant();
            pack(copy, receipts, whole, at);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
            return new Made(file, at, Files.size(file));
        } finally {
            Files.deleteIfExists(copy);
            Files.deleteIfExists(whole);
            Files.delete(draft);
        }
    }

    private static void pack(Path copy, Path receipts, Path whole, Instant at) throws IOException {
        ObjectNode manifest = JSON.createObjectNode()
                .put("format", FORMAT)
                .put("program", "camel-ray " + version())
                .put("time", at.toString());
        ObjectNode files = manifest.putObject("files");
        try (FileChannel channel = FileChannel.open(whole, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                ZipFile from = new ZipFile(copy.toFile());
                ZipOutputStream to = new ZipOutputStream(Channels.newOutputStream(channel))) {
            ZipEntry database = from.stream()
                    .filter(entry -> entry.getName().endsWith(".mv.db"))
                    .findFirst()
                    .orElseThrow(() -> new ZipException("The database wrote no file"));
            try (InputStream in = from.getInputStream(database)) {
                files.put(LEDGER, add(to, LEDGER, in));
            }
            if (Files.exists(receipts)) {
                try (InputStream in = Files.newInputStream(receipts)) {
                    files.put(RECEIPTS, add(to, RECEIPTS, in));
                }
            }
            to.putNextEntry(new ZipEntry(MANIFEST));
            to.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
            to.closeEntry();
            to.finish();
            channel.force(true);
        }
    }

    static String version() {
        return Optional.ofNullable(LedgerBackup.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }

    /** @return the SHA-256, hexadecimal */
    private static String add(ZipOutputStream zip, String name, InputStream in) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        DigestInputStream digested = new DigestInputStream(in, sha256());
        digested.transferTo(zip);
        zip.closeEntry();
        return HexFormat.of().formatHex(digested.getMessageDigest().digest());
    }

    /**
     * Takes a backup apart, and checks that it is whole.
     *
     * @param folder gets the ledger's file and the receipts
     * @return when it was made
     * @throws OperatorException if it is no backup, of a format that this program does not know, or damaged
     */
    static Instant unpack(Path file, Path folder) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry entry = zip.getEntry(MANIFEST);
            if (entry == null) {
                throw new OperatorException(file + " is no backup of camel-ray: it holds no " + MANIFEST);
            }
            JsonNode manifest;
            try (InputStream in = zip.getInputStream(entry)) {
                manifest = JSON.readTree(in);
            }
            if (manifest.path("format").asInt() != FORMAT) {
                throw new OperatorException(file + " was made by "
                        + manifest.path("program").asText("another program") + " in format "
                        + manifest.path("format").asText("(none)") + "; this program knows format " + FORMAT
                        + ": use that version");
            }
            extract(zip, LEDGER, manifest, folder.resolve(LEDGER));
            if (zip.getEntry(RECEIPTS) != null) {
                extract(zip, RECEIPTS, manifest, folder.resolve(RECEIPTS));
            }
            return Instant.parse(manifest.path("time").asText());
        } catch (ZipException e) {
            throw new OperatorException(file + " is no whole ZIP file: " + e.getMessage());
        }
    }

    private static void extract(ZipFile zip, String name, JsonNode manifest, Path to) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new OperatorException(zip.getName() + " is damaged: it holds no " + name);
        }
        MessageDigest digest = sha256();
        try (InputStream in = zip.getInputStream(entry);
                OutputStream out = new DigestOutputStream(Files.newOutputStream(to), digest)) {
            in.transferTo(out);
        }
        if (!HexFormat.of()
                .formatHex(digest.digest())
                .equals(manifest.path("files").path(name).asText())) {
            throw new OperatorException(zip.getName() + " is damaged: " + name + " is not what was packed");
        }
        try (FileChannel channel = FileChannel.open(to, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The file in an unpacked backup. */
    static Path ledger(Path folder) {
        return folder.resolve(LEDGER);
    }

    /** The file in an unpacked backup, which may be absent. */
    static Path receipts(Path folder) {
        return folder.resolve(RECEIPTS);
    }
}
