package io.murmuration.function.instance;

import io.murmuration.function.environment.EndReason;
import io.murmuration.protocol.ServiceError;

/** Why an instance ended. */
public sealed interface InstanceEnd {
    record OfEnvironment(EndReason reason) implements InstanceEnd {}

    /** Its code could not be made ready; whoever waited for it is refused. */
    record Refused(ServiceError error) implements InstanceEnd {}
}
