package io.murmuration.cli.demo;

import io.murmuration.base.Clock;
import io.murmuration.cli.Deadline;
import io.murmuration.cli.demo.site.SiteNames;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/** Invokes a function asynchronously, each time with another id, which the function notes in a table: at least once is what it is promised. */
final class EventWriter extends IdWriter {
    private static final Duration BREATH = Duration.ofMillis(20);
    private static final Duration GLANCE = Duration.ofMillis(400);

    /** Longer than the minute after which a failed event is tried again. */
    private static final Duration DELIVERY_PATIENCE = Duration.ofSeconds(80);

    private final SiteNames names;
    private final Clock clock;

    EventWriter(Clients clients, int endpoint, Clock clock, SiteNames names) {
        super(clients, endpoint, clock, BREATH);
        this.names = names;
        this.clock = clock;
    }

    @Override
    String id(int number) {
        return "event-" + number;
    }

    @Override
    boolean attempt(int number) {
        var payload = SdkBytes.fromUtf8String("{\"id\":\"" + id(number) + "\"}");
        try {
            clients().functionsAt(endpoint()).invoke(request -> request.functionName(names.eventNoter())
                    .invocationType(InvocationType.EVENT)
                    .payload(payload));
            return true;
        } catch (SdkException e) {
            return false;
        }
    }

    /** Waits for those that are still on their way. */
    @Override
    Tally check() {
        Deadline.after(clock, DELIVERY_PATIENCE).await(() -> {
            Deadline.pause(GLANCE);
            return ledger().against(noted()).lost() == 0;
        });
        return ledger().against(noted());
    }

    private Set<String> noted() {
        return client()
                .scanPaginator(request -> request.tableName(names.events()).consistentRead(true))
                .items()
                .stream()
                .map(item -> StrikeReport.text(item, "event"))
                .collect(Collectors.toSet());
    }
}
