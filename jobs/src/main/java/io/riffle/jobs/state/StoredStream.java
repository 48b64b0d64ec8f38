package io.riffle.jobs.state;

import java.util.List;
import java.util.Optional;

/**
 * What is stored of one stream.
 *
 * @param nextStep the step that comes next
 * @param quarantine the module that failed or diverged, if one did: it and those behind it are at an earlier step
 * @param values of each stored module in its order: those of its {@code StateLayout}, or null for a module that has not
 *     seen the stream yet
 */
record StoredStream(String name, long nextStep, Optional<String> quarantine, List<float[]> values) {}
