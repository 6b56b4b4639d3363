"""The runtime for Python: fetches invocations from the Runtime API, calls the handler, and posts what it returns."""
import http.client
import importlib
import json
import logging
import os
import sys
import time
import traceback

ROOT = os.environ["LAMBDA_TASK_ROOT"]
HANDLER = os.environ["_HANDLER"]
BASE = "/2018-06-01/runtime"

api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
request_id = ""


class Failure(Exception):
    """What is wrong with the function before it was called, or with what it returned."""

    def __init__(self, kind, message):
        super().__init__(message)
        self.kind = kind


class ClientContext:
    def __init__(self, fields):
        self.client = fields.get("client")
        self.custom = fields.get("custom")
        self.env = fields.get("env")


class Identity:
    cognito_identity_id = None
    cognito_identity_pool_id = None


class Context:
    def __init__(self, headers):
        self.aws_request_id = request_id
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.identity = Identity()
        given = headers["Lambda-Runtime-Client-Context"]
        self.client_context = ClientContext(json.loads(given)) if given else None
        self._deadline_ms = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline_ms - int(time.time() * 1000))

    def log(self, text):
        sys.stdout.write(str(text))


class LogHandler(logging.Handler):
    """One line for each record, with the invocation it belongs to."""

    def emit(self, record):
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        sys.stdout.write(f"[{record.levelname}]\t{moment}.{int(record.msecs):03d}Z\t{request_id}\t{self.format(record)}\n")


def call(method, resource, body=None, kind=None):
    headers = {} if body is None else {"Content-Type": "application/json"}
    if kind:
        headers["Lambda-Runtime-Function-Error-Type"] = kind
    api.request(method, BASE + resource, body, headers)
    reply = api.getresponse()
    return reply.status, reply.headers, reply.read()


def described(error):
    kind = error.kind if isinstance(error, Failure) else type(error).__name__
    # the first frame is this file's own
    frames = [] if isinstance(error, Failure) else traceback.format_list(traceback.extract_tb(error.__traceback__)[1:])
    return {"errorMessage": str(error), "errorType": kind, "requestId": request_id, "stackTrace": frames}


def post_error(resource, error):
    told = described(error)
    print(f"[ERROR] {told['errorType']}: {told['errorMessage']}")
    if told["stackTrace"]:
        print("Traceback (most recent call last):\n" + "".join(told["stackTrace"]), end="")
    call("POST", resource, json.dumps(told).encode(), told["errorType"])


def loaded(handler):
    module_name, dot, name = handler.rpartition(".")
    if not dot:
        raise Failure("Runtime.MalformedHandlerName", f"Bad handler '{handler}': not enough values to unpack (expected 2, got 1)")
    module_name = module_name.replace("/", ".")
    sys.path.insert(0, ROOT)
    try:
        module = importlib.import_module(module_name)
    except ImportError as error:
        raise Failure("Runtime.ImportModuleError", f"Unable to import module '{module_name}': {error}") from error
    except SyntaxError as error:
        raise Failure("Runtime.UserCodeSyntaxError", f"Syntax error in module '{module_name}': {error}") from error
    if not hasattr(module, name):
        raise Failure("Runtime.HandlerNotFound", f"Handler '{name}' missing on module '{module_name}'")
    return getattr(module, name)


def text(result):
    try:
        return json.dumps(result, ensure_ascii=False).encode()
    except (TypeError, ValueError) as error:
        raise Failure("Runtime.MarshalError", f"Unable to marshal response: {error}") from error


def serve(handler):
    global request_id
    while True:
        status, headers, body = call("GET", "/invocation/next")
        if status != 200:
            raise RuntimeError(f"the Runtime API answered {status}")
        request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        if headers["Lambda-Runtime-Trace-Id"]:
            os.environ["_X_AMZN_TRACE_ID"] = headers["Lambda-Runtime-Trace-Id"]
        try:
            reply = text(handler(json.loads(body), Context(headers)))
        except Exception as error:
            post_error(f"/invocation/{request_id}/error", error)
        else:
            call("POST", f"/invocation/{request_id}/response", reply)


logging.getLogger().addHandler(LogHandler())
try:
    found = loaded(HANDLER)
except Exception as error:
    post_error("/init/error", error)
    sys.exit(1)
serve(found)
