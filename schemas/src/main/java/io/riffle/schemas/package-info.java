/**
 * The wire format: chunks as Arrow, in Kafka records and files. {@code schemas/README.md} draws it.
 *
 * <ul>
 *   <li>Values: {@link io.riffle.schemas.Chunk}, {@link io.riffle.schemas.Events}, {@link io.riffle.schemas.Rejected},
 *       {@link io.riffle.schemas.DecodedChunk}.
 *   <li>Records: {@link io.riffle.schemas.ChunkDecoder}, {@link io.riffle.schemas.ChunkEncoder}, {@link
 *       io.riffle.schemas.EventsEncoder}, {@link io.riffle.schemas.RejectedFormat}.
 *   <li>Files: {@link io.riffle.schemas.ChunkFileReader}, {@link io.riffle.schemas.ChunkFileWriter}.
 *   <li>Mistakes: {@link io.riffle.schemas.BadChunkException} with a {@link io.riffle.schemas.RejectReason}.
 * </ul>
 *
 * <p>One rule: {@code MetadataReader} and {@code MetadataWriter} alone know Arrow (its flatbuffers). Everything else works
 * on a neutral model of columns, batches and buffers, on the heap; there is no Arrow allocator, no native memory and no
 * JVM flag. {@code ArrowStaysInTwoClassesTest} holds the rule.
 */
package io.riffle.schemas;
