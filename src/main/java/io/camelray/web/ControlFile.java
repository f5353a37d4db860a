package io.camelray.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * How to reach the program that holds a home's ledger: {@code ledger/control.json}, readable by its owner only.
 *
 * @param token a secret
 * @param pid the program's process id
 */
public record ControlFile(int port, String token, long pid) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public static Path in(Path home) {
        return home.resolve("ledger").resolve("control.json");
    }

    void write(Path file) throws IOException {
        ObjectNode node = JSON.createObjectNode();
        node.put("port", port).put("token", token).put("pid", pid);
        Files.createDirectories(file.getParent());
        Path draft = Files.createTempFile(file.getParent(), "control", ".tmp", ownerOnly());
        Files.write(draft, JSON.writeValueAsBytes(node));
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileAttribute<?>[] ownerOnly() {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        Set<PosixFilePermission> mode = PosixFilePermissions.fromString("rw-------");
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)};
    }

    /** What the file says; empty when there is none that can be read. */
    public static Optional<ControlFile> read(Path file) {
        try {
            JsonNode node = JSON.readTree(Files.readAllBytes(file));
            return Optional.of(new ControlFile(
                    node.path("port").asInt(),
                    node.path("token").asText(),
                    node.path("pid").asLong()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "port " + port + " of process " + pid;
    }
}
