package io.riffle.jobs.streaming;

import org.apache.flink.connector.base.DeliveryGuarantee;

/** What a crash does to the output. */
public enum Delivery {
    /** Every step once, for readers that read what was committed: the output shows with each checkpoint. */
    EXACTLY_ONCE("exactly-once", DeliveryGuarantee.EXACTLY_ONCE),
    /** The output shows at once; after a crash the steps since the last checkpoint show twice, with the same bits. */
    AT_LEAST_ONCE("at-least-once", DeliveryGuarantee.AT_LEAST_ONCE);

    private final String text;
    private final DeliveryGuarantee guarantee;

    Delivery(String text, DeliveryGuarantee guarantee) {
        this.text = text;
        this.guarantee = guarantee;
    }

    DeliveryGuarantee guarantee() {
        return guarantee;
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return text;
    }
}
