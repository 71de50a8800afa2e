package io.deformux.standalone.chaos;

import java.time.Duration;

/**
 * How much chaos.
 *
 * @param workers processes at a time
 * @param session silence after which a worker's jobs go to others
 * @param kills workers killed in all
 * @param killsPerRound of these, before one looks whether all has an outcome
 * @param rounds of each other fault
 * @param jobs sent in each round
 * @param everyFault whether also those for which a disk is mounted or a clock shifted
 * @param latest an outcome may come so long after the cause of its delay is gone
 */
record ChaosScale(
        int workers,
        Duration session,
        int kills,
        int killsPerRound,
        int rounds,
        int jobs,
        boolean everyFault,
        Duration latest) {
    static final ChaosScale SHORT = new ChaosScale(2, Duration.ofSeconds(3), 2, 2, 1, 8, false, Duration.ofSeconds(60));
    static final ChaosScale LONG = new ChaosScale(
            4,
            Duration.ofSeconds(6),
            Integer.getInteger("chaos.kills", 50),
            5,
            Integer.getInteger("chaos.rounds", 2),
            12,
            true,
            Duration.ofSeconds(60));
}
