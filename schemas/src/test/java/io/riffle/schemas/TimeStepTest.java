package io.riffle.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeStepTest {
    @ParameterizedTest
    @CsvSource({"0.001", "0.02", "1", "100", "0.0001", "1E-30", "0.3333333333333333", "2E+23", "0.010000000000000002"})
    void writesTheShortestDecimalThatReadsBack(String text) {
        double dt = Double.parseDouble(text);
        assertThat(TimeStep.format(dt)).isEqualTo(text);
        assertThat(TimeStep.parse(TimeStep.format(dt))).isEqualTo(dt);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "NaN", "Infinity", "1e999", "0x1p3", "1f", " 1", "1,5"})
    void readsNothingButDecimalSeconds(String text) {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> TimeStep.parse(text))
                .hasMessage("schema metadata riffle.dt is '%s', expected decimal seconds above 0", text);
    }
}
