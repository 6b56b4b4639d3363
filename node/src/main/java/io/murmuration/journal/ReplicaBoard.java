package io.murmuration.journal;

/** Where a replica shows itself to other threads. */
final class ReplicaBoard {
    private volatile ReplicaView view;

    ReplicaBoard(ReplicaView view) {
        this.view = view;
    }

    void show(ReplicaView now) {
        view = now;
    }

    ReplicaView view() {
        return view;
    }
}
