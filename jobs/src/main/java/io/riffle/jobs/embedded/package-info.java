/** Kafka and Flink inside this process, on 127.0.0.1 only, for the demo, for local runs and for tests. */
package io.riffle.jobs.embedded;
