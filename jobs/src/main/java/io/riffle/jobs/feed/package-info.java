/** Live sensors into Kafka: what this machine itself can feel. */
package io.riffle.jobs.feed;
