package io.camelray.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.cli.Launched;
import io.camelray.ledger.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Two nodes on one PostgreSQL, of which one is killed after the other and started again while the other goes on. */
final class NodesEpisode implements AutoCloseable {

    private static final Duration NOTICED = Duration.ofMinutes(2);

    private final Path folder;
    private final Random random;
    private final PostgresServer.Database database;
    private final Stage stage;
    private final Campaigns campaigns = new Campaigns();
    private final List<Node> nodes = new ArrayList<>(List.of(Node.STOPPED, Node.STOPPED));
    private int pointsReached;
    private int starts;

    /** A running node and the kill that it was started for. */
    private record Node(Launched program, Kill kill, Path marker) {
        static final Node STOPPED = new Node(null, null, null);
    }

    NodesEpisode(Path folder, long seed, PostgresServer.Database database) throws IOException {
        this.folder = folder;
        this.random = new Random(seed);
        this.database = database;
        database.emptyStore();
        this.stage =
                new Stage(folder, seed, List.of("ray.ledger.url=" + database.url(), "ray.ledger.username=postgres"));
    }

    private Path home(int node) {
        return folder.resolve("node-" + node);
    }

    private void start(int node, Kill kill) {
        Path marker = folder.resolve("reached-" + starts++);
        nodes.set(node, new Node(stage.start(home(node), Optional.of(kill), marker), kill, marker));
    }

    void startBoth() {
        start(0, Kill.numbered(0, random));
        start(1, Kill.numbered(1, random));
    }

    /** Drops a campaign at one node, kills it where it was to be killed, and starts it again. */
    void kill(int number) throws Exception {
        int victim = number % 2;
        campaigns.drop(number, home(victim));
        Node node = nodes.get(victim);
        if (node.kill().reaches(node.program(), node.marker())) {
            pointsReached++;
        }
        assertThat(node.program().isAlive())
                .as(
                        "the node lives until it is killed (%s); it said: %s",
                        node.kill(), node.program().output())
                .isTrue();
        node.program().kill();
        start(victim, Kill.numbered(number + 2, random));
    }

    /** Kills both, lets one node after the other run to the end, and compares the books. */
    Figures finish(int kills) throws Exception {
        for (Node node : nodes) {
            node.program().kill();
        }
        // What still lies in the inbox of the one is nothing that the other can see.
        Launched other = stage.finish(home(1));
        assertThat(other.exitStatus()).as(other.output()).isIn(0, 2);
        campaigns.dropRefused(home(0));
        Launched once = stage.finish(home(0));
        // 1 when the other node had ended all of it, and only the manifest to refuse was left.
        assertThat(once.exitStatus()).as(once.output()).isIn(0, 1, 2);
        return new Audit(stage, List.of(home(0), home(1)), campaigns.renders())
                .of(Books.of(database.open()), kills + nodes.size(), pointsReached);
    }

    /**
     * Freezes a node where a kill would meet it, for longer than its lease, while another does the rest; then lets it go
     * on as if nothing had happened. The other starts when this one is frozen, or it might have done all of the work
     * before.
     */
    void freeze(KillPoint point, int number) throws Exception {
        Kill at = new Kill(Optional.of(point), 1, 0);
        start(0, at);
        campaigns.drop(number, home(0));
        Node frozen = nodes.get(0);
        frozen.program().await(point + " is reached", NOTICED, () -> Files.exists(frozen.marker()));
        frozen.program().signal("STOP");
        start(1, Kill.NEVER);
        nodes.get(1).program().await("the other node notices", NOTICED, () -> nodes.get(1)
                .program()
                .output()
                .contains("is taken for dead"));
        KillSwitch.release(frozen.marker());
        frozen.program().signal("CONT");
        frozen.program().await("the frozen node notices", NOTICED, () -> frozen.program()
                .output()
                .contains("goes on as a new one"));
    }

    @Override
    public void close() throws InterruptedException {
        stage.close();
    }
}
