package io.murmuration.protocol.table.expression;

import io.murmuration.protocol.table.AttributeValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What {@code SET} assigns, names and values known. Reading an attribute that does not exist is an error here. */
sealed interface SetValue {
    /** The value for the item as it was before the update. */
    AttributeValue in(Map<String, AttributeValue> before);

    /** Adds the paths it reads. */
    void paths(Collection<DocumentPath> paths);

    record At(DocumentPath path) implements SetValue {
        @Override
        public AttributeValue in(Map<String, AttributeValue> before) {
            var found = path.in(before);
            if (found == null) {
                throw Refusals.missingAttribute();
            }
            return found;
        }

        @Override
        public void paths(Collection<DocumentPath> paths) {
            paths.add(path);
        }
    }

    record Constant(AttributeValue value) implements SetValue {
        @Override
        public AttributeValue in(Map<String, AttributeValue> before) {
            return value;
        }

        @Override
        public void paths(Collection<DocumentPath> paths) {}
    }

    record IfNotExists(DocumentPath path, SetValue otherwise) implements SetValue {
        @Override
        public AttributeValue in(Map<String, AttributeValue> before) {
            var found = path.in(before);
            return found == null ? otherwise.in(before) : found;
        }

        @Override
        public void paths(Collection<DocumentPath> paths) {
            paths.add(path);
            otherwise.paths(paths);
        }
    }

    record ListAppend(SetValue head, SetValue tail) implements SetValue {
        @Override
        public AttributeValue in(Map<String, AttributeValue> before) {
            if (head.in(before) instanceof AttributeValue.L start && tail.in(before) instanceof AttributeValue.L end) {
                List<AttributeValue> joined = new ArrayList<>(start.values());
                joined.addAll(end.values());
                return new AttributeValue.L(Collections.unmodifiableList(joined));
            }
            throw Refusals.operandDataType();
        }

        @Override
        public void paths(Collection<DocumentPath> paths) {
            head.paths(paths);
            tail.paths(paths);
        }
    }

    record Arithmetic(SetValue left, Sign sign, SetValue right) implements SetValue {
        @Override
        public AttributeValue in(Map<String, AttributeValue> before) {
            if (left.in(before) instanceof AttributeValue.N a && right.in(before) instanceof AttributeValue.N b) {
                return new AttributeValue.N(
                        sign == Sign.PLUS
                                ? a.value().plus(b.value())
                                : a.value().minus(b.value()));
            }
            throw Refusals.operandDataType();
        }

        @Override
        public void paths(Collection<DocumentPath> paths) {
            left.paths(paths);
            right.paths(paths);
        }
    }
}
