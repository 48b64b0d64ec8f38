/**
 * Makes steps of samples that come at any times. {@link io.riffle.operators.raster.Rasteriser} decides, from the stream's
 * own records alone, and knows nothing of Flink, so that a file is dealt with in the same way.
 */
package io.riffle.operators.raster;
