package io.camelray.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.chaos.Books.AttemptRow;
import io.camelray.chaos.Books.OutputRow;
import io.camelray.chaos.Books.RenderRow;
import io.camelray.model.RenderId;
import io.camelray.sandbox.SandboxLedger;
import io.camelray.sandbox.SandboxLedger.Generation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares the ledger and what was stored with what really happened at the provider. */
final class Audit {

    private static final Set<String> ENDED = Set.of("delivered", "failed", "cancelled", "held", "unknown");
    private static final int DOWNLOADS = 6;

    private final Stage stage;
    private final List<Path> homes;
    private final int renders;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    /** @param homes of the programs, none of which runs any more; the first was given a manifest to refuse
     * @param renders how many were asked for */
    Audit(Stage stage, List<Path> homes, int renders) {
        this.stage = stage;
        this.homes = homes;
        this.renders = renders;
    }

    /** @throws AssertionError if anything disagrees; it says what */
    Figures of(Books books, int kills, int pointsReached) throws Exception {
        onlyTheRefusedIsRejected();
        SandboxLedger truth = stage.sandbox().ledger();
        List<Generation> unexplained = unexplained(truth, books);
        List<String> duplicates = duplicates(truth);
        List<String> broken = broken(truth, books);
        List<String> leaks = leaks();

        assertThat(duplicates).as("requests that were paid for twice").isEmpty();
        assertThat(unexplained)
                .as("paid generations that the ledger knows nothing of")
                .isEmpty();
        assertThat(broken).as("objects that are not what the provider made").isEmpty();
        assertThat(leaks).as("places where a secret turned up").isEmpty();
        assertThat(truth.leakedAuthorization()).as("API keys sent to storage").isZero();
        everyRenderHasEnded(books);
        moneyAddsUp(truth, books);
        storedIsWhatIsDelivered(books);
        everyDeliveryWasTold(books);
        return new Figures(
                kills,
                pointsReached,
                books.renders().size(),
                books.renders("delivered"),
                books.renders("unknown"),
                books.renders("failed"),
                books.attempts().size(),
                truth.generations().size(),
                duplicates.size(),
                unexplained.size(),
                broken.size(),
                leaks.size());
    }

    private void onlyTheRefusedIsRejected() throws IOException {
        Path rejected = homes.get(0).resolve("rejected");
        assertThat(filesBelow(rejected)).as("rejected manifests, and why").allSatisfy(file -> assertThat(
                        file.getFileName().toString())
                .as(Files.readString(file))
                .startsWith(Campaigns.REFUSED));
        JsonNode document = json.readTree(
                rejected.resolve(Campaigns.REFUSED + ".errors.json").toFile());
        assertThat(document.path("errors")).isNotEmpty();
        assertThat(document.path("errors").toString())
                .as("what is said about a presigned URL")
                .doesNotContain("canary");
    }

    private void everyRenderHasEnded(Books books) {
        Set<Long> unknown = books.renders().stream()
                .filter(render -> render.state().equals("unknown"))
                .map(RenderRow::id)
                .collect(Collectors.toSet());
        List<RenderRow> open = books.renders().stream()
                .filter(render -> !ENDED.contains(render.state()))
                // A child of an unknown render waits for it, as it must.
                .filter(render -> !(render.state().equals("planned") && !unknown.isEmpty()))
                .toList();
        assertThat(open)
                .as(() -> "renders that still wait for something:\n" + books.historyOf(open)
                        + "\nThe program that ended the work said: "
                        + stage.said().get(stage.said().size() - 1))
                .isEmpty();
        assertThat(books.renders()).as("renders planned").hasSize(renders);
        assertThat(books.attempts("posting")).as("attempts without a verdict").isEmpty();
    }

    /** Generations whose id is in no attempt, less those that an attempt with just this body shows as unknown. */
    private static List<Generation> unexplained(SandboxLedger truth, Books books) {
        Set<String> known = books.attempts().stream()
                .flatMap(attempt -> attempt.job().stream())
                .collect(Collectors.toSet());
        List<JsonNode> unknownBodies = new ArrayList<>(books.attempts("unknown").stream()
                .flatMap(attempt -> attempt.body().stream())
                .toList());
        return truth.generations().stream()
                .filter(generation -> !known.contains(generation.id()))
                .filter(generation -> !unknownBodies.remove(generation.body()))
                .toList();
    }

    private static List<String> duplicates(SandboxLedger truth) {
        Map<String, List<Generation>> paid = truth.generations().stream()
                .filter(generation -> !generation.state().equals("failed"))
                .collect(Collectors.groupingBy(Generation::requestHash));
        return paid.values().stream()
                .filter(twins -> twins.size() > 1)
                .map(twins -> twins.get(0).body() + " as "
                        + twins.stream()
                                .map(twin ->
                                        twin.id() + " (request " + twin.requestId() + ", " + twin.acceptedAt() + ")")
                                .toList())
                .toList();
    }

    private void storedIsWhatIsDelivered(Books books) throws IOException {
        Set<Long> delivered = books.renders().stream()
                .filter(render -> render.state().equals("delivered"))
                .map(RenderRow::id)
                .collect(Collectors.toSet());
        Set<Path> expected = books.outputs().stream()
                .filter(output -> delivered.contains(output.render()))
                .map(this::place)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<Path> found = new TreeSet<>();
        for (Path root : List.of(stage.outputs(), stage.store().folder().resolve("renders"))) {
            found.addAll(filesBelow(root));
        }
        found.removeIf(file -> file.endsWith("manifest.json"));
        assertThat(found.stream().filter(file -> !file.toString().endsWith(".json")))
                .as("objects at their destinations")
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(found.stream().filter(file -> file.toString().endsWith(".json")))
                .as("sidecars")
                .containsExactlyInAnyOrderElementsOf(
                        expected.stream().map(file -> Path.of(file + ".json")).toList());
        // What another node left in its spool is swept when it is started again.
        assertThat(filesBelow(homes.get(0).resolve("spool")))
                .as("files in the spool of the node that ended the work")
                .isEmpty();
    }

    /** At least once: a program that is killed between telling and noting it tells it again, under the same name. */
    private void everyDeliveryWasTold(Books books) throws IOException {
        List<String> told = new ArrayList<>();
        for (Path file : filesBelow(stage.events())) {
            JsonNode event = json.readTree(file.toFile());
            if (event.path("type").asText().equals("io.camelray.render.delivered")) {
                told.add(event.path("data").path("render").asText());
            }
        }
        assertThat(told)
                .as("deliveries that were told")
                .containsExactlyInAnyOrderElementsOf(books.renders().stream()
                        .filter(render -> render.state().equals("delivered"))
                        .map(render -> new RenderId(render.id()).toString())
                        .toList());
    }

    private Path place(OutputRow output) {
        String destination = output.destination();
        return destination.startsWith("s3://")
                ? stage.store()
                        .folder()
                        .resolve(destination.substring("s3://".length()))
                        .resolve(output.key())
                : Path.of(destination.replaceFirst("^file:", "")).resolve(output.key());
    }

    private List<String> broken(SandboxLedger truth, Books books) throws Exception {
        Map<Long, String> jobs = new HashMap<>();
        Set<String> completed = truth.generations().stream()
                .filter(generation -> generation.state().equals("completed"))
                .map(Generation::id)
                .collect(Collectors.toSet());
        for (AttemptRow attempt : books.attempts()) {
            attempt.job().filter(completed::contains).ifPresent(job -> jobs.put(attempt.render(), job));
        }
        List<String> broken = new ArrayList<>();
        for (OutputRow output : books.outputs()) {
            if (output.stored()) {
                String stored = sha256(Files.readAllBytes(place(output)));
                if (!stored.equals(output.sha256()) || !isWhatWasMade(jobs.get(output.render()), stored)) {
                    broken.add(output.key());
                }
            }
        }
        return broken;
    }

    /** Asks the provider for the output anew; the faults of this episode may spoil a download, so several are tried. */
    private boolean isWhatWasMade(String job, String sha256) throws Exception {
        for (int i = 0; i < DOWNLOADS; i++) {
            Optional<byte[]> made = download(job);
            if (made.isPresent() && sha256(made.get()).equals(sha256)) {
                return true;
            }
        }
        return false;
    }

    private Optional<byte[]> download(String job) throws InterruptedException {
        try {
            JsonNode generation = json.readTree(http.send(
                            HttpRequest.newBuilder(URI.create(stage.sandbox().lumaBaseUrl() + "/generations/" + job))
                                    .header("Authorization", "Bearer " + Canaries.API_KEY)
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray())
                    .body());
            HttpResponse<byte[]> file = http.send(
                    HttpRequest.newBuilder(URI.create(generation
                                    .path("output")
                                    .path(0)
                                    .path("url")
                                    .asText()))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            return file.statusCode() == 200 ? Optional.of(file.body()) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void moneyAddsUp(SandboxLedger truth, Books books) {
        Map<String, Long> charged = truth.generations().stream()
                .collect(Collectors.toMap(
                        Generation::id, generation -> generation.charged().micros()));
        long confirmed =
                books.attempts().stream().mapToLong(AttemptRow::confirmed).sum();
        long atRisk = books.attempts().stream()
                .filter(attempt -> attempt.stake().equals("at-risk"))
                .mapToLong(AttemptRow::reserve)
                .sum();
        long chargedForKnown = books.attempts().stream()
                .flatMap(attempt -> attempt.job().stream())
                .mapToLong(job -> charged.getOrDefault(job, 0L))
                .sum();
        assertThat(confirmed)
                .as("what the ledger confirms against what was charged")
                .isEqualTo(chargedForKnown);
        assertThat(books.attempts().stream().filter(attempt -> attempt.stake().equals("reserved")))
                .as("attempts whose money is still reserved though their renders have ended")
                .isEmpty();
        assertThat(books.money())
                .as("the campaigns' sums against their attempts")
                .isEqualTo(new Books.MoneyRow(0, confirmed, atRisk));
        assertThat(truth.total().micros())
                .as("all that was charged is confirmed or at risk")
                .isLessThanOrEqualTo(confirmed + atRisk);
    }

    private List<String> leaks() throws IOException {
        List<String> leaks = new ArrayList<>();
        int number = 0;
        for (String said : stage.said()) {
            addLeaks("what program " + number++ + " said", said, leaks);
        }
        List<Path> files = new ArrayList<>(filesBelow(stage.outputs()));
        files.addAll(filesBelow(stage.store().folder().resolve("renders")));
        files.addAll(filesBelow(stage.events()));
        for (Path home : homes) {
            files.addAll(filesBelow(home));
        }
        for (Path file : files) {
            if (!mayHold(file)) {
                addLeaks(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1), leaks);
            }
        }
        return leaks;
    }

    /** A user's own presigned URL stays in the ledger and in the manifest that named it; videos and pictures are no text. */
    private boolean mayHold(Path file) {
        return file.toString().matches(".*\\.(mp4|png)")
                || homes.stream()
                        .flatMap(home ->
                                Stream.of("ledger", "accepted", "rejected").map(home::resolve))
                        .anyMatch(file::startsWith);
    }

    private static void addLeaks(String place, String text, List<String> leaks) {
        Canaries.ALL.stream().filter(text::contains).forEach(canary -> leaks.add(place + " contains " + canary));
    }

    private static List<Path> filesBelow(Path root) throws IOException {
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(Files::isRegularFile).toList();
        }
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
