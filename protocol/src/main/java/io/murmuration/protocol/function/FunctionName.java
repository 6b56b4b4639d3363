package io.murmuration.protocol.function;

import io.murmuration.protocol.ServiceException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A function as a request names it: by name, partial ARN or ARN, each with a qualifier or without.
 *
 * @param qualifier a version or alias; null if the name has none
 */
public record FunctionName(String name, @Nullable String qualifier) {
    public static final String PATTERN =
            "(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?"
                    + "([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?";
    private static final Pattern NAME = Pattern.compile(PATTERN);
    private static final int CHARS_MAX = 64;
    private static final int NAME_GROUP = 7;
    private static final int QUALIFIER_GROUP = 9;

    /** @throws ServiceException in Lambda's words if it is no name */
    public static FunctionName parse(String text) {
        var found = NAME.matcher(text);
        var violations = new Violations();
        if (!found.matches()) {
            violations.add(text, "functionName", "Member must satisfy regular expression pattern: " + PATTERN);
            violations.check();
        }
        var name = found.group(NAME_GROUP);
        if (name.length() > CHARS_MAX) {
            violations.add(text, "functionName", "Member must have length less than or equal to " + CHARS_MAX);
            violations.check();
        }
        return new FunctionName(name, found.group(QUALIFIER_GROUP));
    }

    /**
     * The qualifier, which the query may give as well.
     *
     * @throws ServiceException if both give one and they differ
     */
    FunctionName with(@Nullable String fromQuery) {
        if (fromQuery == null || fromQuery.equals(qualifier)) {
            return this;
        }
        if (qualifier != null) {
            throw new ServiceException(FunctionErrors.invalid(
                    "The derived qualifier from the function name does not match the specified qualifier."));
        }
        return new FunctionName(name, fromQuery);
    }

    /**
     * The ARN, with the qualifier if there is one.
     *
     * @param account its twelve digits
     */
    public String arn(String region, String account) {
        var unqualified = "arn:aws:lambda:" + region + ":" + account + ":function:" + name;
        return qualifier == null ? unqualified : unqualified + ":" + qualifier;
    }

    /** The qualifier that is meant: the unpublished version if none is given. */
    public String qualifierOrLatest() {
        return qualifier == null ? FunctionConfiguration.LATEST : qualifier;
    }
}
