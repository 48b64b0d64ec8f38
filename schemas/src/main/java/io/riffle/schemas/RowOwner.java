package io.riffle.schemas;

/** One run of one stream. */
record RowOwner(String stream, long run) {}
