package io.murmuration.protocol.function;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.murmuration.protocol.ServiceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What a function is called with. */
public final class InvocationPayload {
    private static final String NOT_JSON =
            "Could not parse request body into json: Could not parse payload into json: ";

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
            .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, false)
            .build();

    private InvocationPayload() {}

    /**
     * The payload as the function gets it: an empty one is an empty object.
     *
     * @throws ServiceException in Lambda's words if it is not JSON
     */
    public static byte[] checked(byte[] body) {
        if (body.length == 0) {
            return "{}".getBytes(StandardCharsets.UTF_8);
        }
        try (var parser = FACTORY.createParser(body)) {
            readToEnd(parser);
        } catch (JsonProcessingException notJson) {
            throw new ServiceException(FunctionErrors.invalidContent(NOT_JSON + notJson.getOriginalMessage()));
        } catch (IOException impossible) {
            // Nothing is read but memory.
            throw new UncheckedIOException(impossible);
        }
        return body;
    }

    private static void readToEnd(JsonParser parser) throws IOException {
        if (parser.nextToken() == null) {
            throw new ServiceException(
                    FunctionErrors.invalidContent(NOT_JSON + "No content to map due to end-of-input"));
        }
        parser.skipChildren();
        if (parser.nextToken() != null) {
            throw new ServiceException(FunctionErrors.invalidContent(NOT_JSON + "There is more than one value"));
        }
    }
}
