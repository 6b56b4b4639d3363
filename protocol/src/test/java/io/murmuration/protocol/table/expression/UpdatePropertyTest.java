package io.murmuration.protocol.table.expression;

import static io.murmuration.protocol.table.expression.Fixtures.n;
import static io.murmuration.protocol.table.expression.Fixtures.ss;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.AttributeValue;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random updates of random items, compared with a plain editor that makes one change after the other in a copy that can be written to: removed
 * places are marked first and swept at the end, so that indexes stay what they were.
 */
class UpdatePropertyTest {
    private static final Object REMOVED = new Object();

    private enum Action {
        SET,
        REMOVE,
        ADD,
        DELETE
    }

    private record Edit(Action action, DocumentPath path, AttributeValue value) {}

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void an_update_changes_what_it_says_and_nothing_else(int seed) {
        var dice = new Random(seed);
        var random = new RandomValues(dice);
        for (int i = 0; i < 20; i++) {
            var before = random.item();
            var edits = edits(dice, random);
            var values = new LinkedHashMap<String, AttributeValue>();
            var text = text(edits, values);
            var update = Expressions.update(text, Placeholders.of(null, values.isEmpty() ? null : values));
            var expected = new Editor(before).apply(edits);
            var what = "seed %d: %s with %s on %s".formatted(seed, text, values, before);

            if (expected == null) {
                assertThat(catchThrowable(() -> update.apply(before))).as(what).isInstanceOf(ServiceException.class);
                continue;
            }
            var after = update.apply(before);
            assertThat(after).as(what).isEqualTo(expected);
            assertThat(update.updatedOld(before)).as(what).isEqualTo(parts(update.targets(), before));
            assertThat(update.updatedNew(after)).as(what).isEqualTo(parts(update.targets(), after));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_projection_keeps_what_lies_on_its_paths(int seed) {
        var dice = new Random(seed);
        var random = new RandomValues(dice);
        for (int i = 0; i < 20; i++) {
            var paths = edits(dice, random).stream().map(Edit::path).toList();
            var item = random.item();
            var text = String.join(", ", paths.stream().map(DocumentPath::text).toList());

            assertThat(Expressions.projection(text, Placeholders.none()).of(item))
                    .as("seed %d: %s of %s", seed, text, item)
                    .isEqualTo(parts(paths, item));
        }
    }

    /** One to five changes whose paths keep clear of each other. */
    private static List<Edit> edits(Random dice, RandomValues random) {
        var edits = new ArrayList<Edit>();
        int wanted = 1 + dice.nextInt(5);
        while (edits.size() < wanted) {
            var path = random.path();
            if (edits.stream().anyMatch(edit -> clash(edit.path(), path))) {
                wanted--;
                continue;
            }
            var action = Action.values()[dice.nextInt(4)];
            var value =
                    switch (action) {
                        case SET, REMOVE -> random.value(1);
                        case ADD -> dice.nextBoolean() ? n(dice.nextInt(5)) : ss("a", "z");
                        case DELETE -> dice.nextBoolean() ? ss("a", "ab") : ss("b", "q");
                    };
            edits.add(new Edit(action, path, value));
        }
        return edits;
    }

    private static boolean clash(DocumentPath one, DocumentPath two) {
        int common = Math.min(one.steps().size(), two.steps().size());
        for (int i = 0; i < common; i++) {
            var a = one.steps().get(i);
            var b = two.steps().get(i);
            if (!a.equals(b)) {
                return !a.getClass().equals(b.getClass());
            }
        }
        return true;
    }

    private static String text(List<Edit> edits, Map<String, AttributeValue> values) {
        var sections = new LinkedHashMap<Action, List<String>>();
        for (var edit : edits) {
            var name = ":v" + values.size();
            var written =
                    switch (edit.action()) {
                        case SET -> edit.path().text() + " = " + name;
                        case REMOVE -> edit.path().text();
                        case ADD, DELETE -> edit.path().text() + " " + name;
                    };
            if (edit.action() != Action.REMOVE) {
                values.put(name, edit.value());
            }
            sections.computeIfAbsent(edit.action(), action -> new ArrayList<>()).add(written);
        }
        var text = new StringBuilder();
        sections.forEach((action, list) ->
                text.append(action).append(' ').append(String.join(", ", list)).append(' '));
        return text.toString();
    }

    /** What is on one of the paths or leads to it, as found by looking at every place of the item. */
    private static Map<String, AttributeValue> parts(List<DocumentPath> paths, Map<String, AttributeValue> item) {
        var kept = keep(paths, List.of(), new AttributeValue.M(item));
        return kept instanceof AttributeValue.M map ? map.values() : Map.of();
    }

    private static @Nullable AttributeValue keep(
            List<DocumentPath> paths, List<DocumentPath.Step> here, AttributeValue value) {
        if (paths.stream().anyMatch(path -> path.steps().equals(here))) {
            return value;
        }
        if (value instanceof AttributeValue.M map) {
            var kept = new LinkedHashMap<String, AttributeValue>();
            map.values().forEach((name, child) -> {
                var found = keep(paths, and(here, new DocumentPath.Name(name)), child);
                if (found != null) {
                    kept.put(name, found);
                }
            });
            return kept.isEmpty() ? null : new AttributeValue.M(kept);
        }
        if (value instanceof AttributeValue.L list) {
            var kept = new ArrayList<AttributeValue>();
            for (int i = 0; i < list.values().size(); i++) {
                var found = keep(
                        paths,
                        and(here, new DocumentPath.Index(i)),
                        list.values().get(i));
                if (found != null) {
                    kept.add(found);
                }
            }
            return kept.isEmpty() ? null : new AttributeValue.L(kept);
        }
        return null;
    }

    private static List<DocumentPath.Step> and(List<DocumentPath.Step> steps, DocumentPath.Step step) {
        var more = new ArrayList<>(steps);
        more.add(step);
        return more;
    }

    /** Maps and lists as Java's own, everything else as it is. */
    private static final class Editor {
        private final Map<String, Object> root;
        private final IdentityHashMap<List<Object>, TreeMap<Integer, AttributeValue>> appended =
                new IdentityHashMap<>();

        Editor(Map<String, AttributeValue> item) {
            root = thawed(item);
        }

        /** Null if a change is impossible. */
        @Nullable
        Map<String, AttributeValue> apply(List<Edit> edits) {
            for (var edit : edits) {
                if (!apply(edit)) {
                    return null;
                }
            }
            appended.forEach((list, values) -> list.addAll(values.values()));
            return ((AttributeValue.M) frozen(root)).values();
        }

        private boolean apply(Edit edit) {
            Object parent = root;
            var steps = edit.path().steps();
            for (var step : steps.subList(0, steps.size() - 1)) {
                parent = child(parent, step);
            }
            var last = steps.getLast();
            boolean fits = last instanceof DocumentPath.Name ? parent instanceof Map<?, ?> : parent instanceof List<?>;
            if (parent == null || !fits) {
                return false;
            }
            var current = child(parent, last);
            var result = result(edit, current == null ? null : frozen(current));
            if (result == null) {
                return false;
            }
            put(parent, last, result, current != null);
            return true;
        }

        private static @Nullable Object child(@Nullable Object parent, DocumentPath.Step step) {
            return switch (step) {
                case DocumentPath.Name name -> parent instanceof Map<?, ?> map ? map.get(name.value()) : null;
                case DocumentPath.Index index ->
                    parent instanceof List<?> list && index.value() < list.size() ? list.get(index.value()) : null;
            };
        }

        private static @Nullable Object result(Edit edit, @Nullable AttributeValue current) {
            return switch (edit.action()) {
                case SET -> edit.value();
                case REMOVE -> REMOVED;
                case ADD -> {
                    if (current == null) {
                        yield edit.value();
                    }
                    if (current instanceof AttributeValue.N a && edit.value() instanceof AttributeValue.N b) {
                        yield new AttributeValue.N(a.value().plus(b.value()));
                    }
                    if (current instanceof AttributeValue.SS a && edit.value() instanceof AttributeValue.SS b) {
                        var all = new TreeSet<>(a.values());
                        all.addAll(b.values());
                        yield AttributeValue.strings(all);
                    }
                    yield null;
                }
                case DELETE -> {
                    if (current == null) {
                        yield REMOVED;
                    }
                    if (current instanceof AttributeValue.SS a && edit.value() instanceof AttributeValue.SS b) {
                        var rest = new TreeSet<>(a.values());
                        rest.removeAll(b.values());
                        yield rest.isEmpty() ? REMOVED : AttributeValue.strings(rest);
                    }
                    yield null;
                }
            };
        }

        @SuppressWarnings("unchecked") // containers are made by thawed() alone
        private void put(Object parent, DocumentPath.Step step, Object value, boolean exists) {
            var thawed = value instanceof AttributeValue whole ? thawed(whole) : value;
            switch (step) {
                case DocumentPath.Name name -> ((Map<String, Object>) parent).put(name.value(), thawed);
                case DocumentPath.Index index -> {
                    var list = (List<Object>) parent;
                    if (exists) {
                        list.set(index.value(), thawed);
                    } else if (value instanceof AttributeValue whole) {
                        appended.computeIfAbsent(list, key -> new TreeMap<>()).put(index.value(), whole);
                    }
                }
            }
        }

        private static Object thawed(AttributeValue value) {
            if (value instanceof AttributeValue.M map) {
                return thawed(map.values());
            }
            if (value instanceof AttributeValue.L list) {
                var thawed = new ArrayList<Object>();
                list.values().forEach(element -> thawed.add(thawed(element)));
                return thawed;
            }
            return value;
        }

        private static Map<String, Object> thawed(Map<String, AttributeValue> entries) {
            var thawed = new LinkedHashMap<String, Object>();
            entries.forEach((name, value) -> thawed.put(name, thawed(value)));
            return thawed;
        }

        private static AttributeValue frozen(Object value) {
            if (value instanceof Map<?, ?> map) {
                var frozen = new LinkedHashMap<String, AttributeValue>();
                map.forEach((name, child) -> {
                    if (child != REMOVED) {
                        frozen.put((String) name, frozen(child));
                    }
                });
                return new AttributeValue.M(frozen);
            }
            if (value instanceof List<?> list) {
                var frozen = new ArrayList<AttributeValue>();
                for (var child : list) {
                    if (child != REMOVED) {
                        frozen.add(frozen(child));
                    }
                }
                return new AttributeValue.L(frozen);
            }
            return (AttributeValue) value;
        }
    }
}
