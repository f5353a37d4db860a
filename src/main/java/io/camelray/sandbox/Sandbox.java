package io.camelray.sandbox;

import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A simulator of the providers and their storage, on three ports of this machine: the API origin, with Luma at
 * {@code /v1}, GMI at {@code /api/v1/ie/requestqueue/apikey} and the ground truth at {@code /sandbox/ledger} and
 * {@code /sandbox/requests}; Replicate's origin; and the storage origin, where the outputs are. Nothing it does costs
 * money. Everything it runs is a daemon thread.
 */
public final class Sandbox implements AutoCloseable {

    private final LocalServer api;
    private final LocalServer replicate;
    private final LocalServer storage;
    private final GroundTruth truth;
    private final Deque<AutoCloseable> parts;

    private Sandbox(
            LocalServer api,
            LocalServer replicate,
            LocalServer storage,
            GroundTruth truth,
            Deque<AutoCloseable> parts) {
        this.api = api;
        this.replicate = replicate;
        this.storage = storage;
        this.truth = truth;
        this.parts = parts;
    }

    /** Starts a sandbox. @throws SandboxException if a port is taken or the state file is unusable */
    public static Sandbox start(SandboxOptions options) {
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        try {
            return start(options, parts);
        } catch (RuntimeException e) {
            close(parts);
            throw e;
        }
    }

    private static Sandbox start(SandboxOptions options, Deque<AutoCloseable> parts) {
        JobBook jobs = new JobBook(options.stateFile());
        LocalServer api = kept(parts, new LocalServer("API", options.apiPort()));
        LocalServer storage = kept(parts, new LocalServer("storage", options.storagePort()));
        LocalServer replicate =
                kept(parts, new LocalServer("Replicate", options.replicate().port()));
        ArtefactStore artefacts = kept(parts, new ArtefactStore(options.outputBytes()));
        GroundTruth truth = new GroundTruth(jobs, options.clock());
        FailureInjector failures = new FailureInjector(options.failures());
        OutputUrls urls = new OutputUrls(storage.origin(), options, secret());
        URI elsewhere = storage.origin().resolve("/redirected");
        JobMaker maker = new JobMaker(jobs, failures, new JobTimer(options.speed()), options.seed());
        MediaInspector inspector = new MediaInspector(options.publicMediaOnly(), options.checkMedia());

        storage.serve(kept(parts, new StorageRoutes(options, urls, jobs, artefacts, failures, truth)));
        LumaRoutes luma = new LumaRoutes(
                options,
                jobs,
                maker,
                new FailureReplies(failures, ErrorStyle.LUMA, elsewhere),
                inspector,
                urls,
                artefacts::prepare);
        GmiRoutes gmi = new GmiRoutes(
                options,
                jobs,
                maker,
                new FailureReplies(failures, ErrorStyle.GMI, elsewhere),
                inspector,
                urls,
                artefacts::prepare);
        api.serve(new ApiOrigin("api", ErrorStyle.LUMA, truth, List.of(luma, gmi)));

        ReplicateView view = new ReplicateView(urls, options.replicate(), replicate.origin());
        ReplicateWebhooks webhooks =
                kept(parts, new ReplicateWebhooks(options.clock(), jobs, view, failures, new WebhookSender(secret())));
        ReplicateRoutes predictions = new ReplicateRoutes(
                options,
                jobs,
                maker,
                new FailureReplies(failures, ErrorStyle.REPLICATE, elsewhere),
                inspector,
                view,
                replicate.origin(),
                webhooks,
                artefacts::prepare);
        replicate.serve(new ApiOrigin("replicate", ErrorStyle.REPLICATE, truth, List.of(predictions)));
        return new Sandbox(api, replicate, storage, truth, parts);
    }

    private static <T extends AutoCloseable> T kept(Deque<AutoCloseable> parts, T part) {
        parts.push(part);
        return part;
    }

    private static byte[] secret() {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return secret;
    }

    public int apiPort() {
        return api.port();
    }

    /** What a Luma client takes for the base URL, with {@code /v1}. */
    public URI lumaBaseUrl() {
        return api.origin().resolve("/v1");
    }

    /** What a GMI client takes for the base URL: the origin, without the queue's path. */
    public URI gmiBaseUrl() {
        return api.origin();
    }

    /** What a Replicate client takes for the base URL, with {@code /v1}. */
    public URI replicateBaseUrl() {
        return replicate.origin().resolve("/v1");
    }

    /** The origin of every output's URL; no API key may ever be sent there. */
    public URI storageBaseUrl() {
        return storage.origin();
    }

    /** What really happened until now. */
    public SandboxLedger ledger() {
        return truth.ledger();
    }

    /** The last thousand requests to any origin, the oldest first. */
    public List<WireEntry> requests() {
        return truth.requests();
    }

    /** Stops all servers and cuts open connections. */
    @Override
    public void close() {
        close(parts);
    }

    private static void close(Deque<AutoCloseable> parts) {
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                throw new SandboxException("a part of the sandbox does not close", e);
            }
        }
    }
}
