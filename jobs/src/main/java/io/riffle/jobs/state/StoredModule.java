package io.riffle.jobs.state;

import io.riffle.sim.StateLayout;
import org.apache.flink.runtime.checkpoint.OperatorState;

/**
 * A module whose states are stored.
 *
 * @param name of its operator, such as {@code 1_LIF}
 * @param layout of its states, by their full paths; empty for one that remembers nothing
 * @param operator what Flink stored of it
 */
public record StoredModule(String name, StateLayout layout, OperatorState operator) {}
