package io.camelray.ledger;

import static org.assertj.core.api.Assertions.assertThat;

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

    @Test
    void what_is_leased_and_was_never_claimed_strays() {
        claim("a");
        assertThat(inHand.strays(() -> Set.of("a", "b"))).containsExactly("b");
    }

    @Test
    void what_is_given_back_strays_when_it_is_leased_again() {
        claim("a");
        inHand.grip("a").letGo();
        assertThat(inHand.strays(() -> Set.of("a"))).containsExactly("a");
    }

    @Test
    void a_late_word_about_an_earlier_lease_leaves_the_present_one() {
        claim("a");
        InHand<String>.Grip earlier = inHand.grip("a");
        claim("a");
        earlier.letGo();
        assertThat(inHand.strays(() -> Set.of("a"))).isEmpty();
    }

    @Test
    void what_is_not_leased_any_more_is_forgotten() {
        claim("a");
        assertThat(inHand.strays(Set::of)).isEmpty();
        assertThat(inHand.strays(() -> Set.of("a"))).containsExactly("a");
    }

    @Test
    void what_is_committed_and_not_yet_in_hand_does_not_stray() throws Exception {
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
        assertThat(inHand.strays(() -> Set.of("a"))).isEmpty();
        looked.countDown();
        claiming.join();
        assertThat(inHand.strays(() -> Set.of("a"))).isEmpty();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
