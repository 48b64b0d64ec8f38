package io.riffle.operators;

import org.apache.flink.runtime.state.KeyedStateBackend;

/** A function that shows how many streams it keeps, and so has to count those that it starts with. */
interface CountsStreams {
    /** Called once, after it is opened. */
    void countStreams(KeyedStateBackend<String> backend) throws Exception;
}
