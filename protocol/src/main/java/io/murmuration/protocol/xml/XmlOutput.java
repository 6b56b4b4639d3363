package io.murmuration.protocol.xml;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** Writes a document in memory. */
public final class XmlOutput {
    /** Writes one element's content. */
    public interface Content {
        void to(XmlOutput out);
    }

    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

    private final XMLStreamWriter writer;

    private XmlOutput(XMLStreamWriter writer) {
        this.writer = writer;
    }

    /** @param namespace null for a document without one */
    public static byte[] document(@Nullable String namespace, String root, Content content) {
        var bytes = new ByteArrayOutputStream();
        try {
            var writer = FACTORY.createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
            writer.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
            writer.writeCharacters("\n");
            writer.writeStartElement(root);
            if (namespace != null) {
                writer.writeDefaultNamespace(namespace);
            }
            content.to(new XmlOutput(writer));
            writer.writeEndElement();
            writer.writeEndDocument();
            writer.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML cannot be written to memory", e);
        }
        return bytes.toByteArray();
    }

    public void element(String name, Content content) {
        try {
            writer.writeStartElement(name);
            content.to(this);
            writer.writeEndElement();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML cannot be written to memory", e);
        }
    }

    public void text(String name, String value) {
        element(name, out -> out.characters(value));
    }

    /** Text of the element that is open. */
    public void content(String value) {
        characters(value);
    }

    /** An element as it was read. */
    public void tree(XmlElement element) {
        element(element.name(), out -> {
            if (element.children().isEmpty()) {
                out.characters(element.text());
            }
            element.children().forEach(out::tree);
        });
    }

    public void number(String name, long value) {
        text(name, Long.toString(value));
    }

    public void flag(String name, boolean value) {
        text(name, Boolean.toString(value));
    }

    /** Nothing if the value is null. */
    public void optional(String name, @Nullable String value) {
        if (value != null) {
            text(name, value);
        }
    }

    public void etag(String value) {
        text("ETag", "\"" + value + "\"");
    }

    /**
     * What XML 1.0 has no character for is written as a reference all the same, as S3 does; a client that has such keys asks for them
     * percent-encoded. A carriage return as it is would be read as a line feed.
     */
    private void characters(String value) {
        try {
            int from = 0;
            for (int at = 0; at < value.length(); at++) {
                char c = value.charAt(at);
                boolean plain = (c >= ' ' && c < '\uFFFE') || c == '\t' || c == '\n';
                if (!plain) {
                    writer.writeCharacters(value.substring(from, at));
                    writer.writeEntityRef("#x" + Integer.toHexString(c));
                    from = at + 1;
                }
            }
            writer.writeCharacters(value.substring(from));
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML cannot be written to memory", e);
        }
    }
}
