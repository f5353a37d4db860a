package io.camelray.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;

/** Turns a draft into a job: its ids, how long it takes, how it ends. */
final class JobMaker {

    private static final String BASE_32 = "abcdefghjkmnpqrstvwxyz0123456789";
    private static final int SHORT_ID = 26;

    private final JobBook jobs;
    private final FailureInjector failures;
    private final JobTimer timer;
    private final long seed;

    JobMaker(JobBook jobs, FailureInjector failures, JobTimer timer, long seed) {
        this.jobs = jobs;
        this.failures = failures;
        this.timer = timer;
        this.seed = seed;
    }

    /** Makes the job and enters it into the book. */
    Job make(Draft draft, String requestId, Instant now) {
        String hash = hash(draft);
        long twins = jobs.twins(hash);
        // Each job has its own source of chance, so that what runs beside it changes nothing.
        Random random = new Random(seed ^ hash.hashCode() * 0x9E3779B97F4A7C15L ^ twins * 0xC2B2AE3D27D4EB4FL);
        JobTimer.Phases phases = timer.draw(draft.type(), draft.clip(), random);
        long accepted = now.toEpochMilli();
        long starts = accepted + phases.queued();
        long deadline =
                draft.cancelAfter().map(after -> accepted + after.toMillis()).orElse(0L);
        String id = draft.provider() == Provider.REPLICATE ? shortId(random) : uuid(random);
        Job job = new Job(
                id,
                chainId(draft.provider(), id, random),
                draft.provider().wireName(),
                draft.account(),
                draft.type(),
                draft.model(),
                draft.prompt(),
                Abridged.of(draft.body()),
                hash,
                requestId,
                accepted,
                starts,
                starts + phases.works(),
                deadline,
                draft.priceMicros(),
                fate(draft, twins == 0),
                draft.clip());
        Job kept = deadline == 0 ? job : job.stoppedAt(deadline);
        jobs.add(kept);
        return kept;
    }

    private JobFate fate(Draft draft, boolean firstTry) {
        return draft.fate().orElseGet(() -> failures.next(FailureStage.JOB, draft.subject())
                .map(rule -> JobFate.of(rule.action(), draft.provider(), firstTry))
                .orElse(JobFate.WELL));
    }

    private static String hash(Draft draft) {
        try {
            byte[] bytes = (draft.account() + "\n" + draft.body()).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** At Replicate nothing can be built on an output. */
    private static String chainId(Provider provider, String id, Random random) {
        return switch (provider) {
            case LUMA -> id;
            case GMI -> uuid(random);
            case REPLICATE -> null;
        };
    }

    private static String uuid(Random random) {
        long high = random.nextLong() & ~0xF000L | 0x4000L;
        long low = random.nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    private static String shortId(Random random) {
        StringBuilder id = new StringBuilder(SHORT_ID);
        for (int i = 0; i < SHORT_ID; i++) {
            id.append(BASE_32.charAt(random.nextInt(BASE_32.length())));
        }
        return id.toString();
    }
}
