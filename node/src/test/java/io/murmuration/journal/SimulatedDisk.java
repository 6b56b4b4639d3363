package io.murmuration.journal;

import io.murmuration.consensus.Voters;
import java.util.random.RandomGenerator;

/** What one simulated node keeps while it is down: log, rows, and the mark of damage that stays until it is cured. */
public final class SimulatedDisk {
    final Voters formatted;
    final SimulatedLog log = new SimulatedLog();
    final SimulatedState state = new SimulatedState();
    private boolean damaged;

    public SimulatedDisk(Voters formatted) {
        this.formatted = formatted;
        log.format(formatted.firstEntry());
    }

    public boolean isDamaged() {
        return damaged;
    }

    void cured() {
        damaged = false;
    }

    public void checkpoint() {
        state.checkpoint();
    }

    /** The node stops without a word. */
    public void crash(RandomGenerator random) {
        log.crash(random);
        state.crash(random);
    }

    /** Everything is gone, but the folder is still formatted. Only while the node is down. */
    public void lose() {
        damaged = true;
        log.lose();
        state.become(new SimulatedState().snapshot());
    }

    /** A crash between the installation of a snapshot's rows and the reset of the log behind them: the start finishes it. */
    void finishInstall() {
        var index = state.appliedIndex();
        var meets = index >= log.firstIndex() - 1 && index <= log.lastIndex() && log.term(index) == state.appliedTerm();
        if (!meets) {
            log.restartAfter(index, state.appliedTerm());
        }
    }
}
