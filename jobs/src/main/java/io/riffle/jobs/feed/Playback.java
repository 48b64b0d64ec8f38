package io.riffle.jobs.feed;

import java.util.Iterator;

/** A recording, piece by piece, in the order in which it is sent; the last one has no end if it is looped. */
interface Playback extends Iterator<Piece>, AutoCloseable {
    /** How much is read of this round, 0 to 1. */
    double share();

    @Override
    void close();
}
