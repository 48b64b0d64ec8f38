package io.riffle.jobs.state;

import java.util.List;

/**
 * What is stored of one stream.
 *
 * @param nextStep the step that comes next
 * @param values of each stored module in its order: those of its {@code StateLayout}, or null for a module that has not
 *     seen the stream yet
 */
record StoredStream(String name, long nextStep, List<float[]> values) {}
