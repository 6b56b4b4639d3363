package io.murmuration.protocol.object.xml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An element of a small document. Namespaces are dropped: clients send S3's, or none.
 *
 * @param text what stands in it besides its children, as one
 */
record XmlElement(String name, String text, List<XmlElement> children) {
    List<XmlElement> all(String child) {
        return children.stream().filter(element -> element.name.equals(child)).toList();
    }

    /** The first child of this name's text; null if there is none. */
    @Nullable
    String textOf(String child) {
        for (var element : children) {
            if (element.name.equals(child)) {
                return element.text;
            }
        }
        return null;
    }
}
