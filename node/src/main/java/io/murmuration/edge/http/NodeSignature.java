package io.murmuration.edge.http;

/** How nodes of the cluster know each other's requests and answers; {@code main} hands in the cluster's. */
public interface NodeSignature {
    /** The header that carries it. */
    String header();

    String sign(String method, String pathAndQuery);

    boolean isSigned(String method, String pathAndQuery, String signature);

    /** Of the answer to a request that carried this signature. */
    String answer(String requestSignature);

    boolean isAnswer(String requestSignature, String answer);
}
