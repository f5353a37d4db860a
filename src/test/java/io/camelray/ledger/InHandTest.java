package io.camelray.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class InHandTest {

    private final InHand<String> inHand = new InHand<>();

    private void claim(String key) {
        inHand.claim(() -> List.of(key), List::of);
    }

    /** A claim of which nobody knows whether it was committed. */
    private void lose() {
        assertThatThrownBy(() -> inHand.claim(
                        () -> {
                            throw new LedgerUnavailableException("the connection broke", null);
                        },
                        work -> List.of()))
                .isInstanceOf(LedgerUnavailableException.class);
    }

    private Collection<String> strays(String... leased) {
        return inHand.strays(() -> Set.of(leased));
    }

    @Test
    void what_is_leased_and_was_never_claimed_strays() {
        claim("a");
        lose();
        assertThat(strays("a", "b")).containsExactly("b");
    }

    @Test
    void what_is_given_back_strays_when_it_is_leased_again() {
        claim("a");
        inHand.grip("a").letGo();
        lose();
        assertThat(strays("a")).containsExactly("a");
    }

    @Test
    void a_late_word_about_an_earlier_lease_leaves_the_present_one() {
        claim("a");
        InHand<String>.Grip earlier = inHand.grip("a");
        claim("a");
        earlier.letGo();
        lose();
        assertThat(strays("a")).isEmpty();
    }

    @Test
    void what_is_abandoned_strays_for_as_long_as_it_is_leased() {
        claim("a");
        inHand.abandon("a");
        for (int looks = 0; looks < 9; looks++) {
            assertThat(strays("a")).containsExactly("a");
        }
        for (int looks = 0; looks < 3; looks++) {
            assertThat(strays()).isEmpty();
        }
        assertThat(strays("a")).as("nobody looks any more").isEmpty();
    }

    @Test
    void the_ledger_is_not_asked_without_a_reason() {
        claim("a");
        assertThat(inHand.strays(() -> {
                    throw new AssertionError("asked");
                }))
                .isEmpty();
    }

    @Test
    void what_is_committed_and_not_yet_in_hand_does_not_stray() throws Exception {
        lose();
        CountDownLatch committed = new CountDownLatch(1);
        CountDownLatch looked = new CountDownLatch(1);
        CompletableFuture<Void> claiming = CompletableFuture.runAsync(() -> inHand.claim(
                () -> {
                    committed.countDown();
                    awaitUninterrupted(looked);
                    return List.of("a");
                },
                List::of));
        committed.await();
        assertThat(strays("a")).isEmpty();
        looked.countDown();
        claiming.join();
        assertThat(strays("a")).isEmpty();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
