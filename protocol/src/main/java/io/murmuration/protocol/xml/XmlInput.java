package io.murmuration.protocol.xml;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads documents whose bytes are bounded by the caller, and whose depth is bounded here. A document type declaration, and so every entity of one's own, is refused. */
public final class XmlInput {
    private static final int DEPTH_MAX = 16;
    private static final XMLInputFactory FACTORY = factory();

    private XmlInput() {}

    /**
     * The root.
     *
     * @throws MalformedXmlException if it has another name or the document is not well-formed
     */
    public static XmlElement read(byte[] document, String root) {
        try {
            // the factory is safe for use by many threads once its properties are set
            var reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(document));
            if (reader.nextTag() != XMLStreamConstants.START_ELEMENT
                    || !reader.getLocalName().equals(root)) {
                throw new MalformedXmlException();
            }
            var element = element(reader, 1);
            while (reader.hasNext()) {
                refuse(reader.next());
            }
            return element;
        } catch (XMLStreamException e) {
            throw new MalformedXmlException();
        }
    }

    private static XmlElement element(XMLStreamReader reader, int depth) throws XMLStreamException {
        if (depth > DEPTH_MAX) {
            throw new MalformedXmlException();
        }
        var name = reader.getLocalName();
        var text = new StringBuilder();
        var children = new ArrayList<XmlElement>();
        while (true) {
            int event = reader.next();
            refuse(event);
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> children.add(element(reader, depth + 1));
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    text.append(reader.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    return new XmlElement(name, text.toString(), children);
                }
                default -> {} // comments and processing instructions say nothing
            }
        }
    }

    private static void refuse(int event) {
        if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
            throw new MalformedXmlException();
        }
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((publicId, systemId, baseUri, namespace) -> {
            throw new XMLStreamException("entities from elsewhere are not read");
        });
        return factory;
    }
}
