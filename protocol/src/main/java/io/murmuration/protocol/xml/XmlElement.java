package io.murmuration.protocol.xml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An element of a small document. Namespaces are dropped: clients send the service's, or none.
 *
 * @param text what stands in it besides its children, as one
 */
public record XmlElement(String name, String text, List<XmlElement> children) {
    /** The children of this name, in their order. */
    public List<XmlElement> all(String child) {
        return children.stream().filter(element -> element.name.equals(child)).toList();
    }

    /** The first child of this name; null if there is none. */
    public @Nullable XmlElement child(String child) {
        for (var element : children) {
            if (element.name.equals(child)) {
                return element;
            }
        }
        return null;
    }

    /** The first child of this name's text; null if there is none. */
    public @Nullable String textOf(String child) {
        var element = child(child);
        return element == null ? null : element.text;
    }
}
