package io.murmuration.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.util.List;

/**
 * What a node says of itself at {@code /_murmur/health}.
 *
 * @param isolation how functions are kept apart on it, in words
 */
public record NodeHealth(boolean ready, String isolation, List<Group> groups) {
    /** The group that holds the catalogue; the shards' groups follow it. */
    static final int CATALOGUE = 0;

    /**
     * One replica on that node.
     *
     * @param leader node id, 0 if unknown
     * @param lag entries known to be committed and not yet applied
     */
    public record Group(int group, String role, long leader, long lag) {
        boolean leads() {
            return role.equals("leader");
        }
    }

    /** @throws ConfigException if it is no such answer */
    static NodeHealth parse(String json) {
        var config =
                ConfigFactory.parseString(json, ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON));
        return new NodeHealth(
                config.getBoolean("ready"),
                config.getString("isolation"),
                config.getConfigList("groups").stream().map(NodeHealth::group).toList());
    }

    private static Group group(Config json) {
        return new Group(json.getInt("group"), json.getString("role"), json.getLong("leader"), json.getLong("lag"));
    }

    /** How many shards this node leads; the catalogue is none. */
    public int shardsLed() {
        return (int) groups.stream()
                .filter(group -> group.group() != CATALOGUE && group.leads())
                .count();
    }

    /** The largest lag of its replicas. */
    public long lag() {
        return groups.stream().mapToLong(Group::lag).max().orElse(0);
    }
}
