package io.murmuration.trigger;

import io.murmuration.protocol.function.mapping.MappingDescription;
import io.murmuration.protocol.function.mapping.MappingRequest.CreateMapping;
import io.murmuration.protocol.function.mapping.MappingRequest.DeleteMapping;
import io.murmuration.protocol.function.mapping.MappingRequest.GetMapping;
import io.murmuration.protocol.function.mapping.MappingRequest.ListMappings;
import io.murmuration.protocol.function.mapping.MappingRequest.UpdateMapping;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The port of event source mappings. Refusals fail the stage with a {@link io.murmuration.protocol.ServiceException} of {@link
 * io.murmuration.protocol.function.mapping.MappingErrors}; deadlines are by the node's clock. Any thread.
 */
public interface Mappings {
    /**
     * Makes a mapping, whose place in every shard is then fixed: none of the changes that are made after it is shown as enabled is missed. Completes
     * when that is so, or after a while: then the state Creating lasts longer.
     */
    CompletionStage<MappingDescription> create(CreateMapping request, long deadlineNanos);

    CompletionStage<MappingDescription> get(GetMapping request, long deadlineNanos);

    CompletionStage<Page> list(ListMappings request, long deadlineNanos);

    CompletionStage<MappingDescription> update(UpdateMapping request, long deadlineNanos);

    /**
     * Removes a mapping. Once it is gone, which it is when this completes unless some shard has no leader, no more invocations are begun for it.
     *
     * @return the mapping, being deleted
     */
    CompletionStage<MappingDescription> delete(DeleteMapping request, long deadlineNanos);

    /** @param nextMarker null on the last page */
    record Page(List<MappingDescription> mappings, @Nullable String nextMarker) {}
}
