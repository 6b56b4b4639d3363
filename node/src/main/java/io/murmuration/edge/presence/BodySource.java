package io.murmuration.edge.presence;

import io.murmuration.edge.presence.SharedBody.Read.Broken;
import io.murmuration.edge.presence.SharedBody.Read.Chunk;
import io.murmuration.edge.presence.SharedBody.Read.End;
import io.murmuration.edge.presence.SharedBody.Read.Later;
import io.murmuration.edge.presence.SharedBody.Reader;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/** What one reader of a {@link SharedBody} gets. To be run once. */
final class BodySource extends GraphStage<SourceShape<ByteString>> {
    private final Outlet<ByteString> out = Outlet.create("BodySource.out");
    private final SourceShape<ByteString> shape = SourceShape.of(out);
    private final SharedBody body;
    private final Reader reader;

    BodySource(SharedBody body, Reader reader) {
        this.body = body;
        this.reader = reader;
    }

    @Override
    public SourceShape<ByteString> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends GraphStageLogic {
        private final Runnable wake;

        Logic() {
            super(shape);
            var callback = createAsyncCallback((Boolean wanted) -> {
                if (isAvailable(out)) {
                    next();
                }
            });
            wake = () -> callback.invoke(true);
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    next();
                }
            });
        }

        private void next() {
            switch (body.next(reader, wake)) {
                case Chunk chunk -> push(out, chunk.bytes());
                case End end -> completeStage();
                case Broken broken -> failStage(broken.cause());
                case Later later -> {
                    // wake is called
                }
            }
        }

        @Override
        public void postStop() {
            body.leave(reader);
        }
    }
}
