package io.riffle.integration.chaos;

import io.riffle.integration.cluster.Cluster;
import io.riffle.integration.cluster.FlinkCluster;
import io.riffle.integration.cluster.Patience;
import io.riffle.integration.cluster.RiffleJob;
import java.time.Duration;
import java.util.Random;

/** {@code kill -9} of one of the cluster's processes, and what brings it back. */
public enum Kill {
    /** Its supervisor starts another one; until that is there, the job may go on in the free slots of the others. */
    TASK_MANAGER("task manager") {
        @Override
        void strike(Cluster cluster, RiffleJob job, Random random) {
            int[] busy = cluster.flink().busyTaskManagers();
            int which = busy[random.nextInt(busy.length)];
            cluster.flink().killTaskManager(which);
            cluster.flink().startTaskManager(which);
        }
    },
    /** Its supervisor starts another one, which knows of no job: a person submits it again. */
    JOB_MANAGER("job manager") {
        @Override
        void strike(Cluster cluster, RiffleJob job, Random random) {
            FlinkCluster flink = cluster.flink();
            flink.killJobManager();
            flink.startJobManager();
            flink.awaitFreeSlots(SLOTS_OF_JOB);
            job.resubmit();
        }
    },
    /** It comes back with its data. */
    BROKER("broker") {
        @Override
        void strike(Cluster cluster, RiffleJob job, Random random) {
            cluster.kafka().kill();
            Patience.sleep(Duration.ofMillis(random.nextInt(1_000)));
            cluster.kafka().start();
        }
    };

    /** The parallelism of the jobs that are struck. */
    public static final int SLOTS_OF_JOB = 2;

    private final String text;

    Kill(String text) {
        this.text = text;
    }

    abstract void strike(Cluster cluster, RiffleJob job, Random random);

    @Override
    public String toString() {
        return text;
    }
}
