package io.murmuration.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.apache.pekko.serialization.JSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Typed entities whose events are rows, in an actor system that has its journal by configuration alone. */
class RowEntityTest {
    private static final Duration WAIT = Duration.ofSeconds(20);

    /** Writes its number into one row. */
    public record Counted(long number, boolean retained) implements RowEvent {
        @Override
        public List<RowChange> rowChanges() {
            return List.of(new RowChange(bytes("count"), bytes(Long.toString(number))));
        }
    }

    /** Fails the test if an event that is not retained is ever serialized. */
    public static final class CountedSerializer extends JSerializer {
        @Override
        public int identifier() {
            return 776_998;
        }

        @Override
        public boolean includeManifest() {
            return false;
        }

        @Override
        public byte[] toBinary(Object event) {
            var counted = (Counted) event;
            if (!counted.retained()) {
                throw new IllegalStateException("the payload of an event that is not retained is not wanted");
            }
            return bytes(Long.toString(counted.number()));
        }

        @Override
        public Object fromBinaryJava(byte[] bytes, @Nullable Class<?> manifest) {
            return new Counted(Long.parseLong(new String(bytes, StandardCharsets.UTF_8)), true);
        }
    }

    record Count(boolean retained, ActorRef<Long> replyTo) {}

    private static final class Counter extends EventSourcedBehavior<Count, Counted, AppliedRows> {
        private final List<Long> replayed = new ArrayList<>();
        private final ActorRef<String> recovered;
        private long sequenceNumber;

        private Counter(String id, ActorRef<String> recovered) {
            super(PersistenceId.ofUniqueId(id));
            this.recovered = recovered;
        }

        @Override
        public AppliedRows emptyState() {
            return new AppliedRows();
        }

        @Override
        public CommandHandler<Count, Counted, AppliedRows> commandHandler() {
            return (state, count) -> Effect()
                    .persist(new Counted(++sequenceNumber, count.retained()))
                    .thenRun(next -> count.replyTo().tell(sequenceNumber));
        }

        @Override
        public EventHandler<AppliedRows, Counted> eventHandler() {
            return (state, event) -> {
                replayed.add(event.number());
                return state;
            };
        }

        @Override
        public SignalHandler<AppliedRows> signalHandler() {
            return newSignalHandlerBuilder()
                    .onSignal(RecoveryCompleted.instance(), state -> recovered.tell("replayed " + replayed))
                    .build();
        }
    }

    @Test
    void an_entity_whose_events_are_not_retained_recovers_from_its_rows_and_replays_only_later_events(
            @TempDir Path folder) throws Exception {
        var kit = start(folder);
        var recovered = TestProbe.<String>create(kit.system());
        var replies = TestProbe.<Long>create(kit.system());
        var counter = kit.spawn(new Counter("counter@1", recovered.getRef()));
        recovered.expectMessage(WAIT, "replayed []");
        for (boolean retained : new boolean[] {true, false, true, true}) {
            counter.tell(new Count(retained, replies.getRef()));
            replies.receiveMessage(WAIT);
        }
        kit.stop(counter);

        kit.spawn(new Counter("counter@1", recovered.getRef()));

        recovered.expectMessage(WAIT, "replayed [3, 4]");
        var rows = JournalExtension.get(kit.system())
                .journal()
                .toCompletableFuture()
                .get()
                .rows(1);
        assertThat(rows.get(bytes("count"))).isEqualTo(bytes("4"));
        assertThat(rows.sequenceNumber("counter@1")).isEqualTo(4);
        kit.shutdownTestKit();
    }

    @Test
    void rows_and_events_are_there_after_a_restart_of_the_actor_system(@TempDir Path folder) {
        var first = start(folder);
        var replies = TestProbe.<Long>create(first.system());
        var counter = first.spawn(
                new Counter("somebody", TestProbe.<String>create(first.system()).getRef()));
        counter.tell(new Count(true, replies.getRef()));
        counter.tell(new Count(true, replies.getRef()));
        replies.receiveMessage(WAIT);
        replies.receiveMessage(WAIT);
        first.shutdownTestKit();

        var second = start(folder);
        var recovered = TestProbe.<String>create(second.system());
        second.spawn(new Counter("somebody", recovered.getRef()));

        recovered.expectMessage(WAIT, "replayed [1, 2]");
        second.shutdownTestKit();
    }

    private static ActorTestKit start(Path folder) {
        var config = com.typesafe.config.ConfigFactory.parseString("""
                pekko.actor.serializers.counted = "io.murmuration.journal.RowEntityTest$CountedSerializer"
                pekko.actor.serialization-bindings."io.murmuration.journal.RowEntityTest$Counted" = counted
                """).withFallback(PluginSystem.config(folder));
        return ActorTestKit.create("rows", config);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
