package io.murmuration.cluster.membership;

import com.typesafe.config.Config;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.event.EventStream;
import org.apache.pekko.remote.PhiAccrualFailureDetector;

/**
 * Pekko's own failure detector, for one member, but to be taken out is to be silent. For Pekko removes who was taken out, and gives its work to others,
 * only once it is found silent, too.
 *
 * <p>Pekko makes it, by its name in {@code murmuration-node.conf}, and lets it know nothing of its actor system but the event stream.
 */
public final class MemberFailureDetector extends PhiAccrualFailureDetector {
    private static final Map<EventStream, Set<String>> TAKEN_OUT = Collections.synchronizedMap(new WeakHashMap<>());

    private final Set<String> takenOut;
    private volatile String address = "";

    public MemberFailureDetector(Config config, EventStream events) {
        super(config, events);
        this.takenOut = takenOut(events);
    }

    /** Addresses of members that were taken out and are not removed yet, as an actor system knows them; shared, for its {@link Membership} to change. */
    static Set<String> takenOut(EventStream events) {
        return TAKEN_OUT.computeIfAbsent(events, first -> ConcurrentHashMap.newKeySet());
    }

    @Override
    public void setAddress(String address) {
        super.setAddress(address);
        this.address = address;
    }

    @Override
    public boolean isAvailable() {
        return !takenOut.contains(address) && super.isAvailable();
    }
}
