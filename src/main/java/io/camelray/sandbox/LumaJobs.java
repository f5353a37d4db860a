package io.camelray.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** Turns an admissible Luma request into a job: what it will show, what it costs, how long it takes, how it ends. */
final class LumaJobs {

    static final String PROVIDER = "luma";

    private final JobBook jobs;
    private final FailureInjector failures;
    private final JobTimer timer;
    private final long seed;

    LumaJobs(JobBook jobs, FailureInjector failures, JobTimer timer, long seed) {
        this.jobs = jobs;
        this.failures = failures;
        this.timer = timer;
        this.seed = seed;
    }

    Job create(LumaRequest request, String account, String requestId, Instant now) {
        ClipSpec clip = clip(request);
        String hash = hash(account, request);
        long twins = jobs.twins(hash);
        // Each job has its own source of chance, so that what runs beside it changes nothing.
        Random random = new Random(seed ^ hash.hashCode() * 0x9E3779B97F4A7C15L ^ twins * 0xC2B2AE3D27D4EB4FL);
        JobTimer.Phases phases = timer.draw(request.type(), clip, random);
        long accepted = now.toEpochMilli();
        long starts = accepted + phases.queued();
        return new Job(
                uuid(random),
                PROVIDER,
                account,
                request.type(),
                request.model(),
                request.prompt(),
                request.abridged(),
                hash,
                requestId,
                accepted,
                starts,
                starts + phases.works(),
                SandboxPrices.micros(request.type(), clip),
                fate(request, clip, twins == 0),
                clip);
    }

    /** What the request asks for; edit and reframe take length, and edit the ratio, from their source. */
    ClipSpec clip(LumaRequest request) {
        Optional<ClipSpec> parent = parent(request).map(Job::clip);
        String parentRatio = parent.map(ClipSpec::ratio).orElse("16:9");
        String ratio = request.isEdit() ? parentRatio : request.text("aspect_ratio", parentRatio);
        int seconds = request.isVideo()
                ? request.seconds()
                : parent.map(ClipSpec::seconds).orElse(5);
        return new ClipSpec(request.resolution(), ratio, seconds, request.hdr(), request.exr());
    }

    private Optional<Job> parent(LumaRequest request) {
        return request.media().values().stream()
                .filter(media -> media.hasNonNull("generation_id"))
                .findFirst()
                .flatMap(media -> jobs.find(media.get("generation_id").asText()));
    }

    private JobFate fate(LumaRequest request, ClipSpec clip, boolean firstTry) {
        if (request.isExtend() && parent(request).map(job -> job.clip().hdr()).orElse(false)) {
            return JobFate.failed("generation_failed");
        }
        FailureInjector.Subject subject =
                new FailureInjector.Subject(request.prompt(), clip.resolution(), request.type());
        return failures.next(FailureStage.JOB, subject)
                .map(rule -> JobFate.of(rule.action(), firstTry))
                .orElse(JobFate.WELL);
    }

    private static String hash(String account, LumaRequest request) {
        try {
            byte[] bytes = (account + "\n" + request.body()).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String uuid(Random random) {
        long high = random.nextLong() & ~0xF000L | 0x4000L;
        long low = random.nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }
}
