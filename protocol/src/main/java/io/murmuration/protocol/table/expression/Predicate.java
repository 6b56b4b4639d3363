package io.murmuration.protocol.table.expression;

import io.murmuration.protocol.table.AttributeValue;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A condition, names and values known. A missing attribute and values of different types are no errors: they compare as unequal. */
sealed interface Predicate {
    boolean holds(Map<String, AttributeValue> item);

    /** Adds the paths it reads. */
    void paths(Collection<DocumentPath> paths);

    record And(List<Predicate> all) implements Predicate {
        @Override
        public boolean holds(Map<String, AttributeValue> item) {
            for (var predicate : all) {
                if (!predicate.holds(item)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public void paths(Collection<DocumentPath> paths) {
            all.forEach(predicate -> predicate.paths(paths));
        }
    }

    record Or(List<Predicate> any) implements Predicate {
        @Override
        public boolean holds(Map<String, AttributeValue> item) {
            for (var predicate : any) {
                if (predicate.holds(item)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void paths(Collection<DocumentPath> paths) {
            any.forEach(predicate -> predicate.paths(paths));
        }
    }

    record Not(Predicate predicate) implements Predicate {
        @Override
        public boolean holds(Map<String, AttributeValue> item) {
            return !predicate.holds(item);
        }

        @Override
        public void paths(Collection<DocumentPath> paths) {
            predicate.paths(paths);
        }
    }

    record Comparison(Comparator comparator, Operand left, Operand right) implements Predicate {
        @Override
        public boolean holds(Map<String, AttributeValue> item) {
            var a = left.in(item);
            var b = right.in(item);
            if (!comparator.isOrdering()) {
                boolean equal = a != null && a.equals(b);
                return equal == (comparator == Comparator.EQUAL);
            }
            return a != null && b != null && ValueOrder.comparable(a, b) && holds(ValueOrder.compare(a, b));
        }

        private boolean holds(int order) {
            return switch (comparator) {
                case EQUAL -> order == 0;
                case NOT_EQUAL -> order != 0;
                case LESS -> order < 0;
                case LESS_OR_EQUAL -> order <= 0;
                case GREATER -> order > 0;
                case GREATER_OR_EQUAL -> order >= 0;
            };
        }

        @Override
        public void paths(Collection<DocumentPath> paths) {
            left.paths(paths);
            right.paths(paths);
        }
    }

    record Between(Operand value, Operand lower, Operand upper) implements Predicate {
        @Override
        public boolean holds(Map<String, AttributeValue> item) {
            var found = value.in(item);
            var low = lower.in(item);
            var high = upper.in(item);
            return found != null
                    && low != null
                    && high != null
                    && ValueOrder.comparable(found, low)
                    && ValueOrder.comparable(found, high)
                    && ValueOrder.compare(low, found) <= 0
                    && ValueOrder.compare(found, high) <= 0;
        }

        @Override
        public void paths(Collection<DocumentPath> paths) {
            value.paths(paths);
            lower.paths(paths);
            upper.paths(paths);
        }
    }

    record In(Operand value, List<Operand> candidates) implements Predicate {
        @Override
        public boolean holds(Map<String, AttributeValue> item) {
            var found = value.in(item);
            if (found == null) {
                return false;
            }
            for (var candidate : candidates) {
                if (found.equals(candidate.in(item))) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void paths(Collection<DocumentPath> paths) {
            value.paths(paths);
            candidates.forEach(candidate -> candidate.paths(paths));
        }
    }

    record Exists(DocumentPath path, boolean expected) implements Predicate {
        @Override
        public boolean holds(Map<String, AttributeValue> item) {
            return (path.in(item) != null) == expected;
        }

        @Override
        public void paths(Collection<DocumentPath> paths) {
            paths.add(path);
        }
    }

    record HasType(Operand operand, String type) implements Predicate {
        @Override
        public boolean holds(Map<String, AttributeValue> item) {
            var found = operand.in(item);
            return found != null && found.type().equals(type);
        }

        @Override
        public void paths(Collection<DocumentPath> paths) {
            operand.paths(paths);
        }
    }

    record BeginsWith(Operand operand, Operand prefix) implements Predicate {
        @Override
        public boolean holds(Map<String, AttributeValue> item) {
            var found = operand.in(item);
            var start = prefix.in(item);
            return found != null && start != null && ValueOrder.startsWith(found, start);
        }

        @Override
        public void paths(Collection<DocumentPath> paths) {
            operand.paths(paths);
            prefix.paths(paths);
        }
    }

    /** A part of a string or binary, a member of a set, an element of a list. */
    record Contains(Operand operand, Operand member) implements Predicate {
        @Override
        public boolean holds(Map<String, AttributeValue> item) {
            var found = operand.in(item);
            var wanted = member.in(item);
            return found != null && wanted != null && contains(found, wanted);
        }

        private static boolean contains(AttributeValue whole, AttributeValue part) {
            return switch (whole) {
                case AttributeValue.S text ->
                    part instanceof AttributeValue.S piece && text.value().contains(piece.value());
                case AttributeValue.B bytes ->
                    part instanceof AttributeValue.B piece && ValueOrder.contains(bytes.value(), piece.value());
                case AttributeValue.SS set ->
                    part instanceof AttributeValue.S one && set.values().contains(one.value());
                case AttributeValue.NS set ->
                    part instanceof AttributeValue.N one && set.values().contains(one.value());
                case AttributeValue.BS set ->
                    part instanceof AttributeValue.B one && set.values().contains(one.value());
                case AttributeValue.L list -> list.values().contains(part);
                case AttributeValue.M map -> false;
                case AttributeValue.N number -> false;
                case AttributeValue.Bool bool -> false;
                case AttributeValue.Null nothing -> false;
            };
        }

        @Override
        public void paths(Collection<DocumentPath> paths) {
            operand.paths(paths);
            member.paths(paths);
        }
    }
}
