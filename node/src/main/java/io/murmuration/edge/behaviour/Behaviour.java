package io.murmuration.edge.behaviour;

import io.murmuration.edge.caching.CachePolicy;
import io.murmuration.edge.caching.ResponseHead;
import java.util.List;
import java.util.Set;

/**
 * How a distribution answers what falls under a path pattern.
 *
 * @param origin the id of the origin that it asks
 * @param admission who is answered at all
 * @param forwarded what the origin sees and is not in the key: what depends on its headers the origin's {@code Vary} has to say
 */
public record Behaviour(
        PathPattern pattern,
        String origin,
        Admission admission,
        KeyParameters key,
        Forwarding forwarded,
        CachePolicy policy) {
    public Behaviour {
        var keyed = key.headers().takes("authorization");
        policy = policy.requests(policy.requestDirectives(), keyed);
    }

    /** An answer as others may get it, too: where cookies are not in the key, the next viewer would get another's. */
    public ResponseHead shared(ResponseHead answer) {
        return key.cookies().isNone() ? withoutCookies(answer) : answer;
    }

    /** An answer as the one gets it who asked for it. Where origins see no cookies, they set none either; CloudFront removes them too. */
    public ResponseHead own(ResponseHead answer) {
        return key.cookies().isNone() && forwarded.cookies().isNone() ? withoutCookies(answer) : answer;
    }

    private static ResponseHead withoutCookies(ResponseHead answer) {
        return answer.with(answer.headers().without(List.of("Set-Cookie")));
    }

    /**
     * Who is answered.
     *
     * @param methods others are refused
     */
    public record Admission(Set<String> methods, Scheme scheme) {
        /** Everybody. */
        public static final Admission ALL =
                new Admission(Set.of("GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"), Scheme.ANY);

        public Admission {
            methods = Set.copyOf(methods);
        }
    }

    /** What becomes of viewers who come without TLS. */
    public enum Scheme {
        ANY,
        /** They are sent to the same place with TLS. */
        REDIRECTED,
        /** They are refused. */
        TLS_ONLY
    }
}
