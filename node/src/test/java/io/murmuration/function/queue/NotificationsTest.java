package io.murmuration.function.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.base.Clock;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.function.FunctionErrors;
import io.murmuration.protocol.function.FunctionName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NotificationsTest {
    private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:thumb:live";

    private final List<AsyncInvocations.Event> queued = new ArrayList<>();
    private @Nullable ServiceError refusal;
    private final Notifications notifications = new Notifications(
            (event, deadline) -> {
                queued.add(event);
                return refusal == null
                        ? CompletableFuture.completedFuture("id")
                        : CompletableFuture.failedFuture(new ServiceException(refusal));
            },
            Clock.system());

    @Test
    void a_notification_is_queued_for_the_function_that_its_arn_names() {
        assertThat(accept(ARN)).isCompleted();

        assertThat(queued).hasSize(1);
        assertThat(queued.getFirst().function()).isEqualTo(new FunctionName("thumb", "live"));
        assertThat(queued.getFirst().payload().utf8String()).isEqualTo("{}");
    }

    @Test
    void what_may_be_accepted_later_is_to_be_told_again() {
        for (var error : List.of(
                FunctionErrors.queueFull(true),
                new ServiceError(CommonError.UNAVAILABLE, ""),
                new ServiceError(CommonError.OUTCOME_UNKNOWN, ""))) {
            refusal = error;

            assertThat(accept(ARN)).isCompletedExceptionally();
        }
    }

    @Test
    void what_can_never_be_accepted_is_dropped() {
        refusal = FunctionErrors.eventTooLarge(2, 1);

        assertThat(accept(ARN)).isCompleted();
        assertThat(accept("no arn at all")).isCompleted();
        assertThat(queued).hasSize(1);
    }

    private CompletableFuture<Void> accept(String function) {
        return notifications.accept(function, "{}".getBytes(UTF_8)).toCompletableFuture();
    }
}
