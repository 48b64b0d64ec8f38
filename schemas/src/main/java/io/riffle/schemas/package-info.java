/**
 * The wire format: chunks as Arrow, in Kafka records and files. {@code schemas/README.md} draws it.
 *
 * <ul>
 *   <li>Values: {@link io.riffle.schemas.Chunk} and {@link io.riffle.schemas.Samples}, each a {@link
 *       io.riffle.schemas.Payload}; {@link io.riffle.schemas.Events}, {@link io.riffle.schemas.DecodedChunk}, {@link
 *       io.riffle.schemas.Rejected}, {@link io.riffle.schemas.Notice}.
 *   <li>Records: {@link io.riffle.schemas.ChunkDecoder}, {@link io.riffle.schemas.ChunkEncoder}, {@link
 *       io.riffle.schemas.EventsEncoder}, {@link io.riffle.schemas.SamplesEncoder}, {@link
 *       io.riffle.schemas.RejectedFormat}, {@link io.riffle.schemas.NoticeFormat}.
 *   <li>Files: {@link io.riffle.schemas.ChunkFileReader}, {@link io.riffle.schemas.ChunkFileWriter}, {@link
 *       io.riffle.schemas.SamplesFileReader}, {@link io.riffle.schemas.SamplesFileWriter}.
 *   <li>Mistakes: {@link io.riffle.schemas.BadChunkException} with a {@link io.riffle.schemas.RejectReason}.
 * </ul>
 *
 * <p>One rule: {@code MetadataReader} and {@code MetadataWriter} alone know Arrow (its flatbuffers). Everything else works
 * on a neutral model of columns, batches and buffers, on the heap; there is no Arrow allocator, no native memory and no
 * JVM flag. {@code ArrowStaysInTwoClassesTest} holds the rule.
 */
package io.riffle.schemas;
