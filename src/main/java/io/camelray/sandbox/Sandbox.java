package io.camelray.sandbox;

import java.net.URI;
import java.security.SecureRandom;
import java.util.List;

/**
 * A simulator of the providers and their storage, on two ports of this machine: the API origin, with Luma at
 * {@code /v1} and the ground truth at {@code /sandbox/ledger} and {@code /sandbox/requests}, and the storage origin,
 * where the outputs are. Nothing it does costs money. Everything it runs is a daemon thread.
 */
public final class Sandbox implements AutoCloseable {

    private final LocalServer api;
    private final LocalServer storage;
    private final ArtefactStore artefacts;
    private final GroundTruth truth;

    private Sandbox(LocalServer api, LocalServer storage, ArtefactStore artefacts, GroundTruth truth) {
        this.api = api;
        this.storage = storage;
        this.artefacts = artefacts;
        this.truth = truth;
    }

    /** Starts a sandbox. @throws SandboxException if a port is taken or the state file is unusable */
    public static Sandbox start(SandboxOptions options) {
        JobBook jobs = new JobBook(options.stateFile());
        LocalServer api = new LocalServer("API", options.apiPort());
        LocalServer storage;
        try {
            storage = new LocalServer("storage", options.storagePort());
        } catch (SandboxException e) {
            api.close();
            throw e;
        }
        ArtefactStore artefacts = new ArtefactStore(options.outputBytes());
        GroundTruth truth = new GroundTruth(jobs, options.clock());
        FailureInjector failures = new FailureInjector(options.failures());
        OutputUrls urls = new OutputUrls(storage.origin(), options, secret());
        storage.serve(new StorageRoutes(options, urls, jobs, artefacts, failures, truth));
        URI elsewhere = storage.origin().resolve("/redirected");
        JobMaker maker = new JobMaker(jobs, failures, new JobTimer(options.speed()), options.seed());
        MediaInspector inspector = new MediaInspector(options.publicMediaOnly(), options.checkMedia());
        LumaRoutes luma = new LumaRoutes(
                options,
                jobs,
                maker,
                new FailureReplies(failures, ErrorStyle.LUMA, elsewhere),
                inspector,
                urls,
                artefacts::prepare);
        api.serve(new ApiOrigin("api", ErrorStyle.LUMA, truth, List.of(luma)));
        return new Sandbox(api, storage, artefacts, truth);
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

    /** The origin of every output's URL; no API key may ever be sent there. */
    public URI storageBaseUrl() {
        return storage.origin();
    }

    /** What really happened until now. */
    public SandboxLedger ledger() {
        return truth.ledger();
    }

    /** The last thousand requests to either origin, the oldest first. */
    public List<WireEntry> requests() {
        return truth.requests();
    }

    /** Stops both servers and cuts open connections. */
    @Override
    public void close() {
        api.close();
        storage.close();
        artefacts.close();
    }
}
