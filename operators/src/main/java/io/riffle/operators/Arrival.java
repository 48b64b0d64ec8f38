package io.riffle.operators;

import io.riffle.schemas.Chunk;

/** A well-formed chunk and where it came from. */
public record Arrival(Chunk chunk, String topic, int partition, long offset) {}
