package io.riffle.jobs.files;

import io.riffle.sim.RiffleException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * AEDAT 3.1: packets of events of one type, little-endian, of which those of type 1 are changes of pixels.
 *
 * <pre>
 *   packet   type: 2 bytes | source: 2 | size of an event: 4 | 4 | overflows of the clock: 4 | 4 | events: 4 | 4
 *   event    31..17: x | 16..2: y | 1: polarity | 0: valid || time: 4 bytes
 * </pre>
 */
final class Aedat3Events implements EventSource {
    private static final int HEADER = 28;
    private static final int POLARITY = 1;
    private static final int EVENT = 8;
    private static final int MOST_PACKET = 1 << 28;

    private final ByteReader bytes;
    private final Optional<SensorSize> sensor;
    private ByteBuffer packet = ByteBuffer.allocate(0);
    private long overflows;
    private int data;
    private long micros;

    /** @param bytes behind the header; closed with the events */
    Aedat3Events(ByteReader bytes, Optional<SensorSize> sensor) {
        this.bytes = bytes;
        this.sensor = sensor;
    }

    @Override
    public boolean next() {
        do {
            while (!packet.hasRemaining()) {
                if (bytes.peek(1).length == 0) {
                    return false;
                }
                readPacket();
            }
            data = packet.getInt();
            micros = (overflows << 31) + packet.getInt();
        } while ((data & 1) == 0);
        return true;
    }

    private void readPacket() {
        ByteBuffer header = bytes.read(HEADER, "the header of a packet");
        int type = header.getShort(0);
        int size = header.getInt(4);
        overflows = header.getInt(12);
        int count = header.getInt(20);
        long length = (long) size * count;
        if (size < 0 || count < 0 || length > MOST_PACKET || type == POLARITY && size != EVENT || overflows < 0) {
            throw new RiffleException(
                    "%s has a packet of %d events of %d bytes, type %d, expected events of %d bytes, less than %d in all"
                            .formatted(bytes.file(), count, size, type, EVENT, MOST_PACKET));
        }
        ByteBuffer content = bytes.read((int) length, "a packet");
        packet = type == POLARITY ? content : ByteBuffer.allocate(0);
    }

    @Override
    public Path file() {
        return bytes.file();
    }

    @Override
    public Optional<SensorSize> sensor() {
        return sensor;
    }

    @Override
    public long micros() {
        return micros;
    }

    @Override
    public int x() {
        return data >>> 17;
    }

    @Override
    public int y() {
        return data >>> 2 & 0x7fff;
    }

    @Override
    public boolean brighter() {
        return (data >>> 1 & 1) == 1;
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
