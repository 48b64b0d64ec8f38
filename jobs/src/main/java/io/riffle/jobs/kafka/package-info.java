/** Kafka as the commands need it: one place for addresses, patience and the settings that keep records whole. */
package io.riffle.jobs.kafka;
