package io.murmuration.consensus;

import java.util.ArrayList;
import java.util.List;

/** One replica of three on a bench: number 1, whose disk is as fast as the test wants, and whose peers are the test. */
final class Bench {
    static final long SELF = 1;
    static final long LIFE = 42;
    static final Voters THREE = Voters.of(List.of(1L, 2L, 3L));

    final MemoryView view = new MemoryView();
    final Raft raft;
    final List<Message> sent = new ArrayList<>();
    final List<Effects.ReadReleased> released = new ArrayList<>();
    final List<Long> refused = new ArrayList<>();
    Effects last;
    private final List<Message> promised = new ArrayList<>();
    private boolean slowDisk;
    private long now;

    Bench() {
        this(THREE, HardState.NEW, 0, List.of());
    }

    Bench(Voters voters, HardState hardState, long damage, List<Entry> entries) {
        view.persist(List.of(voters.firstEntry()));
        view.persist(entries);
        raft = Raft.start(RaftOptions.defaults(SELF), hardState, view, null, 0, damage, 0, LIFE);
        last = step(new Input.Tick(0));
    }

    Bench withSlowDisk() {
        slowDisk = true;
        return this;
    }

    /** What the step itself asked for; {@link #last} is then what followed once it was durable. */
    Effects step(Input input) {
        var effects = raft.step(input);
        last = effects;
        sent.addAll(last.send());
        promised.addAll(last.sendOncePersisted());
        released.addAll(last.reads());
        refused.addAll(last.readsRefused());
        view.persist(last.append());
        if (!slowDisk) {
            sync();
        }
        return effects;
    }

    /** Everything so far becomes durable. */
    void sync() {
        sent.addAll(promised);
        promised.clear();
        var step = last.step();
        last = raft.step(new Input.Persisted(step));
        sent.addAll(last.send());
        released.addAll(last.reads());
    }

    Effects receive(Message message) {
        return step(new Input.Received(message));
    }

    long staleMillis() {
        return raft.staleMillis(now);
    }

    void pass(long millis) {
        now += millis;
        step(new Input.Tick(now));
    }

    /** Lets the election timeout pass and wins, by the voice of node 2, the term that is next. */
    Bench lead() {
        pass(2_000);
        var next = raft.hardState().term() + 1;
        receive(new Message.VoteReply(2, SELF, next, true, true, LIFE));
        receive(new Message.VoteReply(2, SELF, next, false, true, LIFE));
        return this;
    }

    /** Node 2 accepts everything there is, and the replica applies what is committed. */
    void agree() {
        receive(accepted(2, raft.lastIndex(), lastRound()));
        step(new Input.Applied(raft.commitIndex()));
    }

    Message.AppendReply accepted(long from, long match, long round) {
        return new Message.AppendReply(from, SELF, raft.hardState().term(), true, match, 0, round, 0);
    }

    Message.Append append(long term, long previousIndex, long previousTerm, long commitIndex, Entry... entries) {
        return new Message.Append(2, SELF, term, previousIndex, previousTerm, List.of(entries), commitIndex, 1);
    }

    long lastRound() {
        return sent(Message.Append.class).stream()
                .mapToLong(Message.Append::round)
                .max()
                .orElse(0);
    }

    <M extends Message> List<M> sent(Class<M> kind) {
        return sent.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    <M extends Message> M lastSent(Class<M> kind) {
        return sent(kind).getLast();
    }

    static Entry entry(long index, long term) {
        return new Entry(index, term, Entry.Kind.COMMAND, new byte[] {(byte) index});
    }
}
