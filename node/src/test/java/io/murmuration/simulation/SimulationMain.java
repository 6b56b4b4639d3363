package io.murmuration.simulation;

import io.murmuration.journal.StepFault;

/**
 * Runs seeds for as long as you like: {@code SimulationMain [first seed] [number of seeds]}. On a breach prints the seed and the trace, and ends
 * with status 1.
 */
public final class SimulationMain {
    private static final int REPORT_EVERY = 1_000;

    private SimulationMain() {}

    public static void main(String[] arguments) {
        var first = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        var number = arguments.length > 1 ? Long.parseLong(arguments[1]) : Long.MAX_VALUE - first;
        var total = new Counts();
        for (var done = 0L; done < number; done++) {
            var seed = first + done;
            try {
                total.addAll(Simulation.run(seed));
            } catch (RuntimeException breach) {
                System.out.println(Simulation.trace(seed, () -> StepFault.NONE));
                System.out.println("seed " + seed + " failed: " + breach);
                System.exit(1);
            }
            if ((done + 1) % REPORT_EVERY == 0 || done + 1 == number) {
                System.out.println((done + 1) + " seeds: " + total);
            }
        }
    }
}
