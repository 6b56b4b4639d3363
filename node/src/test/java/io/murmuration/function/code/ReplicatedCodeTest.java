package io.murmuration.function.code;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Code on five nodes with real folders, three of which keep each zip. */
@Timeout(60)
class ReplicatedCodeTest {
    private static final List<Long> NODES = List.of(11L, 22L, 33L, 44L, 55L);
    private static final byte[] ZIP = "a zip".getBytes(UTF_8);
    private static final CodeId ID = CodeId.of(ZIP);

    private final Path root;
    private final Map<Long, CodeFolder> folders = new HashMap<>();
    private final Map<Long, CodeStore> stores = new HashMap<>();
    private final Set<Long> away = new HashSet<>();

    ReplicatedCodeTest(@TempDir Path root) throws IOException {
        this.root = root;
        for (var node : NODES) {
            folders.put(node, CodeFolder.open(root.resolve("node-" + node)));
            stores.put(node, new ReplicatedCode(node, NODES, 3, folder(node), new Peers(), Runnable::run));
        }
    }

    @Test
    void the_id_is_the_digest_that_clients_see() {
        assertThat(ID.hex()).isEqualTo("9a44557465efc644b7117e93eaf13c33cd956f5f4f12ca21bd51ae94ea97169a");
        assertThat(CodeId.ofBase64(ID.base64())).isEqualTo(ID);
        assertThat(CodeId.parse("../secret")).isEmpty();
    }

    @Test
    void what_is_stored_lies_on_its_three_places_and_every_node_reads_it() throws Exception {
        assertThat(get(store(11).put(ZIP))).isEqualTo(ID);

        assertThat(holders()).containsExactlyInAnyOrderElementsOf(places());
        for (var node : NODES) {
            assertThat(get(store(node).get(ID))).isEqualTo(ZIP);
        }
    }

    @Test
    void one_place_may_be_away_but_not_two() throws Exception {
        away.add(places().get(0));
        get(store(11).put(ZIP));
        assertThat(holders()).hasSize(2);

        away.add(places().get(1));

        assertThatThrownBy(() -> get(store(places().get(2)).put(ZIP)))
                .hasCauseInstanceOf(ServiceException.class)
                .cause()
                .hasFieldOrPropertyWithValue("error.code", CommonError.UNAVAILABLE);
    }

    @Test
    void a_place_that_was_away_gets_the_code_when_it_first_needs_it() throws Exception {
        long late = places().get(1);
        away.add(late);
        get(store(11).put(ZIP));
        away.clear();

        assertThat(get(store(late).get(ID))).isEqualTo(ZIP);

        assertThat(holders()).contains(late);
    }

    @Test
    void a_damaged_file_is_never_given_and_is_mended() throws Exception {
        get(store(11).put(ZIP));
        long damaged = places().get(0);
        Files.writeString(root.resolve("node-" + damaged).resolve(ID.hex()), "another zip");

        for (var node : NODES) {
            assertThat(get(store(node).get(ID))).isEqualTo(ZIP);
        }
        assertThat(folder(damaged).get(ID)).hasValue(ZIP);
    }

    @Test
    void what_nobody_has_is_unavailable() {
        assertThatThrownBy(() -> get(store(11).get(ID)))
                .cause()
                .hasFieldOrPropertyWithValue("error.code", CommonError.UNAVAILABLE);
    }

    @Test
    void what_was_half_written_is_gone_after_a_restart_and_what_was_kept_is_not() throws Exception {
        var folder = folder(11);
        folder.put(ID, ZIP);
        var half = folder.temporary();
        Files.writeString(half, "half");

        var reopened = CodeFolder.open(root.resolve("node-11"));

        assertThat(half).doesNotExist();
        assertThat(reopened.get(ID)).hasValue(ZIP);
    }

    @Test
    void bytes_of_another_id_are_not_kept() throws Exception {
        var folder = folder(11);
        var other = folder.temporary();
        Files.writeString(other, "other");

        assertThat(folder.keep(other, ID)).isFalse();
        assertThat(folder.get(ID)).isEmpty();
        assertThat(other).doesNotExist();
    }

    private static List<Long> places() {
        return CodeRules.places(ID, NODES, 3);
    }

    private List<Long> holders() {
        return NODES.stream()
                .filter(node -> Files.exists(root.resolve("node-" + node).resolve(ID.hex())))
                .toList();
    }

    private CodeFolder folder(long node) {
        return Objects.requireNonNull(folders.get(node));
    }

    private CodeStore store(long node) {
        return Objects.requireNonNull(stores.get(node));
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private final class Peers implements CodePeers {
        @Override
        public CompletionStage<Done> put(long node, CodeId id, byte[] zip) {
            return asked(node, () -> {
                folder(node).put(id, zip);
                return Done.getInstance();
            });
        }

        @Override
        public CompletionStage<Optional<byte[]>> get(long node, CodeId id) {
            return asked(node, () -> folder(node).get(id));
        }

        private <T> CompletionStage<T> asked(long node, Work<T> work) {
            if (away.contains(node)) {
                return CompletableFuture.failedStage(new IOException("node " + node + " is away"));
            }
            try {
                return CompletableFuture.completedStage(work.done());
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    private interface Work<T> {
        T done() throws IOException;
    }
}
