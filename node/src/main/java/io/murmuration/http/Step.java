package io.murmuration.http;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** One of the things that every request passes on its way in and its answer on the way out. */
interface Step {
    CompletionStage<HttpResponse> pass(Call call, Next next);

    /** All that comes after a step. */
    interface Next {
        CompletionStage<HttpResponse> pass(Call call);
    }

    /** Joins the steps, first to last, before the end. */
    static Next chain(List<Step> steps, Next end) {
        Next chained = end;
        for (var step : steps.reversed()) {
            Next rest = chained;
            chained = call -> step.pass(call, rest);
        }
        return chained;
    }
}
