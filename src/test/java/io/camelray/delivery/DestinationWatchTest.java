package io.camelray.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.delivery.DestinationWatch.Visit;
import io.camelray.model.Destination;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DestinationWatchTest {

    private static final Destination BUCKET = new Destination.Bucket("videos", "a/");
    private static final Destination ITS_OTHER_PREFIX = new Destination.Bucket("videos", "b/");
    private static final Destination FOLDER = new Destination.Folder(Path.of("outputs"));

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE);
    private final DestinationWatch watch = new DestinationWatch(Duration.ofSeconds(30), nanos::get);

    private void pass(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    private Visit enter(Destination destination) {
        return watch.enter(destination).orElseThrow();
    }

    @Test
    void any_number_may_enter_as_long_as_something_is_stored_from_time_to_time() {
        Visit large = enter(BUCKET);
        for (int minute = 0; minute < 10; minute++) {
            Visit small = enter(BUCKET);
            pass(30);
            watch.leave(small, true);
        }
        watch.leave(large, true);
    }

    @Test
    void nobody_joins_those_that_have_waited_for_too_long() {
        enter(BUCKET);
        enter(BUCKET);

        pass(31);

        assertThat(watch.enter(BUCKET)).isEmpty();
        assertThat(watch.enter(ITS_OTHER_PREFIX)).as("the same store").isEmpty();
        assertThat(watch.enter(FOLDER)).as("another one").isPresent();
    }

    @Test
    void after_a_long_silence_one_at_a_time_tries_until_something_is_stored() {
        Visit first = enter(BUCKET);
        pass(120);
        watch.leave(first, false);

        Visit second = enter(BUCKET);
        assertThat(watch.enter(BUCKET)).isEmpty();
        watch.leave(second, false);

        Visit third = enter(BUCKET);
        watch.leave(third, true);
        enter(BUCKET);
        enter(BUCKET);
    }

    @Test
    void what_is_refused_quickly_says_nothing_of_silence() {
        Visit denied = enter(BUCKET);
        enter(BUCKET);
        pass(1);

        watch.leave(denied, false);

        assertThat(watch.enter(BUCKET)).isPresent();
    }

    @Test
    void a_destination_that_was_left_alone_for_long_is_not_silent() {
        watch.leave(enter(BUCKET), true);
        pass(3600);
        enter(BUCKET);

        assertThat(watch.enter(BUCKET)).isPresent();
    }
}
