"""Writes the golden records that come from pyarrow; README.md beside it tells which and why.

    python make_golden.py
"""

import pathlib

import numpy as np
import pyarrow as pa

HERE = pathlib.Path(__file__).parent
SAMPLES = {"riffle.format": "samples/1"}
RASTER = {"riffle.format": "raster/1", "riffle.dt": "0.001"}


def values(steps, channels):
    """Exact in float32, different in every cell: cell / 4 - 1."""
    return (np.arange(steps * channels, dtype=np.float32) / 4 - 1).astype(np.float32)


def raster(first_step, steps, channels, nullable=True, step=True, metadata=RASTER, streams=None):
    fields, columns = [], []
    if streams is not None:
        fields.append(pa.field("stream", pa.utf8(), nullable))
        columns.append(pa.array(streams, pa.utf8()))
    if step:
        fields.append(pa.field("step", pa.int64(), nullable))
        columns.append(pa.array(np.arange(first_step, first_step + steps) if np.isscalar(first_step) else first_step, pa.int64()))
    fields.append(pa.field("values", pa.list_(pa.float32(), channels), nullable))
    columns.append(pa.FixedSizeListArray.from_arrays(pa.array(values(steps, channels)), channels))
    return pa.record_batch(columns, schema=pa.schema(fields, metadata=metadata))


def events(first_step, steps, channels, rows):
    schema = pa.schema(
        [("step", pa.int64()), ("channel", pa.int32()), ("count", pa.float32())],
        metadata={
            "riffle.format": "events/1",
            "riffle.dt": "0.001",
            "riffle.channels": str(channels),
            "riffle.first_step": str(first_step),
            "riffle.steps": str(steps),
        },
    )
    columns = [pa.array(column, field.type) for column, field in zip(zip(*rows), schema)]
    return pa.record_batch(columns, schema=schema)


def samples(times, channels, zone="UTC", metadata=SAMPLES, streams=None, runs=None):
    fields = [pa.field("time", pa.timestamp("ns", zone)), pa.field("values", pa.list_(pa.float32(), channels))]
    columns = [
        pa.array(np.array(times, dtype="datetime64[ns]"), fields[0].type),
        pa.FixedSizeListArray.from_arrays(pa.array(values(len(times), channels)), channels),
    ]
    if runs is not None:
        fields.insert(0, pa.field("run", pa.int64()))
        columns.insert(0, pa.array(runs, pa.int64()))
    if streams is not None:
        fields.insert(0, pa.field("stream", pa.utf8()))
        columns.insert(0, pa.array(streams, pa.utf8()))
    return pa.record_batch(columns, schema=pa.schema(fields, metadata=metadata))


def write(name, batches, file=False, compression=None):
    options = pa.ipc.IpcWriteOptions(compression=compression)
    new = pa.ipc.new_file if file else pa.ipc.new_stream
    with new(str(HERE / name), batches[0].schema, options=options) as writer:
        for batch in batches:
            writer.write_batch(batch)


def split(batch, *cuts):
    bounds = [0, *cuts, batch.num_rows]
    return [batch.slice(start, end - start) for start, end in zip(bounds, bounds[1:])]


ROWS = [(121, 0, 1.0), (121, 3, 2.0), (121, 3, 0.5), (124, 1, -1.0)]

write("pyarrow-raster.arrows", [raster(120, 10, 16)])
write("pyarrow-raster-not-null.arrows", [raster(120, 10, 16, nullable=False)])
write("pyarrow-raster-no-step.arrows", [raster(0, 10, 16, step=False)])
write("pyarrow-raster-batches.arrows", split(raster(120, 10, 16), 3, 3, 9))
write("pyarrow-raster-file.arrow", [raster(120, 10, 16)], file=True)
write("pyarrow-raster-lz4.arrows", [raster(120, 10, 16)], compression="lz4")
write("pyarrow-raster-zstd.arrows", [raster(120, 10, 16)], compression="zstd")
write("pyarrow-raster-zstd-file.arrow", [raster(120, 10, 16)], file=True, compression="zstd")
write("pyarrow-raster-large-zstd.arrows", [raster(1 << 40, 1000, 64)], compression="zstd")
write("pyarrow-raster-large-lz4.arrows", [raster(1 << 40, 1000, 64)], compression="lz4")
write("pyarrow-raster-metadata.arrows", [raster(120, 10, 16, metadata={"pandas": "{}" * 5000, **RASTER, "by": "me"})])
write("pyarrow-record.arrows", [raster(120, 10, 16, metadata={**RASTER, "riffle.record": "1_LIF.vmem"})])
write("pyarrow-events.arrows", [events(120, 10, 4, ROWS)])
write("pyarrow-events-zstd-file.arrow", split(events(120, 10, 4, ROWS), 2), file=True, compression="zstd")
STREAMS = ["a", "a", "b", "b", "a", "a", "b", "a"]
STEPS = [0, 1, 50, 51, 2, 3, 52, 9]
write("pyarrow-streams.arrow", split(raster(STEPS, 8, 3, streams=STREAMS), 3), file=True)
write("pyarrow-streams-no-step.arrows", [raster(0, 8, 3, step=False, streams=STREAMS)], compression="lz4")

RUN = {"riffle.run": "1763700000"}
write("pyarrow-raster-run.arrows", [raster(120, 10, 16, metadata={**RASTER, **RUN})])
write("pyarrow-raster-first-step.arrows", [raster(0, 10, 16, step=False, metadata={**RASTER, "riffle.first_step": "120"})])
write("pyarrow-raster-heartbeat.arrows", [raster(0, 0, 16, step=False, metadata={**RASTER, **RUN, "riffle.first_step": "120"})])
TIMES = [1763700000123456789, 0, 1763700000000000000]
write("pyarrow-samples.arrows", [samples(TIMES, 2)])
write("pyarrow-samples-no-zone.arrows", [samples(TIMES, 2, zone=None)])
write("pyarrow-samples-batches.arrows", split(samples(TIMES, 2), 1, 1))
write("pyarrow-samples-run.arrows", [samples(TIMES, 2, metadata={**SAMPLES, **RUN})])
write("pyarrow-samples-heartbeat.arrows", [samples([], 2, metadata={**SAMPLES, **RUN})])
OWNERS = {"streams": ["a", "a", "b", "b"], "runs": [0, 0, 3, 4]}
write("pyarrow-samples-streams.arrow", split(samples([5, 3, 4, 4], 2, **OWNERS), 1), file=True, compression="zstd")
