package io.riffle.integration.load;

import io.riffle.jobs.kafka.Brokers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;

/** As long as it is open, the broker takes only so much from each producer, the load's excepted. */
public final class SlowSinks implements AutoCloseable {
    private static final String PRODUCER_RATE = "producer_byte_rate";
    private static final double NO_LIMIT = 1e12;

    private final Brokers brokers;

    public SlowSinks(Brokers brokers, double bytesPerSecond) {
        this.brokers = brokers;
        limit(Load.CLIENT, NO_LIMIT);
        limit(null, bytesPerSecond);
    }

    @Override
    public void close() {
        limit(null, null);
        limit(Load.CLIENT, null);
    }

    /** @param client null for each that has no limit of its own */
    private void limit(String client, Double bytesPerSecond) {
        Map<String, String> entity = new HashMap<>();
        entity.put(ClientQuotaEntity.CLIENT_ID, client);
        try (Admin admin = Admin.create(brokers.clientProperties())) {
            admin.alterClientQuotas(List.of(new ClientQuotaAlteration(
                            new ClientQuotaEntity(entity),
                            List.of(new ClientQuotaAlteration.Op(PRODUCER_RATE, bytesPerSecond)))))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker does not take the limit", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while limiting producers", e);
        }
    }
}
