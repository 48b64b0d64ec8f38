package io.riffle.jobs.bench;

import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Recorder;
import io.riffle.sim.Tensor;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/** Some streams in a batch, evolved in chunks over and over. */
final class KernelRun {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Module module;
    private final ModuleState state;
    private final List<Tensor> chunks = new ArrayList<>();
    private final int streams;
    private final int chunkSteps;
    /** What was computed, so that no compiler leaves it out. */
    private double sum;

    KernelRun(Module module, int streams, int chunkSteps, int inputSteps) {
        this.module = module;
        this.streams = streams;
        this.chunkSteps = chunkSteps;
        state = module.newState(streams);
        for (int chunk = 0; chunk < inputSteps / chunkSteps; chunk++) {
            chunks.add(chunk(chunk * chunkSteps));
        }
    }

    private Tensor chunk(int firstStep) {
        int length = chunkSteps * BenchNetwork.INPUTS;
        float[] values = new float[streams * length];
        for (int stream = 0; stream < streams; stream++) {
            float[] input = BenchNetwork.input(firstStep + chunkSteps, stream);
            System.arraycopy(input, firstStep * BenchNetwork.INPUTS, values, stream * length, length);
        }
        return Tensor.wrap(values, streams, chunkSteps, BenchNetwork.INPUTS);
    }

    /** Stream-steps per second of this thread's CPU time. */
    double stepsPerSecond(double seconds) {
        long begin = THREADS.getCurrentThreadCpuTime();
        long until = begin + (long) (seconds * 1e9);
        long done = 0;
        long now = begin;
        while (now < until) {
            for (Tensor chunk : chunks) {
                sum += module.advance(chunk, state, Recorder.NONE).arrayWithoutCopy()[0];
            }
            done += (long) chunks.size() * chunkSteps * streams;
            now = THREADS.getCurrentThreadCpuTime();
        }
        if (Double.isNaN(sum)) {
            throw new IllegalStateException("the network that is measured has diverged");
        }
        return done / ((now - begin) / 1e9);
    }

    /** Which share of the hidden neurons fires in a step, over all chunks once. */
    double hiddenShare() {
        Recorder recorder = Recorder.only(List.of("1_LIF.spikes"));
        long fired = 0;
        long all = 0;
        for (Tensor chunk : chunks) {
            Recorder once = recorder.again();
            module.advance(chunk, state, once);
            Tensor spikes = once.tree().tensor("1_LIF.spikes");
            for (float count : spikes.arrayWithoutCopy()) {
                fired += count > 0 ? 1 : 0;
            }
            all += spikes.shape().count();
        }
        return (double) fired / all;
    }
}
