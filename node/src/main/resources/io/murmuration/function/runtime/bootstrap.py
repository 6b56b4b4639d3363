"""The runtime for Python: fetches invocations from the Runtime API, calls the handler, and posts what it returns."""
import importlib
import json
import logging
import os
import re
import socket
import sys
import time
import traceback
import urllib.parse  # not for this file: functions count on it, for Lambda's own runtime loads it

ROOT = os.environ["LAMBDA_TASK_ROOT"]
HANDLER = os.environ["_HANDLER"]
BASE = "/2018-06-01/runtime"

request_id = ""


class Api:
    """HTTP on one connection, as the Runtime API speaks it: to load http.client takes longer than all that Python itself does before."""

    def __init__(self, address):
        host, _, port = address.rpartition(":")
        self.address = address
        # now, and without a limit: what the function does to sockets later is not for this one
        self.socket = socket.create_connection((host, int(port)), timeout=None)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.replies = self.socket.makefile("rb")

    def call(self, method, path, headers, body):
        """Returns the status, the headers by their names in lower case, and the body."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.address}", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode("ascii"))
        self.socket.sendall(body)
        status = int(self.line().split(" ")[1])
        found = {}
        while line := self.line():
            name, _, value = line.partition(":")
            found[name.lower()] = value.strip()
        length = int(found["content-length"])
        reply = self.replies.read(length)
        if len(reply) < length:
            raise ConnectionError("the Runtime API ended within a reply")
        return status, found, reply

    def line(self):
        line = self.replies.readline()
        if not line.endswith(b"\r\n"):
            raise ConnectionError("the Runtime API ended")
        return line[:-2].decode("latin-1")


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
        self.invoked_function_arn = headers["lambda-runtime-invoked-function-arn"]
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.identity = Identity()
        given = headers.get("lambda-runtime-client-context")
        self.client_context = ClientContext(json.loads(given)) if given else None
        self._deadline_ms = int(headers["lambda-runtime-deadline-ms"])

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline_ms - int(time.time() * 1000))

    def log(self, text):
        sys.stdout.write(str(text))


class LogHandler(logging.Handler):
    """One line for each record, with the invocation it belongs to."""

    def emit(self, record):
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        sys.stdout.write(f"[{record.levelname}]\t{moment}.{int(record.msecs):03d}Z\t{request_id}\t{self.format(record)}\n")


def post(resource, body, headers=None):
    return api.call("POST", BASE + resource, {"Content-Type": "application/json", **(headers or {})}, body)


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
    kind = re.sub(r"[^\x20-\x7e]", "?", told["errorType"])
    post(resource, json.dumps(told).encode(), {"Lambda-Runtime-Function-Error-Type": kind})


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
        status, headers, body = api.call("GET", BASE + "/invocation/next", {}, b"")
        if status != 200:
            raise RuntimeError(f"the Runtime API answered {status}")
        request_id = headers["lambda-runtime-aws-request-id"]
        if "lambda-runtime-trace-id" in headers:
            os.environ["_X_AMZN_TRACE_ID"] = headers["lambda-runtime-trace-id"]
        try:
            reply = text(handler(json.loads(body), Context(headers)))
        except Exception as error:
            post_error(f"/invocation/{request_id}/error", error)
        else:
            post(f"/invocation/{request_id}/response", reply)


logging.getLogger().addHandler(LogHandler())
api = Api(os.environ["AWS_LAMBDA_RUNTIME_API"])
try:
    found = loaded(HANDLER)
except Exception as error:
    post_error("/init/error", error)
    sys.exit(1)
serve(found)
