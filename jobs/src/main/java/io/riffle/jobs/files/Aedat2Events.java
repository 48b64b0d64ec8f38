package io.riffle.jobs.files;

import io.riffle.sim.RiffleException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;

/**
 * AEDAT 2.0: pairs of an address and a time, big-endian.
 *
 * <pre>
 *   DVS128   15: external | 14..8: y | 7..1: x | 0: polarity
 *   DAVIS    31: frames and motion | 30..22: y | 21..12: x | 11: polarity | 10: external
 * </pre>
 *
 * Only changes of pixels are taken. y goes up, from the lower left.
 */
final class Aedat2Events implements EventSource {
    private static final int EVENT = 8;
    private static final SensorSize DVS128 = new SensorSize(128, 128);

    private final ByteReader bytes;
    private final SensorSize sensor;
    private final boolean small;
    private int address;
    private long micros = Long.MIN_VALUE;
    private long wraps;

    /** @param bytes behind the header; closed with the events */
    Aedat2Events(ByteReader bytes, Optional<SensorSize> sensor) {
        this.bytes = bytes;
        this.sensor = sensor.orElseThrow(() -> new RiffleException(
                "%s does not say what camera it is of, expected --sensor WIDTHxHEIGHT".formatted(bytes.file())));
        small = this.sensor.equals(DVS128);
    }

    @Override
    public boolean next() {
        do {
            ByteBuffer event = bytes.readUpTo(EVENT).order(ByteOrder.BIG_ENDIAN);
            if (!event.hasRemaining()) {
                return false;
            }
            if (event.remaining() < EVENT) {
                throw new RiffleException(
                        "%s ends within an event: %d of 8 bytes are there".formatted(bytes.file(), event.remaining()));
            }
            address = event.getInt();
            tick(Integer.toUnsignedLong(event.getInt()));
        } while (!isChange());
        return true;
    }

    /** The clock of 32 bits begins anew after 71 minutes. */
    private void tick(long stamp) {
        boolean wrapped = micros != Long.MIN_VALUE && stamp + (wraps << 32) < micros - (1L << 31);
        wraps += wrapped ? 1 : 0;
        micros = stamp + (wraps << 32);
    }

    private boolean isChange() {
        return small ? (address >>> 15 & 1) == 0 : address >= 0 && (address >>> 10 & 1) == 0;
    }

    @Override
    public Path file() {
        return bytes.file();
    }

    @Override
    public Optional<SensorSize> sensor() {
        return Optional.of(sensor);
    }

    @Override
    public long micros() {
        return micros;
    }

    @Override
    public int x() {
        return small ? address >>> 1 & 0x7f : address >>> 12 & 0x3ff;
    }

    @Override
    public int y() {
        return small ? address >>> 8 & 0x7f : address >>> 22 & 0x1ff;
    }

    @Override
    public boolean brighter() {
        return (address >>> (small ? 0 : 11) & 1) == 1;
    }

    @Override
    public double share() {
        return bytes.share();
    }

    @Override
    public void close() {
        bytes.close();
    }
}
