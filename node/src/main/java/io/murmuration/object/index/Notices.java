package io.murmuration.object.index;

import java.util.List;

/**
 * Whom to tell of a change of an object, if it comes about.
 *
 * @param event such as {@code ObjectCreated:Put}
 * @param targets empty for nobody
 * @param requestId of the request that makes the change
 * @param address that it came from
 */
public record Notices(String bucketName, String event, List<Target> targets, String requestId, String address) {
    public static final Notices NONE = new Notices("", "", List.of(), "", "");

    /** @param configuration the id of the rule that wants it told */
    public record Target(String function, String configuration) {}
}
