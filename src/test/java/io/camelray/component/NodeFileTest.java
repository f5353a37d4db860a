package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeFileTest {

    @TempDir
    Path home;

    @Test
    void a_home_keeps_its_name_and_no_two_homes_have_the_same() {
        String first;
        try (NodeFile node = new NodeFile(home)) {
            first = node.name();
        }
        try (NodeFile again = new NodeFile(home);
                NodeFile other = new NodeFile(home.resolve("other"))) {
            assertThat(first).isNotBlank().hasSizeLessThanOrEqualTo(200);
            assertThat(again.name()).isEqualTo(first);
            assertThat(other.name()).isNotEqualTo(first);
        }
    }

    @Test
    void a_second_program_in_one_home_is_refused_with_what_to_do() {
        try (NodeFile first = new NodeFile(home)) {
            assertThatThrownBy(() -> new NodeFile(home))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(home.toString())
                    .hasMessageContaining("ray.home");
            assertThat(first.name()).isNotBlank();
        }
    }
}
