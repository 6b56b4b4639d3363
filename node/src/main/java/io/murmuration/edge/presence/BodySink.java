package io.murmuration.edge.presence;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.SinkShape;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;

/** Writes an origin's body into a {@link SharedBody}, at the pace that it allows. */
final class BodySink extends GraphStage<SinkShape<ByteString>> {
    private static final String LOOK = "look at those who take nothing";
    private static final Duration EVERY = Duration.ofMillis(500);

    private final Inlet<ByteString> in = Inlet.create("BodySink.in");
    private final SinkShape<ByteString> shape = SinkShape.of(in);
    private final SharedBody body;
    private final Consumer<List<ByteString>> keep;
    private final Runnable ended;

    /**
     * @param keep gets the chunks of a body that is whole at its end
     * @param ended is called last, however it ends
     */
    BodySink(SharedBody body, Consumer<List<ByteString>> keep, Runnable ended) {
        this.body = body;
        this.keep = keep;
        this.ended = ended;
    }

    @Override
    public SinkShape<ByteString> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends TimerGraphStageLogic {
        Logic() {
            super(shape);
            setHandler(in, new AbstractInHandler() {
                @Override
                public void onPush() {
                    if (body.append(grab(in))) {
                        pull(in);
                    } else if (!isTimerActive(LOOK)) {
                        scheduleWithFixedDelay(LOOK, EVERY, EVERY);
                    }
                }

                @Override
                public void onUpstreamFinish() {
                    body.complete(keep);
                    completeStage();
                }

                @Override
                public void onUpstreamFailure(Throwable cause) {
                    body.fail(cause);
                    completeStage();
                }
            });
        }

        @Override
        public void preStart() {
            var resume = createAsyncCallback((Boolean wanted) -> {
                if (!hasBeenPulled(in) && !isClosed(in)) {
                    pull(in);
                }
            });
            var cancel = createAsyncCallback((Throwable cause) -> cancelStage(cause));
            if (body.attach(() -> resume.invoke(true), () -> cancel.invoke(new AbandonedException()))) {
                pull(in);
            } else {
                cancelStage(new AbandonedException());
            }
        }

        @Override
        public void onTimer(Object look) {
            if (!body.cutOffLaggards()) {
                cancelTimer(LOOK);
            }
        }

        /** After an end or a failure this changes nothing; after the end of the whole system it tells the readers. */
        @Override
        public void postStop() {
            body.fail(new AbandonedException());
            ended.run();
        }
    }
}
