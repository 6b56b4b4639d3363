package io.murmuration.protocol.object.xml;

import io.murmuration.protocol.xml.XmlOutput;

/** S3's documents: in its namespace, but errors, which have none. */
final class ObjectXml {
    private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

    private ObjectXml() {}

    static byte[] document(String root, XmlOutput.Content content) {
        return XmlOutput.document(NAMESPACE, root, content);
    }

    static byte[] bareDocument(String root, XmlOutput.Content content) {
        return XmlOutput.document(null, root, content);
    }
}
