package io.riffle.jobs;

import io.riffle.jobs.streaming.Delivery;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code exactly-once} or {@code at-least-once}. */
final class DeliveryConverter implements ITypeConverter<Delivery> {
    @Override
    public Delivery convert(String text) {
        return Arrays.stream(Delivery.values())
                .filter(delivery -> delivery.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "'%s' is not one of %s".formatted(text, Arrays.toString(Delivery.values()))));
    }
}
