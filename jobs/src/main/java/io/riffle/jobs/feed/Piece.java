package io.riffle.jobs.feed;

import io.riffle.schemas.Payload;

/**
 * What becomes one record.
 *
 * @param begin when it begins, in seconds since the beginning of the replay
 * @param end when it is complete
 */
record Piece(Payload payload, double begin, double end) {}
