package io.camelray.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.assets.AssetSettings;
import io.camelray.assets.MediaProbe;
import io.camelray.ledger.AccountLimits;
import io.camelray.ledger.DailyBudget;
import io.camelray.ledger.JdbcLedger;
import io.camelray.ledger.LedgerClock;
import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.ledger.SubmissionLedger.AccountRegistration;
import io.camelray.model.Destination;
import io.camelray.model.Money;
import io.camelray.model.ProviderName;
import io.camelray.pricing.PriceBooks;
import io.camelray.rules.RuleBook;
import io.camelray.rules.UrlPolicy;
import io.camelray.sandbox.EmbeddedS3;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** What is not beside the manifest is part of a render's identity by its bytes, and is looked into once for a plan. */
class SameContentTest {

    private static final String BUCKET = "assets";

    @TempDir
    Path home;

    private final AtomicInteger asked = new AtomicInteger();
    private EmbeddedS3 store;
    private S3Client client;

    @BeforeEach
    void start() throws Exception {
        store = EmbeddedS3.start(Files.createDirectories(home.resolve("s3")), BUCKET, "id", "secret");
        client = S3Client.builder()
                .endpointOverride(store.endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(store.accessKey(), store.secretKey())))
                .overrideConfiguration(config -> config.addExecutionInterceptor(new ExecutionInterceptor() {
                    @Override
                    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes more) {
                        asked.incrementAndGet();
                    }
                }))
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        store.close();
    }

    @Test
    void changed_bytes_under_the_same_name_make_another_render_and_the_same_bytes_elsewhere_do_not() throws Exception {
        put("in/mug.png", picture(64));
        List<String> first = fingerprints("s3://assets/in/mug.png", 1);
        put("in/copy.png", picture(64));
        assertThat(fingerprints("s3://assets/in/copy.png", 1)).isEqualTo(first);

        put("in/mug.png", picture(65));
        assertThat(fingerprints("s3://assets/in/mug.png", 1)).doesNotContainAnyElementsOf(first);
    }

    @Test
    void one_image_of_a_thousand_variants_is_asked_for_as_often_as_that_of_one() throws Exception {
        put("in/mug.png", picture(64));
        asked.set(0);
        assertThat(fingerprints("s3://assets/in/mug.png", 1)).hasSize(1);
        int once = asked.getAndSet(0);

        assertThat(fingerprints("s3://assets/in/mug.png", 1000)).hasSize(1000).doesNotHaveDuplicates();
        assertThat(asked).hasValue(once);
        assertThat(once).isPositive();
    }

    @Test
    void a_manifest_dropped_again_with_freshly_signed_addresses_makes_no_new_render() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:same;DB_CLOSE_DELAY=-1");
        DailyBudget budget = new DailyBudget(Money.dollars("100"), ZoneOffset.UTC);
        JdbcLedger ledger = new JdbcLedger(database, LedgerClock.system(), budget);
        ledger.registerAccount(
                new AccountRegistration("luma", ProviderName.LUMA, "https://api.example.com", AccountLimits.DEFAULT));
        Planner planner = new Planner(ledger, settings(), RuleBook.standard(), PriceBooks.standard());

        assertThat(added(planner, signed("mug.png", "1"))).isEqualTo(1);
        assertThat(added(planner, signed("mug.png", "2"))).isZero();
        assertThat(added(planner, signed("cup.png", "3"))).isEqualTo(1);
    }

    private static int added(Planner planner, String image) {
        String text = "campaign: signed\nprompt: A mug\nstartFrame: '" + image + "'\n";
        PlanResult result = planner.plan(new ManifestSource("signed.yaml", text.getBytes(StandardCharsets.UTF_8)));
        return ((PlanResult.Accepted) result).added();
    }

    private static String signed(String name, String signature) {
        String now = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(Instant.now());
        return "https://b.s3.amazonaws.com/" + name + "?X-Amz-Date=" + now + "&X-Amz-Expires=7200&X-Amz-Signature="
                + signature;
    }

    private List<String> fingerprints(String image, int variants) {
        RecordingLedger ledger = new RecordingLedger();
        AssetSettings assets = AssetSettings.defaults(home.resolve("scratch"))
                .withAllowed(List.of(Destination.parse("s3://assets/in")));
        try (MediaProbe probe = new MediaProbe(assets, () -> client, Clock.systemUTC())) {
            PlanMedia media = new PlanMedia(Optional.empty(), Optional.of(probe), UrlPolicy.PUBLIC, true);
            String takes =
                    IntStream.range(0, variants).mapToObj(String::valueOf).collect(Collectors.joining(", "));
            String text = "campaign: same\nprompt: A mug {{take}}\nstartFrame: " + image + "\nmatrix: { take: [" + takes
                    + "] }\n";
            PlanResult result = new Planner(ledger, settings(), RuleBook.standard(), PriceBooks.standard(), media)
                    .plan(new ManifestSource("same.yaml", text.getBytes(StandardCharsets.UTF_8)));
            assertThat(result).isInstanceOf(PlanResult.Accepted.class);
        }
        return ledger.renders().stream().map(PlannedRender::fingerprint).toList();
    }

    private static PlanningSettings settings() {
        PlanningSettings base = Manifests.settings();
        return new PlanningSettings(
                base.provider(),
                base.accounts(),
                base.allowedAccounts(),
                base.hdrAccess(),
                Money.dollars("1000"),
                base.maxRenders(),
                base.stopAfterFailures(),
                base.deliverTo(),
                base.deliverAllowed(),
                List.of(Destination.parse("s3://assets/in")));
    }

    private void put(String key, byte[] bytes) {
        client.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromBytes(bytes));
    }

    private static byte[] picture(int side) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB), "png", out);
        return out.toByteArray();
    }
}
