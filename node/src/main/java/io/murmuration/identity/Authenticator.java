package io.murmuration.identity;

import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides whether a request is signed well enough. Mode {@code dev}: the signature must have the shape that AWS demands; any key is accepted, but a
 * request signed with a key that the node knows must carry the right signature. The date is not compared with the clock.
 */
public final class Authenticator {
    private final Map<String, String> knownKeys;

    private Authenticator(Map<String, String> knownKeys) {
        this.knownKeys = Map.copyOf(knownKeys);
    }

    /** @param knownKeys secrets by key id */
    public static Authenticator dev(Map<String, String> knownKeys) {
        return new Authenticator(knownKeys);
    }

    /** Why the request is turned away, empty if it is not. */
    public Optional<ServiceError> refusal(SignedRequest request, String service) {
        try {
            return check(request, Authorization.of(request), service);
        } catch (ServiceException refused) {
            return Optional.of(refused.error());
        }
    }

    private Optional<ServiceError> check(SignedRequest request, Authorization authorization, String service) {
        var secret = knownKeys.get(authorization.keyId());
        if (secret == null) {
            return Optional.empty();
        }
        var wrongScope = scopeProblems(authorization, service);
        if (!wrongScope.isEmpty()) {
            return Optional.of(new ServiceError(CommonError.INVALID_SIGNATURE, String.join(" ", wrongScope)));
        }
        var expected = SignatureV4.signature(request, authorization, secret);
        return same(expected, authorization.signature())
                ? Optional.empty()
                : Optional.of(mismatch(request, authorization));
    }

    private static List<String> scopeProblems(Authorization authorization, String service) {
        var problems = new ArrayList<String>();
        if (!authorization.signedHeaders().contains("host")) {
            problems.add("'Host' must be a 'SignedHeader' in the AWS Authorization.");
        }
        if (!authorization.scope().get(3).equals(service)) {
            problems.add("Credential should be scoped to correct service: '" + service + "'.");
        }
        if (!authorization.scope().get(4).equals("aws4_request")) {
            problems.add("Credential should be scoped with a valid terminator: 'aws4_request', not '"
                    + authorization.scope().get(4) + "'.");
        }
        return problems;
    }

    /** In a time that does not tell how many digits were right. */
    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.UTF_8));
    }

    private static ServiceError mismatch(SignedRequest request, Authorization authorization) {
        return new ServiceError(
                CommonError.INVALID_SIGNATURE,
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing"
                        + " method. Consult the service documentation for details.\n\nThe Canonical String for this request should have been\n'"
                        + SignatureV4.canonicalRequest(request, authorization.signedHeaders())
                        + "'\n\nThe String-to-Sign should have been\n'"
                        + SignatureV4.stringToSign(request, authorization) + "'\n");
    }
}
