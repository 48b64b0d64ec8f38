package io.riffle.jobs.feed;

import io.riffle.jobs.kafka.Brokers;
import io.riffle.jobs.lifecycle.Stop;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkEncoder;
import io.riffle.sim.RiffleException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Optional;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.TargetDataLine;

/** The sound device of this machine, recorded into a topic as one stream: a step for each sample, from -1 to 1. */
public final class Microphone {
    private static final int BITS = 16;
    private static final float FULL_SCALE = 1 << BITS - 1;

    private final AudioFormat format;
    private final String stream;
    private final int chunkSteps;
    private final Optional<Duration> duration;

    /**
     * @param rateHz samples per second
     * @param chunkSteps of a record
     * @param duration how long to record; absent: until stopped
     */
    public Microphone(String stream, int rateHz, int channels, int chunkSteps, Optional<Duration> duration) {
        if (rateHz < 1 || channels < 1 || chunkSteps < 1) {
            throw new RiffleException("%d Hz, %d channels, %d steps per record, expected at least 1 of each"
                    .formatted(rateHz, channels, chunkSteps));
        }
        this.stream = stream;
        this.chunkSteps = chunkSteps;
        this.duration = duration;
        format = new AudioFormat(rateHz, BITS, channels, true, false);
    }

    /** @throws RiffleException if no device of this machine records in this format */
    public void requireDevice() {
        if (!AudioSystem.isLineSupported(new DataLine.Info(TargetDataLine.class, format))) {
            throw new RiffleException(
                    "this machine has no sound device that records %d channels of %d bits at %.0f Hz, expected one; 'riffle feed FILE.wav' replays sound"
                            .formatted(format.getChannels(), BITS, format.getSampleRate()));
        }
    }

    /** Until the stop is wished, or the duration is over; returns the number of steps. */
    public long run(Brokers brokers, String topic, Stop stop) {
        requireDevice();
        double dt = 1 / (double) format.getSampleRate();
        int channels = format.getChannels();
        long end = duration.map(time -> Math.round(time.toNanos() / 1e9 / dt)).orElse(Long.MAX_VALUE);
        ChunkEncoder encoder = new ChunkEncoder(dt);
        StreamPlaces places = new StreamPlaces(brokers, topic, dt, true);
        byte[] frames = new byte[chunkSteps * format.getFrameSize()];
        try (TopicSender sender = new TopicSender(brokers, topic);
                TargetDataLine line = AudioSystem.getTargetDataLine(format)) {
            line.open(format);
            line.start();
            long step = 0;
            while (step < end && !stop.isWished()) {
                int steps = line.read(frames, 0, frames.length) / format.getFrameSize();
                long millis = System.currentTimeMillis() - Math.round(steps * dt * 1e3);
                Chunk chunk = new Chunk(stream, step, steps, channels, values(frames, steps * channels));
                sender.send(stream, encoder.encode((Chunk) places.placed(chunk)), millis);
                step += steps;
            }
            return step;
        } catch (LineUnavailableException taken) {
            throw new RiffleException("the sound device cannot be opened: " + taken.getMessage(), taken);
        }
    }

    private static float[] values(byte[] frames, int count) {
        ByteBuffer samples = ByteBuffer.wrap(frames).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = samples.getShort(2 * i) / FULL_SCALE;
        }
        return values;
    }
}
