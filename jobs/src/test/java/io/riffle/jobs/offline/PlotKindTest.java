package io.riffle.jobs.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.sim.RiffleException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlotKindTest {
    private static PlotKind decide(int channels, double... numbers) {
        PlotKind.Values values = new PlotKind.Values();
        for (double number : numbers) {
            values.add((float) number);
        }
        return PlotKind.AUTO.decide(values, channels);
    }

    @Test
    void countsThatAreMostlyZeroAreEvents() {
        assertThat(decide(64, 0, 0, 1)).isEqualTo(PlotKind.RASTER);
        assertThat(decide(1, 0, 0, 0, 7)).isEqualTo(PlotKind.RASTER);
        assertThat(decide(1, 0, 0, 0)).isEqualTo(PlotKind.RASTER);
    }

    @Test
    void allElseIsTracesOrHeatByTheChannels() {
        assertThat(decide(8, 0, 1)).isEqualTo(PlotKind.TRACES);
        assertThat(decide(8, 0, 0, -1)).isEqualTo(PlotKind.TRACES);
        assertThat(decide(8, 0, 0, 0.5)).isEqualTo(PlotKind.TRACES);
        assertThat(decide(9, 0, 0, 0.5)).isEqualTo(PlotKind.HEAT);
        assertThat(decide(2)).isEqualTo(PlotKind.TRACES);
    }

    @Test
    void whatWasAskedForIsDrawn() {
        assertThat(PlotKind.HEAT.decide(new PlotKind.Values(), 1)).isEqualTo(PlotKind.HEAT);
    }

    @Test
    void channelsAreNumbersAndIntervals() {
        assertThat(ChannelChoice.parse("0-2,7, 1 ").of(8, Path.of("x"))).containsExactly(0, 1, 2, 7);
        assertThatThrownBy(() -> ChannelChoice.parse("0-8").of(8, Path.of("x.csv")))
                .isInstanceOf(RiffleException.class)
                .hasMessage("x.csv has 8 channels, expected a channel 8 as --channels asks for");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "3-1", "-1", "1,,2", "99999999999"})
    void otherListsAreRefused(String text) {
        assertThatThrownBy(() -> ChannelChoice.parse(text))
                .isInstanceOf(RiffleException.class)
                .hasMessage("'%s' is not a list of channels such as 0-15,20".formatted(text));
    }

    @Test
    void aWindowHoldsTheStepsFromItsBeginToBeforeItsEnd() {
        assertThat(PlotFile.Steps.between(0.1, 0.3, 0.1)).isEqualTo(new PlotFile.Steps(1, 3));
        assertThat(PlotFile.Steps.between(0.15, 0.31, 0.1)).isEqualTo(new PlotFile.Steps(2, 4));
        assertThat(PlotFile.Steps.between(0, Double.POSITIVE_INFINITY, 0.001).end())
                .isEqualTo(Long.MAX_VALUE);
    }
}
