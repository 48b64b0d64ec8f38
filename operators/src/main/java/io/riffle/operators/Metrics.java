package io.riffle.operators;

import io.riffle.schemas.NoticeKind;
import io.riffle.schemas.RejectReason;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/** What an operator counts, in Flink's metric system in the group {@code riffle}; units are part of the names. */
final class Metrics {
    private static final int LATENCIES_KEPT = 1000;

    private final MetricGroup group;
    private final Map<RejectReason, Counter> rejected = new EnumMap<>(RejectReason.class);
    private final Map<NoticeKind, Counter> notices = new EnumMap<>(NoticeKind.class);

    Metrics(RuntimeContext context) {
        group = context.getMetricGroup().addGroup("riffle");
    }

    Counter counter(String name) {
        return group.counter(name);
    }

    void gauge(String name, Gauge<Long> value) {
        group.gauge(name, value);
    }

    /** Over the last thousand values. */
    Histogram histogram(String name) {
        return group.histogram(name, new DescriptiveStatisticsHistogram(LATENCIES_KEPT));
    }

    /** {@code rejected_records}, one for each reason that has occurred. */
    void rejected(RejectReason reason) {
        rejected.computeIfAbsent(
                        reason, of -> group.addGroup("reason", of.code()).counter("rejected_records"))
                .inc();
    }

    /** {@code notices}, one for each kind that has occurred. */
    void notice(NoticeKind kind) {
        notices.computeIfAbsent(kind, of -> group.addGroup("kind", of.code()).counter("notices"))
                .inc();
    }
}
