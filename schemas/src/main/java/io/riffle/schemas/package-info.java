/** The wire format: chunks as Arrow, in Kafka records and files. */
package io.riffle.schemas;
