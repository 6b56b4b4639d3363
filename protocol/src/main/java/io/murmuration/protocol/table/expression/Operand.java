package io.murmuration.protocol.table.expression;

import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.DynamoNumber;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One side of a comparison, names and values known. */
sealed interface Operand {
    /** Its value for an item; null if there is none. */
    @Nullable
    AttributeValue in(Map<String, AttributeValue> item);

    /** The type it has for every item, by its name on the wire; null if that depends on the item. */
    @Nullable
    String fixedType();

    /** Adds the paths it reads. */
    void paths(Collection<DocumentPath> paths);

    record At(DocumentPath path) implements Operand {
        @Override
        public @Nullable AttributeValue in(Map<String, AttributeValue> item) {
            return path.in(item);
        }

        @Override
        public @Nullable String fixedType() {
            return null;
        }

        @Override
        public void paths(Collection<DocumentPath> paths) {
            paths.add(path);
        }
    }

    record Constant(AttributeValue value) implements Operand {
        @Override
        public AttributeValue in(Map<String, AttributeValue> item) {
            return value;
        }

        @Override
        public String fixedType() {
            return value.type();
        }

        @Override
        public void paths(Collection<DocumentPath> paths) {}
    }

    /** UTF-16 units of a string, bytes of a binary, members of a set, list or map; nothing else has a size. */
    record Size(Operand of) implements Operand {
        static final List<String> TYPES = List.of("S", "B", "SS", "NS", "BS", "L", "M");

        @Override
        public @Nullable AttributeValue in(Map<String, AttributeValue> item) {
            var value = of.in(item);
            int size = value == null ? -1 : size(value);
            return size < 0 ? null : new AttributeValue.N(DynamoNumber.of(size));
        }

        private static int size(AttributeValue value) {
            return switch (value) {
                case AttributeValue.S text -> text.value().length();
                case AttributeValue.B bytes -> bytes.value().length();
                case AttributeValue.SS set -> set.values().size();
                case AttributeValue.NS set -> set.values().size();
                case AttributeValue.BS set -> set.values().size();
                case AttributeValue.L list -> list.values().size();
                case AttributeValue.M map -> map.values().size();
                case AttributeValue.N number -> -1;
                case AttributeValue.Bool bool -> -1;
                case AttributeValue.Null nothing -> -1;
            };
        }

        @Override
        public String fixedType() {
            return "N";
        }

        @Override
        public void paths(Collection<DocumentPath> paths) {
            of.paths(paths);
        }
    }
}
