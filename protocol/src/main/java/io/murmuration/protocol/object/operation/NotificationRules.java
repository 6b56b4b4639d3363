package io.murmuration.protocol.object.operation;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.object.ObjectErrors;
import io.murmuration.protocol.object.operation.NotificationConfiguration.ToFunction;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which notifications may be configured, and which a change asks for. Source: S3 user guide, "Event notification types and destinations". */
public final class NotificationRules {
    private static final String SCHEME = "s3:";
    private static final String ANY = "*";
    /** Those whose changes happen here. */
    private static final Set<String> EVENTS = Set.of(
            "s3:ObjectCreated:*",
            "s3:ObjectCreated:Put",
            "s3:ObjectCreated:Post",
            "s3:ObjectCreated:Copy",
            "s3:ObjectCreated:CompleteMultipartUpload",
            "s3:ObjectRemoved:*",
            "s3:ObjectRemoved:Delete",
            "s3:ObjectRemoved:DeleteMarkerCreated");

    private static final Pattern FUNCTION =
            Pattern.compile("arn:aws[a-z-]*:lambda:[a-z0-9-]+:\\d{12}:function:[a-zA-Z0-9-_]+(:[a-zA-Z0-9-_$]+)?");

    private NotificationRules() {}

    /** Refused is what S3 refuses, and events that never happen here. */
    static NotificationConfiguration checked(NotificationConfiguration configuration) {
        var ids = new HashSet<String>();
        for (var rule : configuration.functions()) {
            if (!FUNCTION.matcher(rule.function()).matches()) {
                throw invalid("The ARN is not well formed", "LambdaFunction", rule.function());
            }
            for (var event : rule.events()) {
                if (!EVENTS.contains(event)) {
                    throw invalid("The event is not supported for notifications", "Event", event);
                }
            }
            if (!rule.id().isEmpty() && !ids.add(rule.id())) {
                throw invalid("Same ID used for multiple configurations. IDs must be unique", "Id", rule.id());
            }
        }
        checkOverlap(configuration.functions());
        return configuration;
    }

    private static void checkOverlap(List<ToFunction> rules) {
        for (int one = 0; one < rules.size(); one++) {
            for (int other = 0; other < one; other++) {
                if (overlap(rules.get(one), rules.get(other))) {
                    throw new ServiceException(ObjectErrors.invalidArgument(
                            "Configurations overlap. Configurations on the same bucket cannot share a common event type.",
                            "Id",
                            rules.get(one).id()));
                }
            }
        }
    }

    private static boolean overlap(ToFunction one, ToFunction other) {
        boolean prefixes =
                one.prefix().startsWith(other.prefix()) || other.prefix().startsWith(one.prefix());
        boolean suffixes =
                one.suffix().endsWith(other.suffix()) || other.suffix().endsWith(one.suffix());
        return prefixes
                && suffixes
                && one.events().stream().anyMatch(event -> other.events().stream()
                        .anyMatch(another -> covers(event, another) || covers(another, event)));
    }

    /**
     * The rules that want to be told.
     *
     * @param event without its scheme, such as {@code ObjectCreated:Put}
     */
    public static List<ToFunction> wanting(NotificationConfiguration configuration, String event, String key) {
        return configuration.functions().stream()
                .filter(rule -> key.startsWith(rule.prefix())
                        && key.endsWith(rule.suffix())
                        && rule.events().stream().anyMatch(wanted -> covers(wanted, SCHEME + event)))
                .toList();
    }

    private static boolean covers(String wanted, String event) {
        return wanted.endsWith(ANY)
                ? event.startsWith(wanted.substring(0, wanted.length() - ANY.length()))
                : wanted.equals(event);
    }

    private static ServiceException invalid(String message, String name, String value) {
        return new ServiceException(ObjectErrors.invalidArgument(message, name, value));
    }
}
