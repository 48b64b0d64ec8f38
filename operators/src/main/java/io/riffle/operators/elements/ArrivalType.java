package io.riffle.operators.elements;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Tells Flink how an {@link Arrival} travels. */
public final class ArrivalType extends TypeInformation<Arrival> {
    public static final ArrivalType INSTANCE = new ArrivalType();
    private static final long serialVersionUID = 1L;

    @Override
    public TypeSerializer<Arrival> createSerializer(SerializerConfig config) {
        return new ArrivalSerializer();
    }

    @Override
    public Class<Arrival> getTypeClass() {
        return Arrival.class;
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof ArrivalType;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ArrivalType;
    }

    @Override
    public int hashCode() {
        return ArrivalType.class.hashCode();
    }

    @Override
    public String toString() {
        return "Arrival";
    }
}
