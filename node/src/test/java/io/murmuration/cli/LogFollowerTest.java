package io.murmuration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFollowerTest {
    private final Path node;
    private final LogFollower follower;

    LogFollowerTest(@TempDir Path node) {
        this.node = node;
        this.follower = new LogFollower(node, "1 | ");
    }

    @Test
    void before_the_first_start_there_is_nothing() {
        assertThat(follower.next()).isEmpty();
        assertThat(NodeLog.tail(node, 5)).isEmpty();
    }

    @Test
    void lines_come_when_they_are_complete() throws IOException {
        NodeLog.rotate(node);
        write("one\ntw");
        assertThat(follower.next()).containsExactly("1 | one");

        write("o\n");
        assertThat(follower.next()).containsExactly("1 | two");
        assertThat(follower.next()).isEmpty();
    }

    @Test
    void the_log_of_the_next_start_is_read_from_its_beginning() throws IOException {
        NodeLog.rotate(node);
        write("a long first line\n");
        follower.next();

        NodeLog.rotate(node);
        write("new\n");

        assertThat(follower.next()).containsExactly("1 | new");
    }

    @Test
    void the_logs_of_four_earlier_starts_are_kept() throws IOException {
        for (int start = 1; start <= 7; start++) {
            NodeLog.rotate(node);
            write("start " + start + "\n");
        }

        assertThat(node.resolve("node.log")).hasContent("start 7");
        assertThat(node.resolve("node.log.1")).hasContent("start 6");
        assertThat(node.resolve("node.log.4")).hasContent("start 3");
        assertThat(node.resolve("node.log.5")).doesNotExist();
    }

    @Test
    void the_tail_is_the_last_lines() throws IOException {
        NodeLog.rotate(node);
        write("one\ntwo\nthree");

        assertThat(NodeLog.tail(node, 2)).containsExactly("two", "three");
    }

    private void write(String text) throws IOException {
        Files.writeString(NodeLog.file(node), text, StandardOpenOption.APPEND);
    }
}
