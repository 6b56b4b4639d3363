package io.murmuration.protocol.edge;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.xml.XmlElement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads members of CloudFront's elements. */
final class Xml {
    private static final int DIGITS_MAX = 10;

    private Xml() {}

    /** Empty if it is not there. */
    static String text(XmlElement element, String name) {
        var text = element.textOf(name);
        return text == null ? "" : text.strip();
    }

    /** Null if it is not there or empty. */
    static @Nullable String optional(XmlElement element, String name) {
        var text = text(element, name);
        return text.isEmpty() ? null : text;
    }

    static XmlElement required(XmlElement element, String name) {
        var child = element.child(name);
        if (child == null) {
            throw EdgeErrors.invalid("The parameter " + name + " is required.");
        }
        return child;
    }

    static String requiredText(XmlElement element, String name) {
        var text = required(element, name).text().strip();
        if (text.isEmpty()) {
            throw EdgeErrors.invalid("The parameter " + name + " is required.");
        }
        return text;
    }

    static boolean flag(XmlElement element, String name) {
        var text = text(element, name);
        if (!text.isEmpty() && !text.equals("true") && !text.equals("false")) {
            throw malformed();
        }
        return text.equals("true");
    }

    /** A whole number of at most ten digits, not negative. */
    static long number(XmlElement element, String name, long standard) {
        var text = text(element, name);
        if (text.isEmpty()) {
            return standard;
        }
        if (text.length() > DIGITS_MAX || !text.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            throw EdgeErrors.invalid("The parameter " + name + " is not valid.");
        }
        return Long.parseLong(text);
    }

    /** The elements of a list; empty if there is none. */
    static List<XmlElement> items(XmlElement element, String list, String item) {
        var child = element.child(list);
        var items = child == null ? null : child.child("Items");
        return items == null ? List.of() : items.all(item);
    }

    static List<String> texts(XmlElement element, String list, String item) {
        return items(element, list, item).stream()
                .map(each -> each.text().strip())
                .toList();
    }

    static ServiceException malformed() {
        return new ServiceException(EdgeErrors.malformed());
    }
}
