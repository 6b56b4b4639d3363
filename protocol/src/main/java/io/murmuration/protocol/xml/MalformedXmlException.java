package io.murmuration.protocol.xml;

/** A document is not well-formed, or not the one that was expected. */
public final class MalformedXmlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedXmlException() {
        super("The document is not well-formed or not the one that was expected.", null, false, false);
    }
}
