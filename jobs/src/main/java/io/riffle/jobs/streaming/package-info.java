/** The streaming job: a network between Kafka topics. */
package io.riffle.jobs.streaming;
