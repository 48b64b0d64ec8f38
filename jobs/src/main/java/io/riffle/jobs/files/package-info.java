/**
 * Data in files.
 *
 * <ul>
 *   <li>{@link io.riffle.jobs.files.FileFormat} decides what a file is, by its name's ending or its first bytes.
 *   <li>In: {@link io.riffle.jobs.files.InputFile} gives a {@link io.riffle.jobs.files.ChunkInput} of steps or a
 *       {@link io.riffle.jobs.files.SampleInput} of samples at any times.
 *   <li>Out: {@link io.riffle.jobs.files.ChunkOutput} and {@link io.riffle.jobs.files.SampleOutput}; {@link
 *       io.riffle.jobs.files.OutputFile} leaves none behind that only looks finished.
 * </ul>
 *
 * <p>Each format has a class for each of these interfaces; nobody outside knows which.
 */
package io.riffle.jobs.files;
