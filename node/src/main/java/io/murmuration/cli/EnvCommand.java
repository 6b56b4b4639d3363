package io.murmuration.cli;

import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "env", description = "Print what an AWS client needs to find the cluster: eval \"$$(murmur env)\".")
final class EnvCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Option(
            names = "--node",
            paramLabel = "NODE",
            defaultValue = "1",
            description = "The node to speak to (default: ${DEFAULT-VALUE}); any will do.")
    private int node;

    @Override
    public Integer call() {
        var variables = new LinkedHashMap<String, String>();
        variables.put(
                "AWS_ENDPOINT_URL",
                LocalCluster.in(common.data()).node(node).endpoint().toString());
        variables.put("AWS_ACCESS_KEY_ID", "murmur");
        variables.put("AWS_SECRET_ACCESS_KEY", "murmur");
        variables.put("AWS_REGION", "us-east-1");
        variables.put("AWS_DEFAULT_REGION", "us-east-1"); // older clients know only this name
        var lines = variables.entrySet().stream()
                .map(variable -> "export " + variable.getKey() + "=" + variable.getValue())
                .toList();
        common.output().answer(lines, variables);
        return ExitCodes.OK;
    }
}
