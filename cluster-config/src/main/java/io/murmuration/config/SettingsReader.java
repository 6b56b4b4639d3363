package io.murmuration.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Reads the keys of one block, each once and within its range, and refuses in the end what nobody asked for. */
final class SettingsReader {
    private final String block;
    private final Config config;
    private final Set<String> read = new HashSet<>();

    SettingsReader(Config root, String block) {
        this.block = block;
        this.config = root.getConfig(block);
    }

    String text(String key) {
        return value(key, "a text", () -> config.getString(key));
    }

    boolean flag(String key) {
        return value(key, "on or off", () -> config.getBoolean(key));
    }

    /** A list of texts of one pattern. */
    List<String> texts(String key, String pattern, String wanted) {
        var texts = value(key, wanted, () -> config.getStringList(key));
        if (!texts.stream().allMatch(text -> text.matches(pattern))) {
            throw refuse(key, wanted);
        }
        return texts;
    }

    /** A whole number in [min, max]. */
    int number(String key, int min, int max) {
        var wanted = "a whole number from " + min + " to " + max;
        return (int) within(key, wanted, value(key, wanted, () -> config.getLong(key)), min, max);
    }

    /** A size such as {@code 4 MiB} in [min, max] bytes. */
    long bytes(String key, long min, long max) {
        var wanted = "a size from " + min + " to " + max + " bytes, such as \"4 MiB\"";
        return within(key, wanted, value(key, wanted, () -> config.getBytes(key)), min, max);
    }

    /** A time such as {@code 150 ms} in [min, max]. */
    Duration duration(String key, Duration min, Duration max) {
        var wanted = "a time from " + min.toMillis() + " to " + max.toMillis() + " ms, such as \"150 ms\"";
        var duration = value(key, wanted, () -> config.getDuration(key));
        if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
            throw refuse(key, wanted);
        }
        return duration;
    }

    /** A number in [min, max], with a fraction or not. */
    double decimal(String key, double min, double max) {
        var wanted = "a number from " + min + " to " + max;
        double number = value(key, wanted, () -> config.getDouble(key));
        if (!(number >= min && number <= max)) {
            throw refuse(key, wanted);
        }
        return number;
    }

    /** The names in a block of blocks, sorted. */
    List<String> names(String key) {
        return value(key, "a block", () -> config.getObject(key)).keySet().stream()
                .sorted()
                .toList();
    }

    /** A name as a part of a key, whatever letters it has. */
    static String quoted(String name) {
        return ConfigUtil.joinPath(name);
    }

    SettingsException refuse(String key, String wanted) {
        return new SettingsException(
                "The setting " + block + "." + key + " must be " + wanted + ", not " + found(key) + ".");
    }

    /** Refuses keys of the block that were given and never read: a misspelt key would otherwise change nothing without a word. */
    void refuseUnknown() {
        config.entrySet().stream()
                .filter(entry -> !read.contains(entry.getKey()))
                .min(Map.Entry.comparingByKey())
                .ifPresent(entry -> {
                    throw new SettingsException("There is no setting " + block + "." + entry.getKey() + " ("
                            + entry.getValue().origin().description() + ").");
                });
    }

    private <T> T value(String key, String wanted, Supplier<T> getter) {
        read.add(key);
        try {
            return getter.get();
        } catch (ConfigException.Missing e) {
            throw new SettingsException("The setting " + block + "." + key + " is missing; it must be " + wanted + ".");
        } catch (ConfigException.WrongType | ConfigException.BadValue e) {
            throw refuse(key, wanted);
        }
    }

    private long within(String key, String wanted, long value, long min, long max) {
        if (value < min || value > max) {
            throw refuse(key, wanted);
        }
        return value;
    }

    private String found(String key) {
        var value = config.root().atKey("found").getValue("found." + ConfigUtil.joinPath(ConfigUtil.splitPath(key)));
        return value.render() + " (" + value.origin().description() + ")";
    }
}
