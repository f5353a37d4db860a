package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.model.RenderState;
import io.camelray.sandbox.SandboxAccount;
import io.camelray.sandbox.SandboxLedger.Generation;
import io.camelray.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** A key is said as a file, and the file is replaced while the program runs. */
class KeyRotationRouteTest extends RayRouteTest {

    private static final String OLD = "luma-api-old-key-4711";
    private static final String NEW = "luma-api-new-key-4712";

    @Override
    SandboxOptions.Builder sandboxOptions() {
        return super.sandboxOptions().accounts(SandboxAccount.of("old", OLD), SandboxAccount.of("new", NEW));
    }

    @Override
    void configure(Properties properties) {
        write(OLD);
        properties.put("camel.component.ray.luma-api-key", "file:" + key());
    }

    private Path key() {
        return home.resolve("luma-key");
    }

    /** As orchestrators do: the new file takes the place of the old one at once. */
    private void write(String key) {
        try {
            Path draft = Files.writeString(home.resolve("luma-key.new"), key + "\n");
            Files.move(draft, key(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void the_next_request_is_made_with_the_new_key_and_nothing_is_started_again() {
        drop("before.yaml", oneClip("before"));
        assertThat(settled("before").count(RenderState.DELIVERED)).isEqualTo(1);

        write(NEW);
        drop("after.yaml", oneClip("after"));

        assertThat(settled("after").count(RenderState.DELIVERED)).isEqualTo(1);
        assertThat(sandbox().ledger().generations())
                .extracting(Generation::account)
                .containsExactly("old", "new");
    }
}
