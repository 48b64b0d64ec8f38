package io.riffle.integration.chaos;

import io.riffle.integration.cluster.Cluster;
import io.riffle.integration.cluster.Patience;
import io.riffle.integration.cluster.RiffleJob;
import io.riffle.integration.load.Load;
import io.riffle.integration.load.NoisyNetwork;
import io.riffle.integration.load.Witness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A job under a steady load whose processes are killed one after the other, each as soon as the last has recovered. */
public final class Chaos implements AutoCloseable {
    private static final Duration TO_RECOVER = Duration.ofMinutes(4);
    private static final int STREAMS = 6;
    private static final Duration PERIOD = Duration.ofMillis(50);
    private static final int QUIET_MILLIS = 1_500; // at most, before a kill

    private final Cluster cluster;
    private final Random random;
    private final RiffleJob job;
    private final Load load;
    private final Witness witness;
    private final Recoveries recoveries = new Recoveries();
    private int kills;

    /**
     * Starts the job and its load, and waits for output.
     *
     * @param name of the job
     * @param options of {@code riffle run}, besides those that are always the same
     * @param seed of the moments at which something is killed, and of what
     */
    public Chaos(Cluster cluster, String name, List<String> options, long seed) {
        this.cluster = cluster;
        this.random = new Random(seed);
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("--parallelism", Integer.toString(Kill.SLOTS_OF_JOB)));
        all.addAll(List.of("--seed", Long.toString(NoisyNetwork.SEED)));
        job = new RiffleJob(cluster, name, NoisyNetwork.create(), all);
        load = new Load(cluster.brokers(), job.input(), STREAMS, PERIOD);
        witness = new Witness(cluster.brokers(), job.output(), NoisyNetwork.create());
        try {
            job.submit();
            witness.awaitOutputAfter(load.streams(), 0, TO_RECOVER);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Kills a process at some moment, and waits until output of all streams for later input is there. */
    public void survive(Kill kill) {
        Patience.sleep(Duration.ofMillis(random.nextInt(QUIET_MILLIS)));
        long killed = System.nanoTime();
        long killedMillis = System.currentTimeMillis();
        kill.strike(cluster, job, random);
        witness.awaitOutputAfter(load.streams(), killedMillis, TO_RECOVER);
        Duration recovery = Duration.ofNanos(System.nanoTime() - killed);
        recoveries.add(kill, recovery);
        kills++;
        Witness.Seen seen = witness.seen();
        System.out.printf(
                Locale.ROOT,
                "kill %3d %-14s recovered after %5.1f s; steps %d, duplicates %d, missing %d, wrong %d%n",
                kills,
                kill,
                Recoveries.seconds(recovery),
                seen.steps(),
                seen.repeated(),
                seen.missing(),
                seen.wrong());
        cluster.flink().awaitTaskManagers();
    }

    /** Kills a process at once, and does not wait. */
    public void strike(Kill kill) {
        kill.strike(cluster, job, random);
    }

    /** Kills something, whatever comes. */
    public void surviveAny() {
        survive(Kill.values()[random.nextInt(Kill.values().length)]);
    }

    /** Ends the load and waits until all of it has come out. */
    public Witness settle() {
        long steps = load.end();
        witness.awaitSteps(load.streams(), steps, TO_RECOVER);
        Patience.sleep(Duration.ofSeconds(1)); // for what might come a second time
        return witness;
    }

    public RiffleJob job() {
        return job;
    }

    public String table() {
        return recoveries.table(witness.seen());
    }

    /** Ends the job as well, which would hold its slots. */
    @Override
    public void close() {
        try (job;
                witness) {
            load.close();
        }
    }
}
