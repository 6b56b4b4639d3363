package io.murmuration.identity;

import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ErrorCode;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an {@code Authorization} header of Signature Version 4. Read in AWS's order, refused in AWS's words.
 *
 * @param scope key id, date, region, service, terminator
 * @param signedHeaders in lower case, in the signer's order
 * @param date of the request, {@code yyyyMMdd'T'HHmmss'Z'}
 */
record Authorization(List<String> scope, List<String> signedHeaders, String signature, String date) {
    private static final String SCHEME = "AWS4-";
    private static final List<String> PARAMETERS = List.of("Credential", "Signature", "SignedHeaders");
    private static final int SCOPE_PARTS = 5;

    static Authorization of(SignedRequest request) {
        var header = request.header("authorization");
        if (header != null && request.query().contains("X-Amz-Algorithm")) {
            throw refusal(
                    CommonError.INVALID_SIGNATURE,
                    "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.");
        }
        if (header == null || !header.strip().startsWith(SCHEME)) {
            throw refusal(CommonError.MISSING_AUTHENTICATION_TOKEN, "Request is missing Authentication Token");
        }
        var parameters = parameters(header.strip());
        var date = request.header("x-amz-date") != null ? request.header("x-amz-date") : request.header("date");
        refuseIncomplete(header, parameters, date);
        return new Authorization(
                scope(parameters.getOrDefault("Credential", "")),
                List.of(parameters.getOrDefault("SignedHeaders", "").split(";")),
                parameters.getOrDefault("Signature", ""),
                date == null ? "" : date);
    }

    String keyId() {
        return scope.get(0);
    }

    /** What the signing key is derived for: {@code date/region/service/aws4_request}. */
    String credentialScope() {
        return String.join("/", scope.subList(1, SCOPE_PARTS));
    }

    private static Map<String, String> parameters(String header) {
        var found = new HashMap<String, String>();
        int scheme = header.indexOf(' ');
        if (scheme < 0) {
            return found;
        }
        for (var part : header.substring(scheme).split("[, ]+")) {
            int equal = part.indexOf('=');
            if (equal > 0) {
                found.put(part.substring(0, equal), part.substring(equal + 1));
            }
        }
        return found;
    }

    private static void refuseIncomplete(String header, Map<String, String> parameters, @Nullable String date) {
        var missing = new ArrayList<String>();
        for (var parameter : PARAMETERS) {
            if (!parameters.containsKey(parameter)) {
                missing.add("Authorization header requires '" + parameter + "' parameter. ");
            }
        }
        if (date == null) {
            missing.add("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
        }
        if (!missing.isEmpty()) {
            throw refusal(CommonError.INCOMPLETE_SIGNATURE, String.join("", missing) + "Authorization=" + header);
        }
    }

    private static List<String> scope(String credential) {
        var parts = List.of(credential.split("/"));
        if (parts.size() != SCOPE_PARTS) {
            throw refusal(
                    CommonError.INCOMPLETE_SIGNATURE,
                    "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '"
                            + credential + "'");
        }
        return parts;
    }

    private static ServiceException refusal(ErrorCode code, String message) {
        return new ServiceException(new ServiceError(code, message));
    }
}
