package io.riffle.operators.raster;

import io.riffle.schemas.Chunk;
import io.riffle.schemas.RejectReason;

/** Takes what a rasteriser makes of a record, in the order of its decisions. */
public interface RasterOutlet {
    /** Steps, which follow those before unless some are missing; or, without any, a sign of life. */
    void emit(Chunk chunk);

    /** The record, or a part of its samples, was not taken; at most once for each record. */
    void refuse(RejectReason reason, String message);
}
