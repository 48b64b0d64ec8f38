package io.riffle.jobs.demo;

import static java.util.Objects.requireNonNull;

import io.riffle.jobs.embedded.EmbeddedServers;
import io.riffle.jobs.feed.FeedProgress;
import io.riffle.jobs.feed.FeedSettings;
import io.riffle.jobs.feed.HostFeed;
import io.riffle.jobs.feed.HostLayout;
import io.riffle.jobs.feed.HostName;
import io.riffle.jobs.feed.HostSensors;
import io.riffle.jobs.kafka.Brokers;
import io.riffle.jobs.kafka.TopicTail;
import io.riffle.jobs.lifecycle.Stop;
import io.riffle.jobs.streaming.Delivery;
import io.riffle.jobs.streaming.JobSettings;
import io.riffle.jobs.streaming.JobTopics;
import io.riffle.jobs.streaming.RunningJob;
import io.riffle.jobs.streaming.StartFrom;
import io.riffle.jobs.streaming.StreamingJob;
import io.riffle.jobs.view.Screen;
import io.riffle.operators.NetworkPlan;
import io.riffle.operators.sequence.SequenceSettings;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;

/** The main job, all in this process: host sensors -> Kafka -> Flink -> Kafka -> a live picture. */
public final class Demo {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration DRAIN = Duration.ofSeconds(3);

    private final DemoSettings settings;
    private final PrintWriter out;

    public Demo(DemoSettings settings, PrintWriter out) {
        this.settings = requireNonNull(settings, "settings is null");
        this.out = requireNonNull(out, "out is null");
    }

    /** Runs until the duration is over, somebody stops it, or it fails. */
    public void run() throws InterruptedException {
        // outermost, so that after Ctrl-C the process stays until the picture is written
        try (Stop stop = new Stop()) {
            DemoState state = runUntil(stop);
            state.summary().forEach(this::say);
            if (state.draw(settings.picture())) {
                say("picture: " + settings.picture().toAbsolutePath());
            }
        }
    }

    private DemoState runUntil(Stop stop) throws InterruptedException {
        try (HostSensors sensors = new HostSensors(HostLayout.SIXTEEN)) {
            DemoNetwork network = settings.network()
                    .map(module -> DemoNetwork.of(
                            module, settings.dt(), sensors.channels().size()))
                    .orElseGet(DemoNetwork::shipped);
            NetworkPlan plan = network.plan();
            say("starting Kafka and Flink in this process");
            try (EmbeddedServers servers = EmbeddedServers.start(settings.kafkaPort(), settings.webPort())) {
                Brokers brokers = new Brokers(servers.kafka().bootstrapServers());
                JobTopics topics = DemoTopics.of(network);
                topics.all().forEach(topic -> servers.kafka().createTopic(topic, 1));
                say("Kafka on %s with topics %s; Flink on %s"
                        .formatted(
                                brokers.servers(), topics.all(), servers.flink().web()));
                RunningJob job = RunningJob.start(
                        new StreamingJob(brokers, topics, plan, SequenceSettings.DEFAULT, jobSettings()),
                        settings.classPath().shipWith(servers.flink().environment()),
                        "the Flink cluster in this process");
                String stream = HostName.get();
                FeedSettings feedSettings =
                        new FeedSettings(stream, plan.dt(), settings.chunkSteps(), Optional.empty());
                HostFeed hostFeed = new HostFeed(brokers, topics.input(), feedSettings, sensors);
                DemoState state = new DemoState(
                        stream,
                        network,
                        sensors.channels(),
                        plan.dt(),
                        servers.flink().web());
                try (TopicTail tail = new TopicTail(brokers, topics.all(), true)) {
                    FeedThread feed = new FeedThread(hostFeed, stop);
                    watch(state, tail, job, feed, stop);
                    FeedProgress fed = feed.end();
                    drain(state, tail, fed.steps());
                    state.fed(fed);
                    job.stop(Optional.empty());
                }
                return state;
            }
        }
    }

    private void watch(DemoState state, TopicTail tail, RunningJob job, FeedThread feed, Stop stop)
            throws InterruptedException {
        long endNanos =
                System.nanoTime() + settings.duration().map(Duration::toNanos).orElse(Long.MAX_VALUE / 2);
        try (Screen screen = Screen.open(out, settings.plain())) {
            while (!stop.isWished() && !screen.isQuitWanted() && System.nanoTime() - endNanos < 0) {
                tail.poll(POLL).forEach(state::add);
                screen.show(state.view());
                feed.throwIfFailed();
                job.throwIfFailed();
            }
        }
    }

    /** Lets what was fed last come out as well, so that input and output of the picture end together. */
    private static void drain(DemoState state, TopicTail tail, long fedSteps) {
        long endNanos = System.nanoTime() + DRAIN.toNanos();
        while (state.endStep() < fedSteps && System.nanoTime() - endNanos < 0) {
            tail.poll(POLL).forEach(state::add);
        }
    }

    /** Output that shows at once: a live picture that waits for checkpoints would lag by a second. */
    private static JobSettings jobSettings() {
        return new JobSettings(
                "riffle demo",
                1,
                Delivery.AT_LEAST_ONCE,
                Duration.ofSeconds(1),
                Optional.empty(),
                Optional.empty(),
                StartFrom.EARLIEST);
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
