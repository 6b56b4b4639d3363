package io.murmuration.trigger;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.function.FunctionErrors;
import io.murmuration.protocol.function.mapping.FilterPattern;
import io.murmuration.protocol.function.mapping.MappingSettings;
import java.util.List;

/** A mapping's filters, compiled. */
final class FilterPatterns {
    private FilterPatterns() {}

    /** @throws ServiceException if one cannot be understood */
    static void check(MappingSettings settings) {
        try {
            compiled(settings);
        } catch (IllegalArgumentException none) {
            throw new ServiceException(
                    FunctionErrors.invalid("Invalid filter pattern definition. " + none.getMessage()));
        }
    }

    static List<FilterPattern> compiled(MappingSettings settings) {
        return settings.filters().stream().map(FilterPattern::parse).toList();
    }
}
