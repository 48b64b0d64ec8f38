package io.riffle.operators;

import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;

/** Runs a function for each stream, and tells it of the streams in a restored state, which Flink tells operators only. */
final class StreamOperator<I, O, F extends KeyedProcessFunction<String, I, O> & CountsStreams>
        extends KeyedProcessOperator<String, I, O> {
    private static final long serialVersionUID = 1L;

    private final F function;

    StreamOperator(F function) {
        super(function);
        this.function = function;
    }

    @Override
    public void open() throws Exception {
        super.open();
        function.countStreams(getKeyedStateBackend());
    }
}
