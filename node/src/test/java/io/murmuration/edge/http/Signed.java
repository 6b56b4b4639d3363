package io.murmuration.edge.http;

import io.murmuration.journal.http.ClusterSignature;

/** The cluster's signature as the CDN wants it. */
record Signed(ClusterSignature signature) implements NodeSignature {
    static NodeSignature with(ClusterSignature signature) {
        return new Signed(signature);
    }

    @Override
    public String header() {
        return ClusterSignature.HEADER;
    }

    @Override
    public String sign(String method, String pathAndQuery) {
        return signature.sign(method, pathAndQuery);
    }

    @Override
    public boolean isSigned(String method, String pathAndQuery, String given) {
        return signature.isSigned(method, pathAndQuery, given);
    }

    @Override
    public String answer(String requestSignature) {
        return signature.answer(requestSignature);
    }

    @Override
    public boolean isAnswer(String requestSignature, String answer) {
        return signature.isAnswer(requestSignature, answer);
    }
}
