package io.murmuration.protocol.edge;

import io.murmuration.protocol.ErrorCode;
import io.murmuration.protocol.RetryAdvice;

/** Errors of CloudFront's own. */
public enum EdgeError implements ErrorCode {
    NO_SUCH_DISTRIBUTION("NoSuchDistribution", 404),
    NO_SUCH_INVALIDATION("NoSuchInvalidation", 404),
    NO_SUCH_ORIGIN("NoSuchOrigin", 404),
    NO_SUCH_CACHE_POLICY("NoSuchCachePolicy", 404),
    NO_SUCH_ORIGIN_REQUEST_POLICY("NoSuchOriginRequestPolicy", 404),
    NO_SUCH_RESPONSE_HEADERS_POLICY("NoSuchResponseHeadersPolicy", 404),
    NO_SUCH_RESOURCE("NoSuchResource", 404),
    DISTRIBUTION_ALREADY_EXISTS("DistributionAlreadyExists", 409),
    DISTRIBUTION_NOT_DISABLED("DistributionNotDisabled", 409),
    CNAME_ALREADY_EXISTS("CNAMEAlreadyExists", 409),
    INVALIDATION_BATCH_ALREADY_EXISTS("InvalidationBatchAlreadyExists", 409),
    PRECONDITION_FAILED("PreconditionFailed", 412),
    BATCH_TOO_LARGE("BatchTooLarge", 413),
    INVALID_IF_MATCH_VERSION("InvalidIfMatchVersion", 400),
    INVALID_ARGUMENT("InvalidArgument", 400),
    INVALID_DEFAULT_ROOT_OBJECT("InvalidDefaultRootObject", 400),
    INVALID_FORWARD_COOKIES("InvalidForwardCookies", 400),
    INVALID_TTL_ORDER("InvalidTTLOrder", 400),
    INVALID_RELATIVE_PATH("InvalidRelativePath", 400),
    INVALID_ORIGIN_READ_TIMEOUT("InvalidOriginReadTimeout", 400),
    INVALID_ORIGIN_KEEPALIVE_TIMEOUT("InvalidOriginKeepaliveTimeout", 400),
    INVALID_WEB_ACL_ID("InvalidWebACLId", 400),
    INVALID_GEO_RESTRICTION("InvalidGeoRestrictionParameter", 400),
    INVALID_FUNCTION_ASSOCIATION("InvalidFunctionAssociation", 400),
    INVALID_LAMBDA_ASSOCIATION("InvalidLambdaFunctionAssociation", 400),
    ILLEGAL_UPDATE("IllegalUpdate", 400),
    INCONSISTENT_QUANTITIES("InconsistentQuantities", 400),
    MALFORMED_INPUT("MalformedInput", 400),
    MISSING_BODY("MissingBody", 400),
    TOO_MANY_DISTRIBUTIONS("TooManyDistributions", 400),
    TOO_MANY_ORIGINS("TooManyOrigins", 400),
    TOO_MANY_CNAMES("TooManyDistributionCNAMEs", 400),
    TOO_MANY_BEHAVIOURS("TooManyCacheBehaviors", 400),
    TOO_MANY_ORIGIN_HEADERS("TooManyOriginCustomHeaders", 400),
    TOO_MANY_HEADERS("TooManyHeadersInForwardedValues", 400),
    TOO_MANY_COOKIES("TooManyCookieNamesInWhiteList", 400),
    TOO_MANY_QUERY_PARAMETERS("TooManyQueryStringParameters", 400),
    TOO_MANY_INVALIDATIONS("TooManyInvalidationsInProgress", 400);

    private final String wireName;
    private final int status;

    EdgeError(String wireName, int status) {
        this.wireName = wireName;
        this.status = status;
    }

    @Override
    public String wireName() {
        return wireName;
    }

    @Override
    public int status() {
        return status;
    }

    /** None of them passes by itself. */
    @Override
    public RetryAdvice advice() {
        return RetryAdvice.NEVER;
    }
}
