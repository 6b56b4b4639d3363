package io.murmuration.protocol.object.xml;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.object.ObjectErrors;
import io.murmuration.protocol.xml.MalformedXmlException;
import io.murmuration.protocol.xml.XmlElement;

/** Documents as S3 refuses them: as {@code MalformedXML}. */
final class XmlInput {
    private XmlInput() {}

    /** The root; refused if it has another name or the document is not well-formed. */
    static XmlElement read(byte[] document, String root) {
        try {
            return io.murmuration.protocol.xml.XmlInput.read(document, root);
        } catch (MalformedXmlException e) {
            throw malformed();
        }
    }

    static ServiceException malformed() {
        return new ServiceException(ObjectErrors.malformedXml());
    }
}
