// The runtime for Node.js: fetches invocations from the Runtime API, calls the handler, and posts what it returns.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';

const root = process.env.LAMBDA_TASK_ROOT;
const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const base = '/2018-06-01/runtime';

let requestId = '';
// Called when nothing is left to do while an invocation is at work; empty if the process should simply end then.
let whenNothingIsLeft = null;

// A connection to the Runtime API, which answers requests in turn and always tells the length of a body. Of HTTP here is what these two ends speak: the
// library's client took half of a short invocation's processor time.
class Connection {
  #socket = null;
  #waiting = [];
  #received = Buffer.alloc(0);

  // Several requests may be on their way: they are answered in the order in which they were sent.
  call(method, resource, body = '', headers = '') {
    if (!this.#socket) this.#open();
    const length = method === 'POST' ? `Content-Length: ${Buffer.byteLength(body)}\r\n` : '';
    this.#socket.write(`${method} ${base}${resource} HTTP/1.1\r\nHost: ${host}:${port}\r\n${length}${headers}\r\n${body}`);
    this.#socket.ref();
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  // Requests until the next flush leave in one piece.
  cork() {
    if (this.#socket) this.#socket.cork();
  }

  flush() {
    if (this.#socket) this.#socket.uncork();
  }

  #open() {
    const socket = net.connect({ host, port: Number(port), noDelay: true });
    this.#socket = socket;
    this.#received = Buffer.alloc(0);
    socket.on('data', (part) => this.#take(part));
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#socket = null;
      for (const each of this.#waiting.splice(0)) each.reject(new Error('the Runtime API ended the connection'));
    });
  }

  #take(part) {
    this.#received = this.#received.length === 0 ? part : Buffer.concat([this.#received, part]);
    for (let response = this.#next(); response; response = this.#next()) {
      // nothing of the connection keeps the process from ending while a handler waits for nothing
      if (this.#waiting.length === 1) this.#socket.unref();
      this.#waiting.shift().resolve(response);
    }
  }

  // The first response that is whole; null if there is none.
  #next() {
    const end = this.#received.indexOf('\r\n\r\n');
    if (end < 0) return null;
    const [first, ...lines] = this.#received.toString('latin1', 0, end).split('\r\n');
    const headers = {};
    for (const line of lines) {
      const colon = line.indexOf(':');
      headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
    }
    const from = end + 4;
    const to = from + Number(headers['content-length'] ?? NaN);
    if (Number.isNaN(to)) {
      this.#socket.destroy();
      return null;
    }
    if (this.#received.length < to) return null;
    const body = this.#received.subarray(from, to);
    this.#received = this.#received.subarray(to);
    return { status: Number(first.split(' ')[1]), headers, body };
  }
}

const runtime = new Connection();

function post(connection, resource, text, errorType) {
  const type = errorType ? `Lambda-Runtime-Function-Error-Type: ${errorType.replace(/[^\x20-\x7e]/g, '?')}\r\n` : '';
  return connection.call('POST', resource, text, `Content-Type: application/json\r\n${type}`);
}

function failure(type, message) {
  const error = new Error(message);
  error.name = type;
  return error;
}

function described(error) {
  if (!(error instanceof Error)) {
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  }
  return { errorType: error.name || 'Error', errorMessage: error.message, trace: (error.stack || '').split('\n') };
}

function logged(level) {
  return (...words) => {
    const text = format(...words).replace(/\n/g, '\r');
    fs.writeSync(1, `${new Date().toISOString()}\t${requestId || 'undefined'}\t${level}\t${text}\n`);
  };
}

Object.assign(console, {
  log: logged('INFO'), info: logged('INFO'), warn: logged('WARN'), error: logged('ERROR'), debug: logged('DEBUG'), trace: logged('TRACE'),
});

function isModule(file) {
  if (file.endsWith('.mjs')) return true;
  if (file.endsWith('.cjs')) return false;
  for (let folder = path.dirname(file); folder.startsWith(root); folder = path.dirname(folder)) {
    const description = path.join(folder, 'package.json');
    if (fs.existsSync(description)) return JSON.parse(fs.readFileSync(description, 'utf8')).type === 'module';
  }
  return false;
}

async function loaded(handler) {
  const name = path.basename(handler);
  const dot = name.indexOf('.');
  if (dot < 1 || dot === name.length - 1) throw failure('Runtime.MalformedHandlerName', 'Bad handler');
  const stem = path.join(root, path.dirname(handler), name.slice(0, dot));
  const file = ['.js', '.mjs', '.cjs'].map((ending) => stem + ending).find((candidate) => fs.existsSync(candidate));
  if (!file) {
    throw failure('Runtime.ImportModuleError', `Error: Cannot find module '${path.join(path.dirname(handler), name.slice(0, dot))}'`);
  }
  let exported;
  try {
    exported = isModule(file) ? await import(pathToFileURL(file).href) : createRequire(file)(file);
  } catch (error) {
    if (error instanceof SyntaxError) throw failure('Runtime.UserCodeSyntaxError', String(error));
    if (error && (error.code === 'MODULE_NOT_FOUND' || error.code === 'ERR_MODULE_NOT_FOUND')) {
      throw failure('Runtime.ImportModuleError', String(error));
    }
    throw error;
  }
  const found = name.slice(dot + 1).split('.').reduce((within, key) => (within == null ? undefined : within[key]), exported);
  if (found === undefined) throw failure('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  if (typeof found !== 'function') throw failure('Runtime.HandlerNotFound', `${handler} is not a function`);
  return found;
}

function text(result) {
  try {
    return JSON.stringify(result === undefined ? null : result) ?? 'null';
  } catch (error) {
    throw failure('Runtime.MarshalError', 'Unable to stringify response body');
  }
}

// The outcome of one invocation, as a promise of {error} or {result}; the first word counts.
function outcome(handler, event, context) {
  return new Promise((resolve) => {
    const done = (error, result) => {
      const settled = error ? { error } : { result };
      if (context.callbackWaitsForEmptyEventLoop) whenNothingIsLeft = () => resolve(settled);
      else resolve(settled);
    };
    context.done = done;
    context.fail = (error) => { context.callbackWaitsForEmptyEventLoop = false; done(error || failure('Error', 'handled')); };
    context.succeed = (result) => { context.callbackWaitsForEmptyEventLoop = false; done(null, result); };
    whenNothingIsLeft = () => resolve({ result: null });
    try {
      const returned = handler(event, context, done);
      if (returned && typeof returned.then === 'function') {
        whenNothingIsLeft = null;
        returned.then((result) => resolve({ result }), (error) => resolve({ error: error === undefined ? failure('Error', 'undefined') : error }));
      }
    } catch (error) {
      resolve({ error });
    }
  });
}

function contextOf(headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    awsRequestId: requestId,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    identity: undefined,
    clientContext: headers['lambda-runtime-client-context'] ? JSON.parse(headers['lambda-runtime-client-context']) : undefined,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

function postError(error) {
  const told = described(error);
  console.error('Invoke Error', JSON.stringify(told));
  return post(runtime, `/invocation/${requestId}/error`, JSON.stringify(told), told.errorType);
}

async function serve(handler) {
  let asked = runtime.call('GET', '/invocation/next');
  for (;;) {
    const next = await asked;
    if (next.status !== 200) throw new Error(`the Runtime API answered ${next.status}`);
    requestId = next.headers['lambda-runtime-aws-request-id'];
    if (next.headers['lambda-runtime-trace-id']) process.env._X_AMZN_TRACE_ID = next.headers['lambda-runtime-trace-id'];
    let settled;
    try {
      settled = await outcome(handler, JSON.parse(next.body.toString('utf8')), contextOf(next.headers));
      if (!('error' in settled)) settled.text = text(settled.result);
    } catch (error) {
      settled = { error };
    }
    whenNothingIsLeft = null;
    // the answer and the question for more leave together
    runtime.cork();
    const answered = 'error' in settled ? postError(settled.error) : post(runtime, `/invocation/${requestId}/response`, settled.text);
    asked = runtime.call('GET', '/invocation/next');
    runtime.flush();
    await answered;
  }
}

process.on('beforeExit', () => {
  const then = whenNothingIsLeft;
  whenNothingIsLeft = null;
  if (then) then();
});

function fatal(type, status) {
  return async (error) => {
    try {
      const told = described(error);
      if (type) { told.errorMessage = `${told.errorType}: ${told.errorMessage}`; told.errorType = type; }
      fs.writeSync(1, `${JSON.stringify(told)}\n`);
      // the other connection may wait for work
      await post(new Connection(), `/invocation/${requestId}/error`, JSON.stringify(told), told.errorType);
    } finally {
      process.exit(status);
    }
  };
}

process.on('uncaughtException', fatal(null, 129));
process.on('unhandledRejection', fatal('Runtime.UnhandledPromiseRejection', 128));

let handler;
try {
  handler = await loaded(process.env._HANDLER);
} catch (error) {
  const told = described(error);
  fs.writeSync(1, `${JSON.stringify(told)}\n`);
  await post(runtime, '/init/error', JSON.stringify(told), told.errorType);
  process.exit(1);
}
await serve(handler);
