package io.riffle.jobs.offline;

import io.riffle.schemas.Chunk;
import java.util.Iterator;

/** The chunks of a file as the network is given them. */
interface Admission extends Iterator<Admission.Steps> {
    /**
     * Some steps of a stream.
     *
     * @param fresh whether the state of the stream starts anew before them
     */
    record Steps(Chunk chunk, boolean fresh) {}
}
