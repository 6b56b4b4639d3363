package io.murmuration.http;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.slf4j.LoggerFactory;

/** What this process logs, as long as this is open; the given logger down to level debug. */
public final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger root;
    private final Logger detailed;
    private final List<ILoggingEvent> lines = new CopyOnWriteArrayList<>();

    LogLines(Class<?> detailed) {
        this(detailed.getName());
    }

    public LogLines(String detailed) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        this.root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        this.detailed = context.getLogger(detailed);
        this.detailed.setLevel(Level.DEBUG);
        setContext(context);
        start();
        root.addAppender(this);
    }

    @Override
    protected synchronized void append(ILoggingEvent line) {
        lines.add(line);
        notifyAll();
    }

    /** Returns once such a line has been logged, with all lines until then. */
    public synchronized List<ILoggingEvent> await(Predicate<ILoggingEvent> awaited) throws InterruptedException {
        while (lines.stream().noneMatch(awaited)) {
            wait();
        }
        return List.copyOf(lines);
    }

    public List<ILoggingEvent> all() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        root.detachAppender(this);
        detailed.setLevel(null);
        stop();
    }
}
