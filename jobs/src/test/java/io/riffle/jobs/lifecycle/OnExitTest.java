package io.riffle.jobs.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class OnExitTest {
    private final List<String> done = new CopyOnWriteArrayList<>();

    @Test
    void cleansUpTheLastFirstAndEachOnce() {
        OnExit broker = new OnExit(() -> done.add("broker"));
        OnExit cluster = new OnExit(() -> done.add("cluster"));
        OnExit.closeAll();
        assertThat(done).containsExactly("cluster", "broker");
        broker.close();
        cluster.close();
        assertThat(done).hasSize(2);
    }

    @Test
    void whatWasClosedIsNotCleanedUpAgain() {
        new OnExit(() -> done.add("broker")).close();
        OnExit.closeAll();
        assertThat(done).containsExactly("broker");
    }

    @Test
    void aFailureHindersNoOther() {
        new OnExit(() -> done.add("broker"));
        new OnExit(() -> {
            throw new IllegalStateException("cluster is stuck");
        });
        OnExit.closeAll();
        assertThat(done).containsExactly("broker");
    }

    @Test
    void whoWorksEndsBeforeTheServersDo() throws InterruptedException {
        Stop stop = new Stop();
        new OnExit(() -> done.add("broker"));
        Thread worker = new Thread(() -> {
            while (!stop.await(Duration.ofSeconds(10))) {
                done.add("never");
            }
            done.add("flushed");
            stop.close();
        });
        worker.start();
        OnExit.closeAll();
        worker.join();
        assertThat(stop.isWished()).isTrue();
        assertThat(done).containsExactly("flushed", "broker");
    }
}
