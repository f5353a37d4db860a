package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.ledger.DeliveryLedger.SecuredFile;
import io.camelray.ledger.RenderRecord;
import io.camelray.model.Destination;
import io.camelray.model.Money;
import io.camelray.model.OutputKind;
import io.camelray.model.Price;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderId;
import io.camelray.model.RenderRequest;
import io.camelray.model.RenderState;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExpiryAlarmTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    private final ExpiryAlarm alarm = new ExpiryAlarm(Duration.ofMinutes(15), Clock.fixed(NOW, ZoneOffset.UTC));

    private static PendingOutput dying(Duration left, Optional<SecuredFile> secured) {
        RenderRecord render = new RenderRecord(
                new RenderId(1),
                "spring",
                1,
                "digest",
                "generate",
                "{}",
                "",
                1,
                ProviderName.LUMA,
                "luma",
                RenderRequest.textToVideo("a mug"),
                "print",
                Price.ZERO,
                RenderState.RENDERED,
                Optional.empty(),
                Optional.empty(),
                "",
                Money.ZERO,
                NOW,
                NOW,
                Optional.empty(),
                List.of(),
                List.of(),
                false,
                Optional.empty());
        return new PendingOutput(
                1,
                render,
                OutputKind.VIDEO,
                "https://store.example/clip",
                NOW.plus(left),
                new Destination.Folder(Path.of("/out")),
                "clip.mp4",
                "",
                0,
                secured,
                true);
    }

    @Test
    void an_output_is_an_alarm_when_its_margin_is_crossed_and_not_before() {
        assertThat(alarm.check(dying(Duration.ofMinutes(16), Optional.empty()))).isFalse();
        assertThat(alarm.check(dying(Duration.ofMinutes(15), Optional.empty()))).isTrue();
        assertThat(alarm.check(dying(Duration.ofMinutes(-1), Optional.empty()))).isTrue();
    }

    @Test
    void what_is_in_the_spool_is_safe() {
        SecuredFile file = new SecuredFile(Path.of("/spool/1.out"), 1, "00", "video/mp4", "{}");
        assertThat(alarm.check(dying(Duration.ZERO, Optional.of(file)))).isFalse();
    }
}
