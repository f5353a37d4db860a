package io.camelray.cli;

import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.model.RenderState;
import io.camelray.sandbox.FailurePlan;
import io.camelray.sandbox.Sandbox;
import io.camelray.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;

/** The program as {@code run} starts it, with its status page on any free port, at a sandbox of its own. */
final class PagedProgram implements AutoCloseable {

    private final Sandbox sandbox;
    private final Program program;
    private final String address;

    private PagedProgram(Sandbox sandbox, Program program) {
        this.sandbox = sandbox;
        this.program = program;
        program.preflight(program.configure());
        program.servePage();
        program.start();
        this.address = program.page().orElseThrow();
    }

    static PagedProgram start(Path home, FailurePlan failures) {
        Sandbox sandbox = Sandbox.start(
                SandboxOptions.builder().speed(100).failures(failures).build());
        HomeOptions options =
                CommandLine.populateCommand(new HomeOptions(), "--home", home.toString(), "--set", "ray.page.port=0");
        return new PagedProgram(
                sandbox,
                new Program(
                        options,
                        options.home("work"),
                        Map.of(
                                "camel.component.ray.luma-api-key", "luma-api-canary",
                                "camel.component.ray.luma-base-url",
                                        sandbox.lumaBaseUrl().toString(),
                                "camel.component.ray.initial-poll-delay", "100",
                                "camel.component.ray.poll-interval", "100",
                                "ray.download.allow-private", "true"),
                        true));
    }

    Program program() {
        return program;
    }

    Sandbox sandbox() {
        return sandbox;
    }

    /** Of the page, with a slash at its end. */
    String address() {
        return address;
    }

    void drop(String name, String manifest) throws IOException {
        Inbox.in(program.home()).drop(name, manifest.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    int count(String campaign, RenderState state) {
        return program.component()
                .ledger()
                .campaign(campaign)
                .map(status -> status.count(state))
                .orElse(0);
    }

    int drafts(String campaign, RenderState state) {
        return program.component()
                .ledger()
                .campaign(campaign)
                .map(CampaignStatus::drafts)
                .map(drafts -> drafts.getOrDefault(state, 0))
                .orElse(0);
    }

    @Override
    public void close() {
        program.close();
        sandbox.close();
    }
}
